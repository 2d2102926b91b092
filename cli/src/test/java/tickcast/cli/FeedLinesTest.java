package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.client.ClientListener;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.sbe.Side;

/** How subscribe shows trades and books. */
class FeedLinesTest {
    private static final long TIME = 5_000_000;
    private static final int TIME_LENGTH = "HH:mm:ss.SSSSSS".length();

    private final StringWriter shown = new StringWriter();
    private final FeedOutput output = new FeedOutput(new PrintWriter(shown), Long.MAX_VALUE);
    private final PrintWriter err = new PrintWriter(new StringWriter());

    @Test
    void textShowsTheSideThatTook() {
        var feed = new TextFeed(output, err);
        assertTrue(trade(feed, Side.SELL).endsWith("AAPL       trade  sell 27 @ 225.01  trade 7"), shown::toString);
        assertTrue(trade(feed, Side.NULL_VAL).endsWith("AAPL       trade  - 27 @ 225.01  trade 7"), shown::toString);
    }

    @Test
    void textShowsWhenABookWasSo() {
        var feed = new TextFeed(output, err);
        String time = trade(feed, Side.BUY).substring(0, TIME_LENGTH);
        var message = new UnsafeBuffer(new byte[FeedHeader.LENGTH]);
        message.putLong(FeedHeader.LENGTH - Long.BYTES, TIME, ByteOrder.LITTLE_ENDIAN);
        shown.getBuffer().setLength(0);
        feed.onFeedMessage("AAPL", message, 0, message.capacity(), DepthBook.Update.APPLIED);
        feed.onBook("AAPL", new DepthBook());
        assertEquals(time, shown.toString().substring(0, TIME_LENGTH));
    }

    @Test
    void jsonOfV1LeavesOutTheSideThatNobodyKnows() {
        var feed = new JsonFeed(Subprotocol.V1, output, err);
        String start = "{\"type\":\"trade\",\"symbol\":\"AAPL\",\"timestamp\":5,\"tradeId\":7,";
        String end = "\"price\":225.01,\"quantity\":27}";
        assertEquals(start + "\"aggressor\":\"buy\"," + end, trade(feed, Side.BUY));
        assertEquals(start + end, trade(feed, Side.NULL_VAL));
    }

    private String trade(ClientListener feed, Side aggressor) {
        shown.getBuffer().setLength(0);
        feed.onTrade("AAPL", 7, aggressor, Decimal8.parse("225.01"), 27 * Decimal8.ONE, TIME);
        return shown.toString().strip();
    }
}
