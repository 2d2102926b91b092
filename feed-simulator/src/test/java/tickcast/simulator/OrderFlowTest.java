package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

class OrderFlowTest {
    private final EventLog events = new EventLog();
    private final MatchingEngine engine = new MatchingEngine(events);

    @Test
    void sameSeedSameEvents() {
        assertEquals(run(42), run(42));
        assertNotEquals(run(42), run(43));
    }

    @Test
    void booksLookLikeThoseOfAMarket() {
        Instruments instruments = Instruments.standard();
        OrderFlow flow = flow(1, instruments);
        for (int i = 0; i < 20_000; i++) {
            flow.next();
        }
        long[] spreads = new long[3_000];
        for (int i = 0; i < spreads.length; i++) {
            for (int j = 0; j < 20; j++) {
                flow.next();
            }
            Instrument instrument = instruments.byId(1 + i % instruments.size());
            BookSide bids = engine.book(instrument.symbolId()).side(Side.BUY);
            BookSide asks = engine.book(instrument.symbolId()).side(Side.SELL);
            assertTrue(bids.depth() >= 15 && bids.depth() <= 70, () -> "bid levels " + bids.depth());
            assertTrue(asks.depth() >= 15 && asks.depth() <= 70, () -> "ask levels " + asks.depth());
            spreads[i] = (asks.level(0).price() - bids.level(0).price()) / instrument.tickSize();
            assertTrue(engine.restingOrders() <= instruments.size() * SymbolFlow.SLOTS);
        }
        Arrays.sort(spreads);
        assertTrue(spreads[0] > 0, "a book is crossed");
        long median = spreads[spreads.length / 2];
        assertTrue(median >= 1 && median <= 6, () -> "median spread in ticks " + median);
    }

    @Test
    void everySymbolIsActiveSomeFarMore() {
        int count = 100;
        int[] perSymbol = new int[count + 1];
        MatchingEngine counted = new MatchingEngine(new EventCounter(perSymbol));
        Instruments instruments = Instruments.numbered(count);
        instruments.all().forEach(i -> counted.addSymbol(i.symbolId(), i.tickSize(), i.lotSize()));
        OrderFlow flow = new OrderFlow(5, counted, instruments.all());
        for (int i = 0; i < 100_000; i++) {
            flow.next();
        }
        for (int symbolId = 1; symbolId <= count; symbolId++) {
            assertTrue(perSymbol[symbolId] > 200, "a symbol sleeps: " + symbolId);
        }
        assertTrue(perSymbol[1] > 5 * perSymbol[count], "the first symbol is no busier than the last");
    }

    @Test
    void everyEventShows() {
        OrderFlow flow = flow(3, Instruments.standard());
        for (int i = 0; i < 50_000; i++) {
            flow.next();
            List<String> made = events.take();
            assertTrue(
                    made.stream().anyMatch(event -> event.startsWith("bid ") || event.startsWith("ask ")),
                    made::toString);
        }
    }

    @Test
    void fairPriceMovesAndComesBack() {
        Instruments instruments = Instruments.numbered(1);
        OrderFlow flow = flow(9, instruments);
        Instrument instrument = instruments.byId(1);
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int i = 0; i < 300_000; i++) {
            flow.next();
            events.take();
            if (i > 1_000) {
                long best = engine.book(1).side(Side.BUY).level(0).price();
                lowest = Math.min(lowest, best);
                highest = Math.max(highest, best);
            }
        }
        assertTrue(highest - lowest > 100 * instrument.tickSize(), "the price hardly moves");
        assertTrue(highest < 2 * instrument.referencePrice() && lowest > instrument.referencePrice() / 2);
    }

    @Test
    void haltedSymbolIsLeftAlone() {
        OrderFlow flow = flow(3, Instruments.numbered(1));
        engine.status(1, TradingStatus.HALTED);
        for (int i = 0; i < 100; i++) {
            flow.next();
        }
        assertEquals(List.of(), events.take());
        engine.status(1, TradingStatus.OPEN);
        flow.next();
        assertFalse(events.take().isEmpty());
    }

    private List<String> run(long seed) {
        EventLog log = new EventLog();
        MatchingEngine own = new MatchingEngine(log);
        Instruments instruments = Instruments.standard();
        instruments.all().forEach(i -> own.addSymbol(i.symbolId(), i.tickSize(), i.lotSize()));
        OrderFlow flow = new OrderFlow(seed, own, instruments.all());
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            flow.next();
            all.addAll(log.take());
        }
        return all;
    }

    private OrderFlow flow(long seed, Instruments instruments) {
        instruments.all().forEach(i -> engine.addSymbol(i.symbolId(), i.tickSize(), i.lotSize()));
        return new OrderFlow(seed, engine, instruments.all());
    }
}
