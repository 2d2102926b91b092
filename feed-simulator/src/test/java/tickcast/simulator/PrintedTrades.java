package tickcast.simulator;

import java.util.ArrayList;
import java.util.List;
import tickcast.protocol.sbe.Side;

/** Collects the trades of a recording, a line each. */
final class PrintedTrades implements TradePrinter {
    private final List<String> lines = new ArrayList<>();

    /** What came since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void trade(int symbolId, long price, long quantity, Side aggressor) {
        lines.add(quantity + " @ " + price + " " + aggressor);
    }
}
