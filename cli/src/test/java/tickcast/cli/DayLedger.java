package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.NetPosition;
import tickcast.protocol.PositionBook;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingDayDecoder;

/**
 * Follows the executions from their beginning, and asserts that trading days end as they should, whatever is killed when: all
 * DAY orders expire first and nothing else, what is repeated is what was, and a clientOrderId means one order until it is free.
 */
final class DayLedger implements AutoCloseable {
    /** An order's name. */
    record Name(String account, String clientOrderId) {}

    /** An order that has a name, and the trading day in which it came. */
    record Owner(Name name, long day) {}

    private final JournalReader executions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final TradingDayDecoder tradingDay = new TradingDayDecoder();
    private final PositionDecoder position = new PositionDecoder();

    /** By the name that they have now. */
    private final Map<Name, Long> orders = new HashMap<>();

    private final Map<Long, Owner> owners = new HashMap<>();
    /** Those that were accepted, by name and day. */
    private final Map<Owner, Long> accepted = new HashMap<>();

    private final Map<Long, TimeInForce> open = new HashMap<>();
    private final Set<Name> freed = new HashSet<>();
    private final PositionBook positions = new PositionBook();
    private long day;
    private long dayFirstSeq;
    private boolean dayEnds;
    private int daysEnded;
    private int expired;
    private int usedAgain;

    DayLedger(Path directory) {
        executions = JournalReader.open(directory);
        executions.seekStart();
    }

    /** Reads what there is. */
    void follow() {
        while (executions.poll(this::onDocument, 1_000) > 0) {
            continue;
        }
    }

    /** The trading day, in days since 1970-01-01. */
    long day() {
        return day;
    }

    int daysEnded() {
        return daysEnded;
    }

    /** How many orders have expired. */
    int expired() {
        return expired;
    }

    /** How many names have been used that were free again. */
    int usedAgain() {
        return usedAgain;
    }

    /** The order that has the name now, null when it is free. */
    Long order(String account, String clientOrderId) {
        return orders.get(new Name(account, clientOrderId));
    }

    /** Who the order of that id is; null when it has no name. */
    Owner owner(long orderId) {
        return owners.get(orderId);
    }

    /** The order that was accepted under that name on that day, null when there is none. */
    Long accepted(Owner owner) {
        return accepted.get(owner);
    }

    PositionBook positions() {
        return positions;
    }

    private void onDocument(DirectBuffer buffer, int offset, int length) {
        long seq = FeedHeader.seq(buffer, offset);
        int end = offset + length;
        for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
            switch (FeedHeader.templateId(buffer, at)) {
                case TradingDayDecoder.TEMPLATE_ID -> onDay(tradingDay.wrapAndApplyHeader(buffer, at, header), seq);
                case PositionDecoder.TEMPLATE_ID -> onPosition(position.wrapAndApplyHeader(buffer, at, header));
                case ExecutionReportDecoder.TEMPLATE_ID -> {
                    positions.apply(buffer, at);
                    report.wrapAndApplyHeader(buffer, at, header);
                    String account = report.account();
                    onReport(new Name(account, report.clientOrderId()));
                }
                default -> assertTrue(!dayEnds, () -> "a request is answered while the day ends: " + seq);
            }
        }
    }

    private void onDay(TradingDayDecoder told, long seq) {
        if (told.day() == day) {
            assertEquals(dayFirstSeq, told.dayFirstSeq(), () -> "day of document " + seq);
            assertTrue(!dayEnds, () -> "the day goes on after orders have expired: " + seq);
            return;
        }
        assertTrue(told.day() > day, () -> told.day() + " after " + day);
        assertEquals(seq, told.dayFirstSeq());
        assertTrue(!open.containsValue(TimeInForce.DAY), () -> "orders of the day before are open: " + open);
        for (var named : Map.copyOf(orders).entrySet()) {
            if (!open.containsKey(named.getValue())) {
                orders.remove(named.getKey());
                freed.add(named.getKey());
            }
        }
        daysEnded += day == 0 ? 0 : 1;
        day = told.day();
        dayFirstSeq = seq;
        dayEnds = false;
    }

    /** What is held is repeated, and is what the trades have made of it. */
    private void onPosition(PositionDecoder told) {
        int symbolId = (int) told.symbolId();
        long net = told.netQuantity();
        String account = told.account();
        var held = positions.of(account).stream()
                .filter(each -> each.symbolId() == symbolId)
                .mapToLong(NetPosition::netQuantity)
                .sum();
        assertEquals(held, net, account);
    }

    private void onReport(Name name) {
        var execType = report.execType();
        long orderId = report.orderId();
        if (execType == ExecType.RESTATED && report.duplicate() != BooleanType.TRUE) {
            assertTrue(orderId == 0 || open.containsKey(orderId), () -> "restated though not open: " + orderId);
            return;
        }
        dayEnds |= execType == ExecType.EXPIRED;
        boolean endsOrder = execType == ExecType.EXPIRED
                || execType == ExecType.CANCELED && report.reason() == Reason.EXCHANGE_RESTART;
        assertTrue(!dayEnds || endsOrder, () -> execType + " of " + orderId + " while the day ends");
        if (report.duplicate() == BooleanType.TRUE) {
            assertEquals(orders.get(name), orderId, name::toString);
        } else if (execType != ExecType.CANCEL_REJECTED) {
            take(name, execType, orderId);
        }
    }

    private void take(Name name, ExecType execType, long orderId) {
        if (execType == ExecType.NEW || execType == ExecType.REJECTED) {
            name(name, execType, orderId);
        }
        if (execType == ExecType.EXPIRED) {
            assertEquals(TimeInForce.DAY, open.get(orderId), () -> "expired: " + orderId);
            expired++;
        }
        if (report.leavesQuantity() == 0) {
            open.remove(orderId);
        } else {
            open.put(orderId, report.timeInForce());
        }
    }

    private void name(Name name, ExecType execType, long orderId) {
        if (name.clientOrderId().isEmpty()) {
            return;
        }
        assertNull(orders.put(name, orderId), () -> name + " is the name of another order than " + orderId);
        var owner = new Owner(name, day);
        owners.put(orderId, owner);
        usedAgain += freed.remove(name) ? 1 : 0;
        if (execType == ExecType.NEW) {
            accepted.put(owner, orderId);
        }
    }

    @Override
    public void close() {
        executions.close();
    }
}
