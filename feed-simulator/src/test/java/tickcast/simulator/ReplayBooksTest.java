package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickcast.protocol.sbe.Side.BUY;
import static tickcast.protocol.sbe.Side.SELL;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.TradingStatus;
import tickcast.simulator.recording.RecordedEvents;
import tickcast.simulator.recording.Recording;

/** How records become transactions: each flush is one. */
class ReplayBooksTest {
    private static final long CENT = Decimal8.ONE / 100;

    /** Writes down what it is told. */
    private final class OutputLog implements ReplayOutput {
        private final Map<String, OrderBook> books = new HashMap<>();
        private boolean silent;
        private long time;

        @Override
        public void at(long eventNanos) {
            time = eventNanos;
        }

        @Override
        public OrderBook list(String symbol, long tickSize, long lotSize) {
            lines.add("list " + symbol + " " + Decimal8.format(tickSize) + " " + Decimal8.format(lotSize));
            OrderBook book = books.computeIfAbsent(
                    symbol,
                    name -> new OrderBook(
                            books.size() + 1, tickSize, lotSize, Integer.MAX_VALUE, new OrderPool(), events));
            book.steps(tickSize, lotSize);
            return book;
        }

        @Override
        public boolean status(OrderBook book, TradingStatus status) {
            if (!silent) {
                book.status(status);
                lines.add("status " + book.symbolId() + " " + status);
            }
            return !silent;
        }

        @Override
        public void flush(OrderBook book) {
            List<String> changes = events.take();
            if (!changes.isEmpty()) {
                lines.add("flush " + book.symbolId() + " " + changes);
                times.add(time);
            }
        }

        @Override
        public void bookReplaced() {
            lines.add("replaced");
        }
    }

    private final List<String> lines = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final EventLog events = new EventLog();
    private final PrintedTrades trades = new PrintedTrades();
    private final OutputLog output = new OutputLog();
    private final ReplayProgress progress = new ReplayProgress(ReplaySpeed.MAX);
    private final OrderIndex index = new OrderIndex();
    private final OrderPool pool = new OrderPool();
    private final ReplayBooks books =
            new ReplayBooks(output, book -> new RecordedBook(book, index, pool, new UserFills(), trades), progress);

    @Test
    void oneRecordAboutTwoSymbolsIsTwoTransactions() {
        begin(both(), record(events -> {
            events.add(0, 1, BUY, CENT, Decimal8.ONE);
            events.add(0, 2, BUY, 2 * CENT, Decimal8.ONE);
            events.add(1, 3, SELL, CENT, Decimal8.ONE);
            events.delete(0, 1);
        }));
        next();
        lines.clear();
        next();
        assertEquals(
                List.of(
                        "flush 1 [bid 100000000 @ 1000000, bid 100000000 @ 2000000]",
                        "flush 2 [ask 100000000 @ 1000000]",
                        "flush 1 [bid 0 @ 1000000]"),
                lines);
    }

    @Test
    void aTransactionHappensWhenTheVenueSaysOrTheRecorder() {
        ScriptedRecording recording = new ScriptedRecording()
                .opening(both())
                .opening(events -> events.add(0, 1, BUY, CENT, Decimal8.ONE))
                .at(700, events -> events.add(0, 2, BUY, CENT, Decimal8.ONE))
                .at(800, events -> {
                    events.add(0, 3, BUY, CENT, Decimal8.ONE);
                    events.add(1, 4, BUY, CENT, Decimal8.ONE);
                });
        books.begin(recording);
        for (long recordedNanos : new long[] {0, 55, 700, 800}) {
            books.next(recordedNanos);
        }
        assertEquals(List.of(55L, 699L, 799L, 799L), times);
    }

    @Test
    void aStatusIsToldOnceAndAfterItsTransaction() {
        begin(
                both(),
                record(events -> events.status(0, TradingStatus.HALTED)),
                record(events -> events.status(0, TradingStatus.HALTED)),
                record(events -> {
                    events.add(0, 1, BUY, CENT, Decimal8.ONE);
                    events.statusOfAll(TradingStatus.CLOSED);
                }));
        next();
        assertEquals(List.of("list AAA 0.01 1", "status 1 OPEN", "list BBB 0.01 1", "status 2 OPEN"), lines);
        lines.clear();
        next();
        next();
        next();
        assertEquals(
                List.of("status 1 HALTED", "flush 1 [bid 100000000 @ 1000000]", "status 1 CLOSED", "status 2 CLOSED"),
                lines);
    }

