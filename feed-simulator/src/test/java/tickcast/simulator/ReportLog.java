package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.protocol.Decimal16;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.PositionBook;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TradingDayDecoder;

/** Reads the executions from their start and checks every promise of their numbering. */
final class ReportLog implements AutoCloseable {
    /** One report; prices and quantities are whole numbers. */
    record Line(
            long seq,
            long orderSeq,
            long requestId,
            long accountSeq,
            String account,
            String clientOrderId,
            long orderId,
            long tradeId,
            ExecType execType,
            OrderStatus status,
            Reason reason,
            long leaves,
            long cumulative,
            long lastPrice,
            long lastQuantity,
            boolean aggressor,
            boolean duplicate,
            long placedBySession) {

        /** What matters of most reports. */
        String summary() {
            String trade = execType == ExecType.TRADE
                    ? " " + lastQuantity + " @ " + lastPrice + (aggressor ? " taking" : " resting")
                    : "";
            String why = reason == Reason.NONE ? "" : " " + reason;
            String answers = requestId == 0 ? "" : (duplicate ? " repeated for " : " answers ") + requestId;
            return "%s %d %s %s%s%s, leaves %d%s"
                    .formatted(account, orderId, execType, status, why, trade, leaves, answers);
        }
    }

    private final JournalReader reader;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Long> accountSeqs = new HashMap<>();
    /** The document with the newest numbered report. */
    private final Map<String, Long> accountReports = new HashMap<>();

    private final Map<Long, Long> orderReports = new HashMap<>();
    private final List<String> others = new ArrayList<>();
    private final PositionBook positions = new PositionBook();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long seq;
    private long orderSeq;

    ReportLog(Path directory) {
        reader = JournalReader.open(directory);
    }

    /** The reports written since the last call. */
    List<Line> take() {
        lines.clear();
        int read = 1;
        while (read > 0) {
            read = reader.poll(this::onTransaction, 1_000);
        }
        return List.copyOf(lines);
    }

    List<String> takeSummaries() {
        return take().stream().map(Line::summary).toList();
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Also tells other messages of the executions than reports, one line each, since the last call. */
    List<String> takeOthers() {
        var taken = List.copyOf(others);
        others.clear();
        return taken;
    }

    /** How far the exchange has read the orders. */
    long orderSeq() {
        return orderSeq;
    }

    /** Computed from the reports; equal to what the exchange repeats. */
    PositionBook positions() {
        return positions;
    }

    private void onTransaction(DirectBuffer buffer, int offset, int length) {
        seq++;
        orderSeq = ExecutionDocument.orderSeq(buffer, offset);
        int end = offset + length;
        for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
            assertEquals(seq, FeedHeader.seq(buffer, at));
            switch (FeedHeader.templateId(buffer, at)) {
                case ExecutionReportDecoder.TEMPLATE_ID -> {
                    onReport(report.wrapAndApplyHeader(buffer, at, header));
                    positions.apply(buffer, at);
                }
                case MassCancelReportDecoder.TEMPLATE_ID -> {
                    var answer = new MassCancelReportDecoder().wrapAndApplyHeader(buffer, at, header);
                    others.add("cancelled %d of %s for %d"
                            .formatted(answer.count(), answer.account(), answer.requestId()));
                }
                case PositionDecoder.TEMPLATE_ID -> onPosition(buffer, at);
                default -> {
                    var day = new TradingDayDecoder().wrapAndApplyHeader(buffer, at, header);
                    others.add("day " + LocalDate.ofEpochDay(day.day()) + " from " + day.dayFirstSeq());
                }
            }
        }
    }

    private void onPosition(DirectBuffer buffer, int at) {
        var told = new PositionDecoder().wrapAndApplyHeader(buffer, at, header);
        var own = positions.find(told.account(), (int) told.symbolId());
        assertNotNull(own, "a position without trades");
        assertEquals(own.netQuantity(), told.netQuantity());
        assertEquals(own.cost(), Decimal16.decode(told.cost()));
        assertEquals(own.realisedProfit(), Decimal16.decode(told.realisedProfit()));
    }

    private void onReport(ExecutionReportDecoder told) {
        Line line = new Line(
                seq,
                told.orderSeq(),
                told.requestId(),
                told.accountSeq(),
                told.account(),
                told.clientOrderId(),
                told.orderId(),
                told.tradeId(),
                told.execType(),
                told.orderStatus(),
                told.reason(),
                told.leavesQuantity() / OrderTape.UNIT,
                told.cumulativeQuantity() / OrderTape.UNIT,
                told.lastPrice() / OrderTape.UNIT,
                told.lastQuantity() / OrderTape.UNIT,
                told.aggressor() == BooleanType.TRUE,
                told.duplicate() == BooleanType.TRUE,
                told.placedBySession());
        long before = accountSeqs.getOrDefault(line.account(), 0L);
        boolean numbered = line.execType() != ExecType.RESTATED
                && line.execType() != ExecType.CANCEL_REJECTED
                && !line.duplicate();
        assertEquals(numbered ? before + 1 : before, line.accountSeq(), line::toString);
        accountSeqs.put(line.account(), line.accountSeq());
        assertEquals(accountReports.getOrDefault(line.account(), 0L), told.prevAccountReport(), line::toString);
        if (line.orderId() != 0 && line.reason() != Reason.UNKNOWN_ORDER) {
            assertEquals(orderReports.getOrDefault(line.orderId(), 0L), told.prevOrderReport(), line::toString);
        }
        if (numbered) {
            accountReports.put(line.account(), seq);
            orderReports.put(line.orderId(), seq);
        }
        lines.add(line);
    }
}
