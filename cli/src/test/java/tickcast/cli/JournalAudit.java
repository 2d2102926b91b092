package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.protocol.DepthBook;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.ReplaceOrderDecoder;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;

/**
 * Reads the three journals of a stopped run from beginning to end and asserts what must hold whatever happened in between:
 * sequences and chains without hole or repeat, books that their checksums prove, every request answered exactly once.
 */
final class JournalAudit {
    /** A request as its gateway numbered it. */
    private record Request(long sessionId, long requestId) {}

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();

    /** By symbol. */
    final Map<String, DepthBook> books = new HashMap<>();
    /** The newest state of each client order, by orderId. */
    final Map<Long, OrderStatus> orders = new HashMap<>();

    /** Of the orders that the exchange took. */
    final Set<String> clientOrderIds = new HashSet<>();

    long newOrders;

    private final Map<Long, Long> cumulativeByOrderId = new HashMap<>();

    long feedMessages;
    long requests;
    long reports;

    static JournalAudit of(Path data) {
        var audit = new JournalAudit();
        audit.readFeed(data.resolve("feed"));
        audit.readOrdersAndExecutions(data.resolve("orders"), data.resolve("executions"));
        return audit;
    }

    private void readFeed(Path directory) {
        var byId = new HashMap<Integer, DepthBook>();
        var definition = new SymbolDefinitionDecoder();
        var lastSeq = new long[1];
        readAll(directory, (message, offset, length) -> {
            long seq = FeedHeader.seq(message, offset);
            assertTrue(lastSeq[0] == 0 || seq == lastSeq[0] + 1, "feed goes on from " + lastSeq[0] + " with " + seq);
            lastSeq[0] = seq;
            feedMessages++;
            int symbolId = FeedHeader.symbolId(message, offset);
            if (symbolId == 0) {
                return;
            }
            var book = byId.computeIfAbsent(symbolId, id -> new DepthBook());
            if (FeedHeader.templateId(message, offset) == SymbolDefinitionDecoder.TEMPLATE_ID) {
                books.put(definition.wrapAndApplyHeader(message, offset, header).symbolText(), book);
            }
            assertEquals(DepthBook.Update.APPLIED, book.apply(message, offset), () -> "feed message " + seq);
        });
    }

    private void readOrdersAndExecutions(Path ordersDirectory, Path executionsDirectory) {
        var asked = new HashSet<Request>();
        readAll(ordersDirectory, (message, offset, length) -> {
            var request = request(message, offset);
            // What a gateway asks for by itself has no number, and no answer.
            if (request.sessionId() != 0) {
                assertTrue(asked.add(request), "a request stands twice in the orders journal");
            }
            requests++;
        });
        var answered = new HashSet<Request>();
        var accountSeqs = new HashMap<String, Long>();
        var lastSeq = new long[1];
        readAll(executionsDirectory, (message, offset, length) -> {
            long seq = FeedHeader.seq(message, offset);
            assertEquals(lastSeq[0] + 1, seq);
            lastSeq[0] = seq;
            int end = offset + length;
            for (int at = offset; at < end; at = ExecutionDocument.next(message, at, end)) {
                if (FeedHeader.templateId(message, at) == MassCancelReportDecoder.TEMPLATE_ID) {
                    var answer = new MassCancelReportDecoder().wrapAndApplyHeader(message, at, header);
                    answered(answered, answer.sessionId(), answer.requestId());
                }
                if (!ExecutionDocument.isReport(message, at)) {
                    continue;
                }
                report.wrapAndApplyHeader(message, at, header);
                String account = report.account();
                String clientOrderId = report.clientOrderId();
                assertEquals(seq, report.seq());
                if (report.duplicate() == BooleanType.TRUE) {
                    answered(answered, report.sessionId(), report.requestId());
                } else if (report.execType() != ExecType.RESTATED) {
                    check(account, clientOrderId, answered, accountSeqs);
                }
            }
        });
        assertEquals(asked, answered, "every request is answered");
    }

    private void check(String account, String clientOrderId, Set<Request> answered, Map<String, Long> accountSeqs) {
        reports++;
        long numbers = report.execType() == ExecType.CANCEL_REJECTED ? 0 : 1;
        assertEquals(accountSeqs.merge(account, numbers, Long::sum), report.accountSeq(), account);
        answered(answered, report.sessionId(), report.requestId());
        if (report.execType() == ExecType.CANCEL_REJECTED) {
            return;
        }
        boolean ended = switch (report.orderStatus()) {
            case FILLED, CANCELED, REJECTED, EXPIRED -> true;
            default -> false;
        };
        assertEquals(ended, report.leavesQuantity() == 0, "leaves of order " + report.orderId());
        if (report.execType() == ExecType.TRADE) {
            long cumulative = cumulativeByOrderId.merge(report.orderId(), report.lastQuantity(), Long::sum);
            assertEquals(cumulative, report.cumulativeQuantity(), "fills of order " + report.orderId());
        }
        if (report.execType() == ExecType.NEW) {
            newOrders++;
            clientOrderIds.add(clientOrderId);
        }
        var before = orders.put(report.orderId(), report.orderStatus());
        assertTrue(
                before == null || before == OrderStatus.NEW || before == OrderStatus.PARTIALLY_FILLED,
                "order " + report.orderId() + " was " + before + " and is reported again");
    }

    private static void answered(Set<Request> answered, long sessionId, long requestId) {
        if (sessionId != 0) {
            assertTrue(answered.add(new Request(sessionId, requestId)), "request " + requestId + " is answered twice");
        }
    }

    private Request request(DirectBuffer message, int offset) {
        return switch (FeedHeader.templateId(message, offset)) {
            case NewOrderDecoder.TEMPLATE_ID -> {
                var order = new NewOrderDecoder().wrapAndApplyHeader(message, offset, header);
                yield new Request(order.sessionId(), order.requestId());
            }
            case CancelOrderDecoder.TEMPLATE_ID -> {
                var cancel = new CancelOrderDecoder().wrapAndApplyHeader(message, offset, header);
                yield new Request(cancel.sessionId(), cancel.requestId());
            }
            case MassCancelDecoder.TEMPLATE_ID -> {
                var massCancel = new MassCancelDecoder().wrapAndApplyHeader(message, offset, header);
                yield new Request(massCancel.sessionId(), massCancel.requestId());
            }
            default -> {
                var replace = new ReplaceOrderDecoder().wrapAndApplyHeader(message, offset, header);
                yield new Request(replace.sessionId(), replace.requestId());
            }
        };
    }

    private static void readAll(Path directory, RecordHandler handler) {
        try (var reader = JournalReader.open(directory)) {
            reader.seekStart();
            while (reader.poll(handler, 1_000) > 0) {
                continue;
            }
        }
    }
}