    @Test
    void aStatusThatSomeoneElseSetStandsUntilTheRecordingTellsOne() {
        begin(
                both(),
                record(events -> events.add(0, 1, BUY, CENT, Decimal8.ONE)),
                record(events -> events.status(0, TradingStatus.HALTED)),
                record(events -> events.status(0, TradingStatus.OPEN)));
        next();
        output.books.get("AAA").status(TradingStatus.CLOSED);
        lines.clear();
        next();
        assertEquals(List.of("flush 1 [bid 100000000 @ 1000000]"), lines);
        lines.clear();
        next();
        next();
        assertEquals(List.of("status 1 HALTED", "status 1 OPEN"), lines);
    }

    @Test
    void stepsBecomeFinerAsPricesAndQuantitiesAsk() {
        begin(
                both(),
                record(events -> events.add(0, 1, BUY, CENT / 10, Decimal8.ONE)),
                record(events -> events.replace(0, 1, 2, CENT / 1_000, 3 * Decimal8.ONE / 2)),
                record(events -> events.level(0, SELL, 7, Decimal8.ONE)),
                record(events -> events.instrument(0, "AAA", CENT, Decimal8.ONE)),
                record(events -> events.level(0, SELL, CENT, 0)));
        next();
        lines.clear();
        for (int i = 0; i < 5; i++) {
            next();
        }
        assertEquals(
                List.of("list AAA 0.001 1", "list AAA 0.00001 0.1", "list AAA 0.00000001 0.1"),
                lines.stream().filter(line -> line.startsWith("list")).toList());
    }

    @Test
    void anUnknownBookIsEmptyAndHaltedUntilItIsClear() {
        begin(
                both(),
                record(events -> events.level(0, BUY, CENT, Decimal8.ONE)),
                record(events -> events.bookUnknown(0, "a gap")),
                record(events -> {
                    events.clear(0);
                    events.level(0, BUY, 2 * CENT, Decimal8.ONE);
                }));
        next();
        next();
        lines.clear();
        next();
        next();
        assertEquals(
                List.of(
                        "replaced",
                        "flush 1 [bid 0 @ 1000000]",
                        "status 1 HALTED",
                        "replaced",
                        "flush 1 [bid 100000000 @ 2000000]",
                        "status 1 OPEN"),
                lines);
    }

    @Test
    void aVenuesHaltOutlastsAnUnknownBook() {
        begin(
                both(),
                record(events -> events.bookUnknown(0, "a gap")),
                record(events -> events.status(0, TradingStatus.HALTED)),
                record(events -> events.clear(0)),
                record(events -> events.status(0, TradingStatus.OPEN)));
        next();
        lines.clear();
        for (int i = 0; i < 4; i++) {
            next();
        }
        assertEquals(
                List.of("status 1 HALTED", "status 1 OPEN"),
                lines.stream().filter(line -> line.startsWith("status")).toList());
    }

    /** As when the files of two days of a venue are merged, which list all their symbols first. */
    @Test
    void theSecondRecordingOfASymbolTakesItsBookOverWithItsFirstEvent() {
        begin(
                record(events -> events.instrument(0, "AAA", CENT, Decimal8.ONE)),
                record(events -> {
                    events.instrument(1, "AAA", CENT, Decimal8.ONE);
                    events.status(1, TradingStatus.OPEN);
                }),
                record(events -> events.add(0, 1, BUY, CENT, Decimal8.ONE)),
                record(events -> events.status(0, TradingStatus.CLOSED)),
                record(events -> events.add(1, 1, SELL, 5 * CENT, Decimal8.ONE)));
        next();
        next();
        lines.clear();
        next();
        next();
        assertEquals(List.of("flush 1 [bid 100000000 @ 1000000]", "status 1 CLOSED"), lines);
        lines.clear();
        next();
        assertEquals(List.of("replaced", "flush 1 [bid 0 @ 1000000, ask 100000000 @ 5000000]", "status 1 OPEN"), lines);
        assertEquals(0, progress.contradictions());
    }

    @Test
    void recordingsThatTellOfOneSymbolInTurnDisagree() {
        begin(
                record(events -> events.instrument(0, "AAA", CENT, Decimal8.ONE)),
                record(events -> events.instrument(1, "AAA", CENT, Decimal8.ONE)),
                record(events -> events.add(0, 1, BUY, CENT, Decimal8.ONE)),
                record(events -> events.add(1, 1, BUY, CENT, Decimal8.ONE)),
                record(events -> events.add(0, 2, BUY, CENT, Decimal8.ONE)),
                record(events -> events.add(1, 2, BUY, CENT, Decimal8.ONE)));
        for (int i = 0; i < 4; i++) {
            next();
            assertEquals(0, progress.disagreements());
        }
        next();
        next();
        assertEquals(1, progress.disagreements());
    }

