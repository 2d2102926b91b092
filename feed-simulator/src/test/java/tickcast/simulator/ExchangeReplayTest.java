package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.SymbolStatusDecoder;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradeDecoder;
import tickcast.protocol.sbe.TradingStatus;
import tickcast.simulator.recording.RandomItchDay;
import tickcast.simulator.recording.RecordingOptions;

/** An exchange that replays files of ITCH, stepped by hand, over real journals. */
class ExchangeReplayTest {
    private static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final LocalDate DAY = LocalDate.of(2019, 1, 30);
    private static final String[] SYMBOLS = {"AAA", "BBBB", "C"};
    private static final long CENT = 1_000_000;

    @TempDir
    private Path directory;

    private long now = START_NANOS;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theFeedShowsTheBooksAndTradesOfTheRecording(long seed) throws IOException {
        RandomItchDay day = new RandomItchDay(seed, DAY, SYMBOLS).events(4_000, false);
        Path data = directory.resolve("data");
        try (Exchange exchange = open(data, replay(day.writeCompressed(directory)))) {
            work(exchange);
            ReplayProgress progress = exchange.replayProgress();
            assertNull(progress.failure());
            assertTrue(progress.ended());
            assertEquals(0, progress.contradictions());
            assertEquals(day.newestNanos(), progress.positionNanos());
            assertEquals(3, exchange.counters().symbols());
            assertEquals(day.trades().size(), exchange.counters().trades());
        }
        compareFeed(data, day);
    }

    @Test
    void usersChangeNeitherTradesNorQuantitiesOfTheRecording() throws IOException {
        RandomItchDay day = new RandomItchDay(3, DAY, SYMBOLS).events(3_000, false);
        Path data = directory.resolve("data");
        Set<Long> tradesOfUsers = new HashSet<>();
        try (OrderTape orders = new OrderTape(data.resolve("orders"));
                Exchange exchange = open(data, replay(day.write(directory)));
                FeedFollower feed = new FeedFollower(data.resolve("feed"));
                ReportLog reports = new ReportLog(data.resolve("executions"))) {
            exchange.replayControl().step(1);
            for (int i = 0; i < 300; i++) {
                exchange.replayControl().step(10);
                work(exchange);
                order(orders, "user" + i % 5, 1 + i % 3, i % 2 == 0 ? Side.BUY : Side.SELL, 5_000 + i % 7 - 3, 50);
                work(exchange);
            }
            exchange.replayControl().resume();
            work(exchange);
            feed.readAll();
            Map<Long, Long> filled = new HashMap<>();
            for (ReportLog.Line line : reports.take()) {
                if (line.execType() == ExecType.TRADE) {
                    tradesOfUsers.add(line.tradeId());
                    filled.merge(line.orderId(), line.lastQuantity(), Long::sum);
                    assertEquals(filled.get(line.orderId()), line.cumulative());
                    assertEquals(50, line.cumulative() + line.leaves());
                }
            }
            assertTrue(tradesOfUsers.size() > 100, () -> "only " + tradesOfUsers.size());
            assertTrue(feed.tradeIds().containsAll(tradesOfUsers));
            assertEquals(0, exchange.replayProgress().contradictions());
            for (int symbolId = 1; symbolId <= SYMBOLS.length; symbolId++) {
                assertRecordedLevels(day, exchange, symbolId);
            }
        }
        assertEquals(
                day.trades(),
                trades(data, 0)
                        .filter(trade -> !tradesOfUsers.contains(trade.id()))
                        .map(PublicTrade::text)
                        .toList());
    }

