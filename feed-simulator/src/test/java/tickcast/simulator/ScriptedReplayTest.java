package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.protocol.sbe.Side.BUY;
import static tickcast.protocol.sbe.Side.SELL;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradingStatus;
import tickcast.simulator.recording.RecordedEvents;

/** An exchange that replays what a test has scripted, stepped by hand, over real journals. */
class ScriptedReplayTest extends ExchangeJournals {
    /** 2012-06-21 09:30 in New York. */
    private static final long RECORDED = 1_340_285_400_000_000_000L;

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long ONE = Decimal8.ONE;
    private static final long CENT = ONE / 100;
    private static final int AAA = 1;

    @Test
    void publishTimesAreThePlansAndEventTimesTheVenues() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100))
                .at(RECORDED + SECOND, add(2, 101))
                .at(RECORDED + 3 * SECOND, add(3, 102)));
        try (Exchange exchange = open(format.settings(new ReplaySpeed(10)))) {
            exchange.doWork();
            assertEquals(1, exchange.replayProgress().records() - 1);
            now += 99 * MILLI;
            exchange.doWork();
            assertEquals(1, feed.readAll().book(AAA).depth(BUY));
            now += 500 * MILLI;
            exchange.doWork();
            assertEquals(START_NANOS + SECOND + 300 * MILLI, exchange.nextDueNanos());
            ReplayProgress progress = exchange.replayProgress();
            assertTrue(progress.ended());
            assertNull(progress.failure());
            assertEquals(RECORDED + 3 * SECOND, progress.positionNanos());
            assertEquals(1, progress.passes());
            assertEquals(4, progress.records());
            assertEquals(progress.bytesTotal(), progress.bytesRead());
            assertEquals(499 * MILLI, progress.pacing().getMaxValue(), MILLI);
        }
        List<String> names = feed.readAll().namesAfter(1);
        assertEquals(List.of("definition", "snapshot", "delta", "delta", "delta"), names);
        long[] planned = {0, 100 * MILLI, 300 * MILLI};
        long[] recorded = {0, SECOND, 3 * SECOND};
        for (int i = 0; i < planned.length; i++) {
            UnsafeBuffer delta = new UnsafeBuffer(feed.messages().get(3 + i));
            assertEquals(START_NANOS + planned[i], FeedHeader.publishTime(delta, 0));
            assertEquals(RECORDED + recorded[i] - 1, FeedHeader.eventTime(delta, 0));
        }
    }

    @Test
    void pauseStepResumeAndSpeed() {
        ScriptedRecording script = aaa();
        for (int i = 0; i < 10; i++) {
            script.at(RECORDED + i * SECOND, add(1 + i, 100 + i));
        }
        ScriptedFormat format = new ScriptedFormat(script);
        try (Exchange exchange = open(format.settings(ReplaySpeed.RECORDED))) {
            ReplayControl control = exchange.replayControl();
            control.pause();
            work(exchange);
            assertEquals(0, bids());
            assertTrue(exchange.replayProgress().paused());
            control.step(2);
            work(exchange);
            assertEquals(2, bids());
            now += 60 * SECOND;
            work(exchange);
            assertEquals(2, bids());
            control.resume();
            work(exchange);
            assertFalse(exchange.replayProgress().paused());
            now += SECOND - 1;
            work(exchange);
            assertEquals(2, bids());
            now += 1;
            work(exchange);
            assertEquals(3, bids());
            control.speed(new ReplaySpeed(100));
            work(exchange);
            now += 20 * MILLI;
            work(exchange);
            assertEquals(5, bids());
            control.speed(ReplaySpeed.MAX);
            work(exchange);
            assertEquals(10, bids());
            assertEquals(ReplaySpeed.MAX, exchange.replayProgress().speed());
            assertTrue(exchange.replayProgress().ended());
            assertThrows(IllegalArgumentException.class, () -> control.step(0));
        }
    }

    @Test
    void pausedFromTheStartItListsItsSymbolsAndWaits() {
        ScriptedRecording script = aaa().at(RECORDED, add(1, 100)).at(RECORDED + SECOND, add(2, 101));
        ReplaySettings plain = new ScriptedFormat(script).settings(ReplaySpeed.RECORDED);
        ReplaySettings paused = new ReplaySettings(
                plain.files(), plain.format(), plain.options(), plain.speed(), null, null, false, false, true);
        try (Exchange exchange = open(paused)) {
            work(exchange);
            now += 60 * SECOND;
            work(exchange);
            assertEquals(1, exchange.counters().symbols());
            assertTrue(exchange.replayProgress().paused());
            assertEquals(0, bids());
            exchange.replayControl().resume();
            work(exchange);
            assertEquals(1, bids());
            now += SECOND;
            work(exchange);
            assertEquals(2, bids());
        }
    }

    @Test
    void fromAPlaceOnTheBookIsThereAtOnceAndNothingBefore() {
        ScriptedRecording script = aaa();
        for (int i = 0; i < 3_000; i++) {
            script.at(RECORDED + i * MILLI, add(1 + i, 1 + i))
                    .at(RECORDED + i * MILLI, tells(events -> events.trade(0, CENT, ONE, BUY)));
        }
        script.at(RECORDED + 10 * SECOND, tells(events -> events.trade(0, CENT, ONE, SELL)));
        script.at(RECORDED + 11 * SECOND, add(9_000, 9_000));
        ScriptedFormat format = new ScriptedFormat(script);
        ReplaySettings settings = with(format.settings(ReplaySpeed.RECORDED), "09:30:09", null, false);
        try (Exchange exchange = open(settings)) {
            assertTrue(exchange.replayProgress().seeking());
            assertEquals(TradingStatus.HALTED, exchange.engine().book(AAA).status());
            orders.limit("alice", "a1", AAA, BUY, 1, 5);
            exchange.doWork();
            assertEquals(
                    List.of("alice 1 REJECTED REJECTED SYMBOL_NOT_OPEN, leaves 0 answers 1"), reports.takeSummaries());
            work(exchange);
            assertFalse(exchange.replayProgress().seeking());
            assertEquals(TradingStatus.OPEN, exchange.engine().book(AAA).status());
            assertEquals(
                    List.of("definition", "snapshot", "snapshot", "status", "trade"),
                    feed.readAll().namesAfter(1));
            assertEquals(1_000, feed.book(AAA).depth(BUY));
            assertEquals(3_000 * CENT, feed.book(AAA).price(BUY, 0));
            assertTrue(feed.tradeIds().last() <= feed.messages().size(), "a trade's id is above its sequence");
            now += SECOND;
            work(exchange);
            assertEquals(9_000 * CENT, feed.readAll().book(AAA).price(BUY, 0));
            assertTrue(exchange.replayProgress().ended());
        }
    }

    @Test
    void fromBehindTheEndShowsTheEnd() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100)));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.RECORDED), "+1h", null, true))) {
            work(exchange);
            assertTrue(exchange.replayProgress().ended());
            assertNull(exchange.replayProgress().failure());
            assertEquals(1, bids());
            assertEquals(1, format.opened().size());
        }
    }

    @Test
    void toAPlaceTheLastIncluded() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100))
                .at(RECORDED + SECOND, add(2, 101))
                .at(RECORDED + SECOND + 1, add(3, 102)));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.MAX), null, "09:30:01", false))) {
            work(exchange);
            assertTrue(exchange.replayProgress().ended());
            assertEquals(2, bids());
        }
    }

    @Test
    void aLoopThatHasNothingToShowEnds() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100)));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.MAX), null, "09:29", true))) {
            work(exchange);
            assertTrue(exchange.replayProgress().ended());
            assertEquals(0, bids());
            assertEquals(1, exchange.replayProgress().passes());
        }
    }

    @Test
    void aLoopBeginsWithEmptyBooksAndUsersOrdersStay() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100))
                .at(RECORDED + SECOND, add(2, 101))
                .at(RECORDED + 2 * SECOND, tells(events -> events.status(0, TradingStatus.CLOSED))));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.RECORDED), null, null, true))) {
            work(exchange);
            orders.limit("alice", "a1", AAA, BUY, 1, 5);
            work(exchange);
            for (int pass = 0; pass < 3; pass++) {
                now += SECOND;
                work(exchange);
                assertEquals(2, recordedBids(exchange));
                assertEquals(2, bids());
                feed.assertEqualTo(exchange.engine(), AAA);
                now += SECOND;
                work(exchange);
                assertEquals(pass + 1, exchange.replayProgress().passes());
                assertEquals(1, recordedBids(exchange));
                assertEquals(TradingStatus.OPEN, exchange.engine().book(AAA).status());
                feed.readAll().assertEqualTo(exchange.engine(), AAA);
            }
            assertEquals(List.of("alice 1 NEW NEW, leaves 5 answers 1"), reports.takeSummaries());
            assertEquals(4, format.opened().size());
            assertTrue(format.opened().get(0).closed());
            assertFalse(format.opened().get(3).closed());
        }
        assertTrue(format.opened().get(3).closed());
    }

    @Test
    void aLoopWithoutAnOpeningKeepsItsDistances() {
        ScriptedFormat format = new ScriptedFormat(new ScriptedRecording()
                .at(RECORDED, events -> {
                    events.instrument(0, "AAA", CENT, ONE);
                    add(1, 100).accept(events);
                })
                .at(RECORDED + SECOND, add(2, 101)));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.RECORDED), null, null, true))) {
            for (int pass = 0; pass < 3; pass++) {
                work(exchange);
                assertEquals(1, bids());
                now += SECOND - 1;
                work(exchange);
                assertEquals(1, bids());
                now += 1;
            }
        }
    }

    @Test
    void aPausedLoopHoldsItsEnd() {
        ScriptedFormat format =
                new ScriptedFormat(aaa().at(RECORDED, add(1, 100)).at(RECORDED + SECOND, add(2, 101)));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.MAX), null, null, true))) {
            exchange.replayControl().step(2);
            work(exchange);
            assertEquals(2, bids());
            assertEquals(0, exchange.replayProgress().passes());
            exchange.replayControl().step(1);
            work(exchange);
            assertEquals(1, bids());
            assertEquals(1, exchange.replayProgress().passes());
        }
    }

    @Test
    void aLoopEndsWhenTheFileIsGone() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100)));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.MAX), null, null, true))) {
            exchange.replayControl().step(1);
            work(exchange);
            format.remove();
            exchange.replayControl().resume();
            work(exchange);
            assertTrue(exchange.replayProgress().ended());
            assertEquals(
                    "The recording cannot be opened again: script is not there",
                    exchange.replayProgress().failure());
            orders.limit("alice", "a1", AAA, BUY, 1, 5);
            work(exchange);
            assertEquals(List.of("alice 1 NEW NEW, leaves 5 answers 1"), reports.takeSummaries());
        }
    }

    @Test
    void whatStandsBeforeDamageIsPublished() {
        ScriptedFormat format = new ScriptedFormat(
                aaa().at(RECORDED, add(1, 100)).damagedAt(RECORDED + 1, add(2, 101), "byte 77: no order"));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.MAX), null, null, true))) {
            work(exchange);
            assertEquals("byte 77: no order", exchange.replayProgress().failure());
            assertTrue(exchange.replayProgress().ended());
            assertEquals(0, exchange.replayProgress().passes());
            assertEquals(2, bids());
            feed.assertEqualTo(exchange.engine(), AAA);
        }
    }

    @Test
    void damageOnTheWayToTheBeginning() {
        ScriptedFormat format =
                new ScriptedFormat(aaa().at(RECORDED, add(1, 100)).endsDamaged("cut off"));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.MAX), "+5s", null, false))) {
            work(exchange);
            assertEquals("cut off", exchange.replayProgress().failure());
            assertFalse(exchange.replayProgress().seeking());
            assertEquals(1, bids());
            assertEquals(List.of("definition", "snapshot", "snapshot", "status"), feed.namesAfter(1));
        }
    }

    @Test
    void damageInTheOpening() {
        ScriptedRecording script = aaa();
        script.endsDamaged("cut off");
        try (Exchange exchange = open(new ScriptedFormat(script).settings(ReplaySpeed.RECORDED))) {
            work(exchange);
            assertEquals("cut off", exchange.replayProgress().failure());
            assertEquals(List.of("definition", "snapshot"), feed.readAll().namesAfter(1));
        }
    }

    @Test
    void twoRecordingsAreOneReplay() {
        ScriptedFormat format = new ScriptedFormat(
                aaa().at(RECORDED, add(1, 100))
                        .at(RECORDED + 2, add(2, 101))
                        .damagedAt(RECORDED + 4, events -> {}, "bad"),
                new ScriptedRecording()
                        .opening(events -> events.instrument(0, "BBB", CENT, ONE))
                        .at(RECORDED + 1, add(1, 200))
                        .at(RECORDED + 5, add(2, 201)));
        try (Exchange exchange = open(format.settings(ReplaySpeed.MAX))) {
            work(exchange);
            assertEquals(2, feed.readAll().book(1).depth(BUY));
            assertEquals(2, feed.book(2).depth(BUY));
            assertEquals("bad", exchange.replayProgress().failure());
            assertEquals(1, exchange.replayProgress().warnings());
        }
    }

    @Test
    void anOperatorsHaltStandsUntilTheRecordingTellsAStatus() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100))
                .at(RECORDED + SECOND, add(2, 101))
                .at(RECORDED + 2 * SECOND, tells(events -> events.status(0, TradingStatus.HALTED)))
                .at(RECORDED + 3 * SECOND, tells(events -> events.status(0, TradingStatus.OPEN))));
        try (Exchange exchange = open(format.settings(ReplaySpeed.RECORDED))) {
            work(exchange);
            exchange.changeStatus(AAA, TradingStatus.HALTED);
            now += SECOND;
            work(exchange);
            assertEquals(2, bids());
            assertEquals(TradingStatus.HALTED, exchange.engine().book(AAA).status());
            now += 2 * SECOND;
            work(exchange);
            assertEquals(TradingStatus.OPEN, exchange.engine().book(AAA).status());
        }
        long statuses = Collections.frequency(feed.readAll().namesAfter(0), "status");
        assertEquals(2, statuses);
    }

    @Test
    void aTransactionOfVeryManyLevelsIsASnapshot() {
        ScriptedFormat format =
                new ScriptedFormat(aaa().at(RECORDED, levels(1, ONE)).at(RECORDED + 1, events -> {
                    levels(1, 0).accept(events);
                    levels(5_000, ONE).accept(events);
                }));
        try (Exchange exchange = open(format.settings(ReplaySpeed.MAX))) {
            work(exchange);
            feed.readAll();
            assertEquals(List.of("definition", "snapshot", "delta", "snapshot"), feed.namesAfter(1));
            assertEquals(1_000, feed.book(AAA).depth(BUY));
            assertEquals(1_000, feed.book(AAA).depth(SELL));
            feed.messages().forEach(message -> assertTrue(message.length < 0xFFFF));
        }
    }

    @Test
    void checkpointsDuringAReplay() {
        ScriptedRecording script = aaa();
        for (int i = 0; i < 500; i++) {
            script.at(RECORDED + i, add(1 + i, 1 + i));
        }
        ExchangeSettings settings = settings(new ScriptedFormat(script).settings(ReplaySpeed.MAX));
        try (Exchange exchange = Exchange.open(settings.withCheckpointInterval(100), () -> now)) {
            work(exchange);
            feed.readAll().assertEqualTo(exchange.engine(), AAA);
        }
        assertTrue(Collections.frequency(feed.namesAfter(0), "definition") > 4);
    }

    @Test
    void aBookThatIsUnknownForAWhileTakesNoOrdersAndMeetsThoseThatRest() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 100))
                .at(RECORDED + SECOND, tells(events -> events.bookUnknown(0, "a gap")))
                .at(RECORDED + 2 * SECOND, tells(events -> {
                    events.clear(0);
                    events.level(0, SELL, 90 * CENT, 2 * ONE);
                })));
        try (Exchange exchange = open(format.settings(ReplaySpeed.RECORDED))) {
            work(exchange);
            orders.order("alice", "a1", AAA, BUY, OrderType.LIMIT, TimeInForce.GTC, 95 * CENT, 5 * ONE);
            now += SECOND;
            work(exchange);
            orders.limit("bob", "b1", AAA, BUY, 1, 5);
            work(exchange);
            assertEquals(1, bids());
            now += SECOND;
            work(exchange);
            assertEquals(
                    List.of(
                            "alice 1 NEW NEW, leaves 5 answers 1",
                            "bob 2 REJECTED REJECTED SYMBOL_NOT_OPEN, leaves 0 answers 2",
                            "alice 1 TRADE PARTIALLY_FILLED 2 @ 0 resting, leaves 3"),
                    reports.takeSummaries());
            assertEquals(1, feed.readAll().book(AAA).depth(SELL));
            assertEquals(0, feed.book(AAA).depth(BUY));
        }
    }

    @Test
    void fillsOnTheWayTellHowFarTheOrdersAreRead() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, add(1, 50))
                .at(RECORDED + SECOND, events -> events.add(0, 2, SELL, 200 * CENT, 2 * ONE))
                .at(RECORDED + 2 * SECOND, add(3, 60)));
        try (Exchange exchange = open(with(format.settings(ReplaySpeed.RECORDED), "+1s", null, true))) {
            work(exchange);
            orders.limit("alice", "a1", AAA, BUY, 1, 1);
            work(exchange);
            orders.limit("alice", "a2", AAA, BUY, 2, 5);
            orders.limit("alice", "a3", AAA, BUY, 1, 1);
            work(exchange);
            for (int i = 0; i < 4; i++) {
                now += SECOND;
                work(exchange);
            }
            List<ReportLog.Line> lines = reports.take();
            long newest = 0;
            for (ReportLog.Line line : lines) {
                assertTrue(line.orderSeq() >= newest, line::toString);
                newest = line.orderSeq();
            }
            assertEquals(
                    List.of(2L, 2L, 1L),
                    lines.stream()
                            .filter(line -> line.execType() == ExecType.TRADE)
                            .map(ReportLog.Line::lastQuantity)
                            .toList());
        }
    }

    @Test
    void interactiveUsersTakeFromTheRecording() {
        ScriptedFormat format = new ScriptedFormat(aaa().at(RECORDED, events -> events.add(0, 1, SELL, ONE, 10 * ONE))
                .at(RECORDED + SECOND, tells(events -> events.execute(0, 1, 10 * ONE, 0, true))));
        ReplaySettings plain = format.settings(ReplaySpeed.RECORDED);
        ReplaySettings interactive = new ReplaySettings(
                plain.files(), format, plain.options(), plain.speed(), null, null, false, true, false);
        try (Exchange exchange = open(interactive)) {
            work(exchange);
            orders.limit("alice", "a1", AAA, BUY, 1, 4);
            work(exchange);
            assertEquals(6 * ONE, feed.readAll().book(AAA).quantity(SELL, 0));
            now += SECOND;
            work(exchange);
            assertEquals(0, feed.readAll().book(AAA).depth(SELL));
            assertEquals(2, feed.tradeIds().size());
            assertEquals(2, reports.take().size());
        }
    }

    private Exchange open(ReplaySettings replay) {
        return open(settings(replay));
    }

    private ExchangeSettings settings(ReplaySettings replay) {
        return ExchangeSettings.of(data)
                .withFeed(feedSettings())
                .withExecutions(executionSettings())
                .withReplay(replay);
    }

    private static ReplaySettings with(ReplaySettings settings, String from, String to, boolean loop) {
        return new ReplaySettings(
                settings.files(),
                settings.format(),
                settings.options(),
                settings.speed(),
                from == null ? null : ReplayTime.parse(from),
                to == null ? null : ReplayTime.parse(to),
                loop,
                false,
                false);
    }

    private static ScriptedRecording aaa() {
        return new ScriptedRecording().opening(events -> events.instrument(0, "AAA", CENT, ONE));
    }

    private static Consumer<RecordedEvents> add(long id, long cents) {
        return events -> events.add(0, id, BUY, cents * CENT, ONE);
    }

    private static Consumer<RecordedEvents> levels(long cents, long quantity) {
        return events -> {
            for (int i = 0; i < 1_000; i++) {
                events.level(0, BUY, (cents + i) * CENT, quantity);
                events.level(0, SELL, (cents + 2_000 + i) * CENT, quantity);
            }
        };
    }

    private static Consumer<RecordedEvents> tells(Consumer<RecordedEvents> tells) {
        return tells;
    }

    /** Everything that is due now. */
    private void work(Exchange exchange) {
        int turns = 0;
        while (exchange.doWork() > 0) {
            turns++;
            assertTrue(turns < 10_000, "it never ends");
        }
    }

    private int bids() {
        return feed.readAll().book(AAA).depth(BUY);
    }

    private static long recordedBids(Exchange exchange) {
        BookSide bids = exchange.engine().book(AAA).side(BUY);
        long count = 0;
        for (int rank = 0; rank < bids.depth(); rank++) {
            count += bids.level(rank).recordedQuantity() > 0 ? 1 : 0;
        }
        return count;
    }
}
