package tickcast.simulator.recording;

import java.util.ArrayList;
import java.util.List;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** What a recording tells, a line of text each: the call's name, then its arguments in their order. */
public final class EventList implements RecordedEvents {
    private final List<String> lines = new ArrayList<>();

    public List<String> lines() {
        return lines;
    }

    /** The lines so far, which are forgotten then. */
    public List<String> take() {
        var taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** Reads a recording to its end or its fault. */
    public EventList readAll(Recording recording) {
        while (recording.nextNanos() != Recording.END) {
            recording.next(this);
        }
        return this;
    }

    @Override
    public void instrument(int key, String symbol, long tickSize, long lotSize) {
        line("instrument", key, symbol, decimal(tickSize), decimal(lotSize));
    }

    @Override
    public void status(int key, TradingStatus status) {
        line("status", key, status);
    }

    @Override
    public void statusOfAll(TradingStatus status) {
        line("statusOfAll", status);
    }

    @Override
    public void add(int key, long orderId, Side side, long price, long quantity) {
        line("add", key, orderId, side, decimal(price), decimal(quantity));
    }

    @Override
    public void execute(int key, long orderId, long quantity, long price, boolean printed) {
        String at = price == OWN_PRICE ? "own" : decimal(price);
        line("execute", key, orderId, decimal(quantity), at, printed ? "printed" : "unprinted");
    }

    @Override
    public void reduce(int key, long orderId, long quantity) {
        line("reduce", key, orderId, decimal(quantity));
    }

    @Override
    public void delete(int key, long orderId) {
        line("delete", key, orderId);
    }

    @Override
    public void replace(int key, long orderId, long newOrderId, long price, long quantity) {
        line("replace", key, orderId, newOrderId, decimal(price), decimal(quantity));
    }

    @Override
    public void executeLevel(int key, Side side, long price, long quantity) {
        line("executeLevel", key, side, decimal(price), decimal(quantity));
    }

    @Override
    public void level(int key, Side side, long price, long quantity) {
        line("level", key, side, decimal(price), decimal(quantity));
    }

    @Override
    public void trade(int key, long price, long quantity, Side aggressor) {
        line("trade", key, decimal(price), decimal(quantity), aggressor);
    }

    @Override
    public void cross(int key, long price, long quantity) {
        line("cross", key, decimal(price), decimal(quantity));
    }

    @Override
    public void clear(int key) {
        line("clear", key);
    }

    @Override
    public void bookUnknown(int key, String reason) {
        line("bookUnknown", key, reason);
    }

    @Override
    public void warning(String text) {
        line("warning", text);
    }

    @Override
    public void disagreement(String text) {
        line("disagreement", text);
    }

    private void line(Object... words) {
        var line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }

    private static String decimal(long mantissa) {
        return Decimal8.format(mantissa);
    }
}