    @Test
    void pricesBelowACentRefineTheTickSize() throws IOException {
        RandomItchDay day = new RandomItchDay(4, DAY, SYMBOLS).events(1_000, true);
        Path data = directory.resolve("data");
        try (OrderTape orders = new OrderTape(data.resolve("orders"));
                ReportLog reports = new ReportLog(data.resolve("executions"));
                Exchange exchange = open(data, replay(day.write(directory)))) {
            work(exchange);
            assertEquals(CENT / 100, exchange.engine().book(1).tickSize());
            orders.order("alice", "", 1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, CENT / 100, OrderTape.UNIT);
            orders.order("alice", "", 1, Side.BUY, OrderType.LIMIT, TimeInForce.GTC, CENT / 200, OrderTape.UNIT);
            work(exchange);
            assertEquals(
                    List.of(
                            "alice 1 NEW NEW, leaves 1 answers 1",
                            "alice 2 REJECTED REJECTED PRICE_NOT_ON_TICK, leaves 0 answers 2"),
                    reports.takeSummaries());
        }
        List<Long> ticks = new ArrayList<>();
        forEachMessage(data, 0, (message, book) -> {
            if (FeedHeader.templateId(message, 0) == SymbolDefinitionDecoder.TEMPLATE_ID
                    && FeedHeader.symbolId(message, 0) == 1) {
                ticks.add(new SymbolDefinitionDecoder()
                        .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())
                        .tickSize());
            }
        });
        assertEquals(CENT, ticks.get(0));
        assertEquals(CENT / 100, ticks.get(ticks.size() - 1));
        assertTrue(ticks.size() <= 3, ticks::toString);
    }

    @Test
    void twoDaysOfTheSameSymbols() throws IOException {
        RandomItchDay first =
                new RandomItchDay(5, DAY, SYMBOLS).events(1_000, false).close();
        RandomItchDay second = new RandomItchDay(6, DAY.plusDays(1), "C", "AAA", "DD").events(1_000, false);
        Path data = directory.resolve("data");
        ReplaySettings replay = replay(second.write(directory), first.write(directory));
        try (Exchange exchange = open(data, replay)) {
            work(exchange);
            assertNull(exchange.replayProgress().failure());
            assertEquals(0, exchange.replayProgress().contradictions());
            assertEquals(4, exchange.counters().symbols());
        }
        List<RandomItchDay.After> states = new ArrayList<>(first.states());
        states.addAll(second.states());
        List<String> trades = new ArrayList<>(first.trades());
        trades.addAll(second.trades());
        Map<String, TradingStatus> statuses = compareFeed(data, 0, states, trades);
        assertEquals(
                Map.of(
                        "AAA",
                        TradingStatus.OPEN,
                        "BBBB",
                        TradingStatus.CLOSED,
                        "C",
                        TradingStatus.OPEN,
                        "DD",
                        TradingStatus.OPEN),
                statuses);
    }

    @Test
    void aFileThatIsCutOff() throws IOException {
        RandomItchDay day = new RandomItchDay(7, DAY, SYMBOLS).events(500, false);
        Path data = directory.resolve("data");
        Path file = day.writeCutOff(directory, 1);
        try (Exchange exchange = open(data, replay(file))) {
            work(exchange);
            String failure = exchange.replayProgress().failure();
            assertTrue(failure.contains(file.toString()) && failure.contains("cut off"), failure);
            assertTrue(exchange.replayProgress().ended());
        }
        assertEquals(
                START_NANOS,
                FeedHeader.publishTime(new UnsafeBuffer(messages(data).get(5)), 0));
        compareFeed(data, 0, day.states().subList(0, 499), day.trades());
    }

    @Test
    void aRestartBeginsTheRecordingAgainAndTheFeedGoesOn() throws IOException {
        RandomItchDay day = new RandomItchDay(8, DAY, SYMBOLS).events(1_000, false);
        Path data = directory.resolve("data");
        Path file = day.write(directory);
        long epoch;
        try (OrderTape orders = new OrderTape(data.resolve("orders"));
                ReportLog reports = new ReportLog(data.resolve("executions"))) {
            try (Exchange exchange = open(data, replay(file))) {
                exchange.replayControl().step(300);
                work(exchange);
                order(orders, "alice", 1, Side.BUY, 1, 5);
                work(exchange);
            }
            int before = messages(data).size();
            epoch = epoch(data);
            reports.take();
            now += 1_000_000_000;
            try (Exchange exchange = open(data, replay(file))) {
                work(exchange);
                assertNull(exchange.replayProgress().failure());
                assertEquals(0, exchange.replayProgress().contradictions());
            }
            assertEquals(
                    List.of(
                            "alice 1 CANCELED CANCELED EXCHANGE_RESTART, leaves 0",
                            "alice 0 RESTATED CANCELED, leaves 0"),
                    reports.takeSummaries());
            assertEquals(epoch, epoch(data));
            compareFeed(data, before, day.states(), day.trades());
        }
        try (FeedFollower feed = new FeedFollower(data.resolve("feed"))) {
            feed.readAll();
        }
    }

    @Test
    void aDataDirectoryThatASimulatedExchangeUsed() throws IOException {
        RandomItchDay day = new RandomItchDay(9, DAY, "AAA", "S1").events(500, false);
        Path data = directory.resolve("data");
        ExchangeSettings simulated =
                settings(data, null).withInstruments(Instruments.numbered(3)).withEventsPerSecond(10_000);
        try (Exchange exchange = Exchange.open(simulated, () -> now)) {
            now += 1_000_000_000;
            work(exchange);
        }
        int before = messages(data).size();
        try (Exchange exchange = open(data, replay(day.write(directory)))) {
            work(exchange);
            assertEquals(4, exchange.counters().symbols());
            List<TradingStatus> statuses = IntStream.rangeClosed(1, 4)
                    .mapToObj(id -> exchange.engine().book(id).status())
                    .toList();
            assertEquals(
                    List.of(TradingStatus.CLOSED, TradingStatus.OPEN, TradingStatus.CLOSED, TradingStatus.OPEN),
                    statuses);
        }
        compareFeed(data, before, day.states(), day.trades());
        try (Exchange exchange = Exchange.open(simulated, () -> now);
                FeedFollower feed = new FeedFollower(data.resolve("feed"))) {
            work(exchange);
            feed.readAll();
            assertEquals(TradingStatus.OPEN, exchange.engine().book(2).status());
            assertEquals(CENT, exchange.engine().book(2).tickSize());
            assertEquals(TradingStatus.CLOSED, exchange.engine().book(4).status());
        }
    }

    @Test
    void everyRequestOnceAndEveryReportedTradePublicWhereverItDies() throws IOException {
        RandomItchDay day = new RandomItchDay(10, DAY, "AAA").events(300, false);
        Path file = day.write(directory);
        int crashes = 0;
        int fills = 0;
        for (int survived = 0; survived < 420; survived += 1 + survived / 40) {
            Path data = directory.resolve("after" + survived);
            try (OrderTape orders = new OrderTape(data.resolve("orders"))) {
                crashes += run(data, orders, file, survived) ? 1 : 0;
                run(data, orders, file, survived % 7);
                assertFalse(run(data, orders, file, Integer.MAX_VALUE));
            }
            fills += check(data);
        }
        assertTrue(crashes > 40, "only " + crashes + " crashes");
        assertTrue(fills > 1_000, "only " + fills + " fills");
    }

    /** Users keep sending orders while the recording goes on, until it is over or the exchange dies. */
    private boolean run(Path data, OrderTape orders, Path file, int appends) {
        now += 1_000_000;
        ExchangeSettings settings = settings(data, replay(file)).withCheckpointInterval(50);
        try (Exchange exchange = Exchange.open(settings, () -> now, () -> {}, new CrashingJournals(appends))) {
            for (int i = 0; i < 30; i++) {
                exchange.replayControl().step(10);
                order(orders, "user" + i % 3, 1, i % 2 == 0 ? Side.BUY : Side.SELL, 5_000 + i % 7 - 3, 500);
                work(exchange);
                now += 1_000;
            }
            return false;
        } catch (CrashingJournals.Crash e) {
            return true;
        }
    }

    /** Returns how many fills there were. */
    private static int check(Path data) {
        try (FeedFollower feed = new FeedFollower(data.resolve("feed"));
                ReportLog reports = new ReportLog(data.resolve("executions"));
                JournalReader orders = JournalReader.open(data.resolve("orders"))) {
            feed.readAll();
            Set<Long> answered = new HashSet<>();
            Set<Long> open = new HashSet<>();
            int fills = 0;
            for (ReportLog.Line line : reports.take()) {
                if (line.requestId() != 0) {
                    assertTrue(answered.add(line.requestId()), () -> "answered twice: " + line);
                    open.add(line.orderId());
                }
                if (line.execType() == ExecType.TRADE) {
                    fills++;
                    assertTrue(feed.tradeIds().contains(line.tradeId()), () -> "never public: " + line);
                    assertTrue(open.contains(line.orderId()), line::toString);
                } else if (line.execType() == ExecType.CANCELED) {
                    assertTrue(line.reason() == Reason.EXCHANGE_RESTART || line.reason() == Reason.SELF_TRADE);
                    assertTrue(open.remove(line.orderId()), line::toString);
                }
            }
            assertEquals(orders.lastSeq(), answered.size());
            return fills;
        }
    }

    private Exchange open(Path data, ReplaySettings replay) {
        return Exchange.open(settings(data, replay), () -> now);
    }

    private static ReplaySettings replay(Path... files) {
        return new ReplaySettings(
                List.of(files),
                null,
                new RecordingOptions(Set.of(), null),
                ReplaySpeed.MAX,
                null,
                null,
                false,
                false,
                false);
    }

    private static ExchangeSettings settings(Path data, ReplaySettings replay) {
        return ExchangeSettings.of(data)
                .withFeed(JournalSettings.of(data.resolve("feed")).withMinFreeBytes(0))
                .withExecutions(JournalSettings.of(data.resolve("executions")).withMinFreeBytes(0))
                .withReplay(replay);
    }

    private static void work(Exchange exchange) {
        int turns = 0;
        while (exchange.doWork() > 0) {
            turns++;
            assertTrue(turns < 10_000, "it never ends");
        }
    }

    private static void order(OrderTape orders, String account, int symbolId, Side side, long cents, long quantity) {
        orders.order(
                account, "", symbolId, side, OrderType.LIMIT, TimeInForce.GTC, cents * CENT, quantity * OrderTape.UNIT);
    }

    private record PublicTrade(long id, String text) {}

    private interface OnMessage {
        /** @param book of the message's symbol, after the message; null when it is about none */
        void on(UnsafeBuffer message, DepthBook book);
    }

    private static void compareFeed(Path data, RandomItchDay day) {
        compareFeed(data, 0, day.states(), day.trades());
    }

    /** Compares what the feed tells after that many messages; returns the status of each symbol at its end. */
    private static Map<String, TradingStatus> compareFeed(
            Path data, int messagesBefore, List<RandomItchDay.After> expected, List<String> expectedTrades) {
        Map<Integer, String> symbols = symbols(data);
        Map<Long, RandomItchDay.After> byTime = new HashMap<>();
        expected.forEach(after -> byTime.put(after.eventNanos(), after));
        Map<Long, RandomItchDay.After> shown = new HashMap<>();
        forEachMessage(data, messagesBefore, (message, book) -> {
            RandomItchDay.After after = byTime.get(FeedHeader.eventTime(message, 0));
            if (after != null && after.symbol().equals(symbols.get(FeedHeader.symbolId(message, 0)))) {
                // Several messages of one record: the last one makes it whole.
                shown.put(
                        after.eventNanos(),
                        new RandomItchDay.After(
                                after.eventNanos(), after.symbol(), levels(book, Side.BUY), levels(book, Side.SELL)));
            }
        });
        assertTrue(shown.size() > expected.size() * 9 / 10, () -> "only " + shown.size());
        for (RandomItchDay.After after : expected) {
            assertEquals(after, shown.getOrDefault(after.eventNanos(), after));
        }
        assertEquals(
                expectedTrades,
                trades(data, messagesBefore).map(PublicTrade::text).toList());
        return statuses(data, symbols);
    }

    private static Map<String, TradingStatus> statuses(Path data, Map<Integer, String> symbols) {
        Map<String, TradingStatus> statuses = new HashMap<>();
        forEachMessage(data, 0, (message, book) -> {
            String symbol = symbols.get(FeedHeader.symbolId(message, 0));
            switch (FeedHeader.templateId(message, 0)) {
                case SymbolDefinitionDecoder.TEMPLATE_ID ->
                    statuses.put(
                            symbol,
                            new SymbolDefinitionDecoder()
                                    .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())
                                    .status());
                case SymbolStatusDecoder.TEMPLATE_ID ->
                    statuses.put(
                            symbol,
                            new SymbolStatusDecoder()
                                    .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())
                                    .status());
                default -> {
                    // Tells no status.
                }
            }
        });
        return statuses;
    }

    private static Map<Integer, String> symbols(Path data) {
        Map<Integer, String> symbols = new HashMap<>();
        forEachMessage(data, 0, (message, book) -> {
            if (FeedHeader.templateId(message, 0) == SymbolDefinitionDecoder.TEMPLATE_ID) {
                symbols.put(
                        FeedHeader.symbolId(message, 0),
                        new SymbolDefinitionDecoder()
                                .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())
                                .symbolText());
            }
        });
        return symbols;
    }

    private static Stream<PublicTrade> trades(Path data, int messagesBefore) {
        Map<Integer, String> symbols = symbols(data);
        List<PublicTrade> trades = new ArrayList<>();
        forEachMessage(data, messagesBefore, (message, book) -> {
            if (FeedHeader.templateId(message, 0) == TradeDecoder.TEMPLATE_ID) {
                TradeDecoder trade = new TradeDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
                String symbol = symbols.get(FeedHeader.symbolId(message, 0));
                trades.add(new PublicTrade(
                        trade.tradeId(),
                        "%s %d @ %d %s".formatted(symbol, trade.quantity(), trade.price(), trade.aggressor())));
            }
        });
        return trades.stream();
    }

    private static void forEachMessage(Path data, int messagesBefore, OnMessage onMessage) {
        Map<Integer, DepthBook> books = new HashMap<>();
        List<byte[]> messages = messages(data);
        for (int i = 0; i < messages.size(); i++) {
            UnsafeBuffer message = new UnsafeBuffer(messages.get(i));
            int symbolId = FeedHeader.symbolId(message, 0);
            DepthBook book = symbolId == 0 ? null : books.computeIfAbsent(symbolId, id -> new DepthBook());
            if (book != null) {
                book.apply(message, 0);
            }
            if (i >= messagesBefore) {
                onMessage.on(message, book);
            }
        }
    }

    /** All of the feed, checked for holes, chains and checksums. */
    private static List<byte[]> messages(Path data) {
        try (FeedFollower feed = new FeedFollower(data.resolve("feed"))) {
            return feed.readAll().messages();
        }
    }

    private static List<String> levels(DepthBook book, Side side) {
        return IntStream.range(0, book.depth(side))
                .mapToObj(rank -> book.quantity(side, rank) + " @ " + book.price(side, rank))
                .toList();
    }

    private static void assertRecordedLevels(RandomItchDay day, Exchange exchange, int symbolId) {
        List<RandomItchDay.After> states = day.states().stream()
                .filter(after -> after.symbol().equals(SYMBOLS[symbolId - 1]))
                .toList();
        RandomItchDay.After last = states.get(states.size() - 1);
        assertEquals(
                last.bids(), recordedLevels(exchange.engine().book(symbolId).side(Side.BUY)));
        assertEquals(
                last.asks(), recordedLevels(exchange.engine().book(symbolId).side(Side.SELL)));
    }

    private static List<String> recordedLevels(BookSide side) {
        return IntStream.range(0, side.depth())
                .mapToObj(side::level)
                .filter(level -> level.recordedQuantity() > 0)
                .map(level -> level.recordedQuantity() + " @ " + level.price())
                .toList();
    }

    private static long epoch(Path data) {
        try (JournalReader reader = JournalReader.open(data.resolve("feed"))) {
            return reader.epoch();
        }
    }
}