    @Test
    void aKeyThatIsGivenToAnotherSymbolEndsTheFirst() {
        begin(both(), record(events -> events.add(0, 1, BUY, CENT, Decimal8.ONE)), record(events -> {
            events.instrument(0, "CCC", CENT, Decimal8.ONE);
            events.add(0, 1, BUY, 2 * CENT, Decimal8.ONE);
        }));
        next();
        next();
        lines.clear();
        next();
        assertEquals(
                List.of(
                        "list CCC 0.01 1",
                        "replaced",
                        "flush 1 [bid 0 @ 1000000]",
                        "status 1 HALTED",
                        "flush 3 [bid 100000000 @ 2000000]",
                        "status 3 OPEN"),
                lines);
        assertEquals(0, progress.contradictions());
    }

    @Test
    void aPassBeginsWithEmptyBooksThatWaitToBeListed() {
        ScriptedRecording recording = script(
                both(),
                record(events -> events.add(0, 1, BUY, CENT, Decimal8.ONE)),
                record(events -> events.status(1, TradingStatus.CLOSED)));
        books.begin(recording);
        assertEquals(List.of(), lines);
        readAll(recording);
        lines.clear();
        ScriptedRecording again = recording.again();
        books.begin(again);
        assertEquals(
                List.of("replaced", "flush 1 [bid 0 @ 1000000]", "status 1 HALTED", "replaced", "status 2 HALTED")
                        .stream()
                        .sorted()
                        .toList(),
                lines.stream().sorted().toList());
        lines.clear();
        readAll(again);
        assertEquals(
                List.of("status 1 OPEN", "status 2 OPEN", "flush 1 [bid 100000000 @ 1000000]", "status 2 CLOSED"),
                lines);
        assertEquals(0, progress.contradictions());
    }

    @Test
    void whatWasNotToldIsToldTogether() {
        ScriptedRecording recording = script(
                both(),
                record(events -> events.add(0, 1, BUY, CENT, Decimal8.ONE)),
                record(events -> events.status(1, TradingStatus.HALTED)));
        books.begin(recording);
        output.silent = true;
        readAll(recording);
        output.silent = false;
        lines.clear();
        events.take();
        books.tellAll();
        assertEquals(
                List.of("replaced", "replaced", "status 1 OPEN", "status 2 HALTED"),
                lines.stream().sorted().toList());
    }

    @Test
    void contradictionsAreCounted() {
        begin(both(), record(events -> {
            events.delete(0, 7);
            events.add(0, 8, BUY, CENT, Decimal8.ONE);
            events.add(0, 8, BUY, CENT, Decimal8.ONE);
            events.reduce(0, 8, 2 * Decimal8.ONE);
            events.execute(0, 9, 1, RecordedEvents.OWN_PRICE, true);
            events.executeLevel(0, BUY, CENT, Decimal8.ONE);
            events.replace(0, 7, 6, CENT, Decimal8.ONE);
        }));
        next();
        next();
        assertEquals(6, progress.contradictions());
    }

    @Test
    void keysUpToTheGreatest() {
        begin(record(events -> {
            events.instrument(RecordedEvents.MAX_KEY, "AAA", CENT, Decimal8.ONE);
            events.instrument(100, "BBB", CENT, Decimal8.ONE);
            events.add(RecordedEvents.MAX_KEY, 1, BUY, CENT, Decimal8.ONE);
            events.statusOfAll(TradingStatus.HALTED);
        }));
        lines.clear();
        next();
        assertEquals(
                List.of("status 1 OPEN", "status 2 OPEN", "status 2 HALTED", "status 1 HALTED"),
                lines.stream().filter(line -> line.startsWith("status")).toList());
    }

    private static Consumer<RecordedEvents> both() {
        return events -> {
            events.instrument(0, "AAA", CENT, Decimal8.ONE);
            events.instrument(1, "BBB", CENT, Decimal8.ONE);
        };
    }

    private static Consumer<RecordedEvents> record(Consumer<RecordedEvents> tells) {
        return tells;
    }

    @SafeVarargs
    private static ScriptedRecording script(Consumer<RecordedEvents>... records) {
        ScriptedRecording recording = new ScriptedRecording();
        for (Consumer<RecordedEvents> record : records) {
            recording.at(2, record);
        }
        return recording;
    }

    @SafeVarargs
    private void begin(Consumer<RecordedEvents>... records) {
        ScriptedRecording recording = script(records);
        books.begin(recording);
    }

    private void next() {
        books.next(2);
    }

    private void readAll(Recording recording) {
        while (recording.nextNanos() != Recording.END) {
            books.next(2);
        }
    }
}
