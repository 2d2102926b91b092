package tickcast.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** One readable line per update. */
final class TextFeed extends SubscriberListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

    private final FeedOutput output;
    private final Map<String, Long> eventTimes = new HashMap<>();

    TextFeed(FeedOutput output, PrintWriter err) {
        super(err);
        this.output = output;
    }

    @Override
    public void onFeedMessage(String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
        super.onFeedMessage(symbol, message, offset, length, update);
        eventTimes.put(symbol, FeedHeader.eventTime(message, offset));
    }

    @Override
    public void onPrice(String symbol, long price, long timeNanos) {
        print(time(timeNanos), symbol, "price", Decimal8.format(price));
    }

    @Override
    public void onBook(String symbol, DepthBook book) {
        String levels = "bid " + best(book, Side.BUY) + "  ask " + best(book, Side.SELL);
        print(eventTime(symbol), symbol, "book", book.lastSeq() == 0 ? levels : levels + "  #" + book.lastSeq());
    }

    @Override
    public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        print(
                time(timeNanos),
                symbol,
                "trade",
                (aggressor == Side.NULL_VAL ? "-" : JsonNames.of(aggressor)) + " " + Decimal8.format(quantity) + " @ "
                        + Decimal8.format(price) + "  trade " + tradeId);
    }

    @Override
    public void onStatus(String symbol, TradingStatus status) {
        print(eventTime(symbol), symbol, "status", JsonNames.of(status));
    }

    private void print(String time, String symbol, String what, String text) {
        output.print(String.format(Locale.ROOT, "%s  %-10s %-6s %s", time, symbol, what, text));
    }

    /** Of the symbol's last message; v1 tells none, there it is now. */
    private String eventTime(String symbol) {
        var nanos = eventTimes.get(symbol);
        return nanos == null ? TIME.format(LocalTime.now()) : time(nanos);
    }

    private static String best(DepthBook book, Side side) {
        return book.depth(side) == 0
                ? "-"
                : Decimal8.format(book.quantity(side, 0)) + " @ " + Decimal8.format(book.price(side, 0));
    }

    private static String time(long epochNanos) {
        var instant = Instant.ofEpochSecond(0, epochNanos);
        return TIME.format(LocalTime.ofInstant(instant, ZoneId.systemDefault()));
    }
}
