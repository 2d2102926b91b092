package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tickcast.client.BookView;
import tickcast.client.TickcastClient;
import tickcast.protocol.DepthBook;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.sbe.Side;

/** Holds clients' books against those of the feed, level by level, once the feed has ended. */
final class BookOracle {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JournalAudit audit;

    BookOracle(JournalAudit audit) {
        this.audit = audit;
    }

    /** Of a client of SBE or JSON: proved by itself, and equal in every level. */
    void assertWhole(TickcastClient client, String symbol) {
        var expected = book(symbol);
        Await.until(
                LIMIT,
                () -> symbol + " is at " + expected.lastSeq() + ": "
                        + client.book(symbol).join(),
                () -> client.book(symbol).join() != null
                        && client.book(symbol).join().seq() == expected.lastSeq());
        var book = client.book(symbol).join();
        assertTrue(book.verified(), symbol);
        assertEquals(levels(expected, Side.BUY, Integer.MAX_VALUE), book.bids(), symbol);
        assertEquals(levels(expected, Side.SELL, Integer.MAX_VALUE), book.asks(), symbol);
    }

    /** Of a client of v1: equal in the best levels. */
    void assertBest(TickcastClient client, String symbol) {
        var expected = book(symbol);
        int depth = ClientMessage.Subscribe.DEFAULT_DEPTH;
        var bids = levels(expected, Side.BUY, depth);
        var asks = levels(expected, Side.SELL, depth);
        Await.until(
                LIMIT,
                () -> symbol + " has " + bids + " and " + asks + ": "
                        + client.book(symbol).join(),
                () -> {
                    var book = client.book(symbol).join();
                    return book != null
                            && book.bids().equals(bids)
                            && book.asks().equals(asks);
                });
    }

    private DepthBook book(String symbol) {
        var book = audit.books.get(symbol);
        assertNotNull(book, symbol);
        assertTrue(book.depth(Side.BUY) > 0 && book.depth(Side.SELL) > 0, symbol + " has no orders");
        return book;
    }

    private static List<BookView.PriceLevel> levels(DepthBook book, Side side, int most) {
        var levels = new ArrayList<BookView.PriceLevel>();
        for (int rank = 0; rank < Math.min(most, book.depth(side)); rank++) {
            levels.add(new BookView.PriceLevel(book.price(side, rank), book.quantity(side, rank)));
        }
        return levels;
    }
}
