package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import tickcast.client.Backoff;
import tickcast.client.ClientListener;
import tickcast.client.TickcastClient;
import tickcast.protocol.Instrument;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.sbe.Side;

/** Everybody's view: a subscriber of all symbols, from the beginning. */
final class MarketWatch implements ClientListener, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ConcurrentLinkedQueue<PlainTold.PublicTrade> tape = new ConcurrentLinkedQueue<>();
    private final TickcastClient client;

    MarketWatch(int port) {
        client = TickcastClient.builder(URI.create("ws://127.0.0.1:" + port + "/ws"))
                .subprotocol(Subprotocol.SBE)
                .listener(this)
                .backoff(new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)))
                .build();
        client.connect().join();
        client.subscribe("*").join();
    }

    /** Waits until it is connected. */
    void awaitConnection() {
        Await.until(
                LIMIT,
                () -> "the watch is connected",
                () -> client.ping().handle((took, error) -> error == null).join());
    }

    /** The trades of each symbol in their order. */
    List<PlainTold.PublicTrade> tape() {
        return List.copyOf(tape);
    }

    /** All trades were told, in their order, and the books are right. */
    void assertAgrees(PlainVenue venue, List<Instrument> instruments) {
        for (var instrument : instruments) {
            String symbol = instrument.symbol();
            assertEquals("", difference(of(symbol, venue.told().trades()), of(symbol, tape)));
            var book = client.book(symbol).join();
            assertTrue(book.verified(), symbol);
            assertEquals(venue.levels(symbol, Side.BUY), book.bids());
            assertEquals(venue.levels(symbol, Side.SELL), book.asks());
        }
        assertEquals(venue.told().trades().size(), tape.size());
    }

    private static List<PlainTold.PublicTrade> of(String symbol, Collection<PlainTold.PublicTrade> trades) {
        return trades.stream().filter(trade -> trade.symbol().equals(symbol)).toList();
    }

    /** Where two lists begin to differ; empty when they do not. */
    static String difference(List<?> expected, List<?> told) {
        for (int i = 0; i < Math.max(expected.size(), told.size()); i++) {
            Object one = i < expected.size() ? expected.get(i) : "nothing";
            Object other = i < told.size() ? told.get(i) : "nothing";
            if (!one.equals(other)) {
                return "at " + i + " expected " + one + " but was " + other;
            }
        }
        return "";
    }

    @Override
    public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        tape.add(new PlainTold.PublicTrade(symbol, tradeId, aggressor, price, quantity));
    }

    @Override
    public void close() {
        client.close();
    }
}
