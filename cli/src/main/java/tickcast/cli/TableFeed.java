package tickcast.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** A table of the symbols that is drawn again and again on a terminal. Updates and drawing may come from two threads. */
final class TableFeed extends SubscriberListener {
    private static final String CLEAR_LINE = "\u001B[K";
    private static final String CURSOR_UP = "\u001B[%dA";
    private static final String ROW = "%-16s %14s %14s %14s %14s %14s %9s %9s  %s";

    private static final class Row {
        private String bid = "-";
        private String bidQuantity = "";
        private String ask = "-";
        private String askQuantity = "";
        private String last = "-";
        private String status = "";
        private long trades;
        private long updates;
    }

    private final FeedOutput output;
    private final Map<String, Row> rows = new TreeMap<>();
    private int drawnLines;

    TableFeed(FeedOutput output, PrintWriter err) {
        super(err);
        this.output = output;
    }

    @Override
    public synchronized void onPrice(String symbol, long price, long timeNanos) {
        updated(symbol).last = Decimal8.format(price);
    }

    @Override
    public synchronized void onBook(String symbol, DepthBook book) {
        var row = updated(symbol);
        row.bid = price(book, Side.BUY);
        row.bidQuantity = quantity(book, Side.BUY);
        row.ask = price(book, Side.SELL);
        row.askQuantity = quantity(book, Side.SELL);
    }

    @Override
    public synchronized void onTrade(
            String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        var row = updated(symbol);
        row.last = Decimal8.format(price);
        row.trades++;
    }

    @Override
    public synchronized void onStatus(String symbol, TradingStatus status) {
        updated(symbol).status = JsonNames.of(status);
    }

    /** Draws the table over the one drawn before. */
    synchronized void draw(PrintWriter out) {
        if (drawnLines > 0) {
            out.printf(CURSOR_UP, drawnLines);
        }
        line(out, "SYMBOL", "BID QTY", "BID", "ASK", "ASK QTY", "LAST", "TRADES", "UPDATES", "");
        rows.forEach((symbol, row) -> line(
                out,
                symbol,
                row.bidQuantity,
                row.bid,
                row.ask,
                row.askQuantity,
                row.last,
                row.trades,
                row.updates,
                row.status));
        drawnLines = rows.size() + 1;
        out.flush();
    }

    private static void line(PrintWriter out, Object... cells) {
        out.println(String.format(Locale.ROOT, ROW, cells).stripTrailing() + CLEAR_LINE);
    }

    private Row updated(String symbol) {
        var row = rows.computeIfAbsent(symbol, key -> new Row());
        row.updates++;
        output.counted();
        return row;
    }

    private static String price(DepthBook book, Side side) {
        return book.depth(side) == 0 ? "-" : Decimal8.format(book.price(side, 0));
    }

    private static String quantity(DepthBook book, Side side) {
        return book.depth(side) == 0 ? "" : Decimal8.format(book.quantity(side, 0));
    }
}
