package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;
import tickcast.simulator.recording.EventList;
import tickcast.simulator.recording.RecordedEvents;
import tickcast.simulator.recording.Recording;
import tickcast.simulator.recording.RecordingException;

class MergedRecordingTest {
    private static final long ONE = Decimal8.ONE;

    private final EventList told = new EventList();

    @Test
    void recordsComeInTheOrderOfTheirTimes() {
        Recording merged = merge(
                new ScriptedRecording()
                        .opening(events -> events.warning("opening a"))
                        .at(10, events -> events.warning("a 10"))
                        .at(30, events -> events.warning("a 30")),
                new ScriptedRecording()
                        .opening(events -> events.warning("opening b"))
                        .at(10, events -> events.warning("b 10"))
                        .at(20, events -> events.warning("b 20"))
                        .at(40, events -> events.warning("b 40")));
        assertEquals(List.of(Recording.OPENING, Recording.OPENING, 10L, 10L, 20L, 30L, 40L), readAll(merged));
        expect(
                "warning opening a",
                "warning opening b",
                "warning a 10",
                "warning b 10",
                "warning b 20",
                "warning a 30",
                "warning b 40");
        assertEquals(Recording.END, merged.nextNanos());
    }

    @Test
    void eventTimesAreThoseOfTheNewestRecord() {
        Recording merged = merge(
                new ScriptedRecording().at(100, events -> {}).at(300, events -> {}),
                new ScriptedRecording().at(200, events -> {}));
        assertEquals(0, merged.eventNanos());
        for (long nanos = 100; nanos <= 300; nanos += 100) {
            assertEquals(nanos, merged.nextNanos());
            assertEquals(nanos, merged.nextNanos());
            merged.next(told);
            assertEquals(nanos - 1, merged.eventNanos());
        }
    }

    @Test
    void equalKeysOfTwoRecordingsAreTwo() {
        readAll(merge(
                new ScriptedRecording()
                        .at(1, events -> events.instrument(7, "A", ONE, ONE))
                        .at(3, events -> events.add(7, 1, Side.BUY, 10 * ONE, ONE))
                        .at(5, events -> events.instrument(7, "A", 2 * ONE, 2 * ONE))
                        .at(6, events -> events.execute(7, 1, ONE, RecordedEvents.OWN_PRICE, true)),
                new ScriptedRecording()
                        .at(2, events -> events.instrument(RecordedEvents.MAX_KEY, "B", ONE, ONE))
                        .at(4, events -> events.instrument(7, "C", ONE, ONE))
                        .at(7, events -> events.delete(7, 1))
                        .at(8, events -> events.reduce(RecordedEvents.MAX_KEY, 1, 2 * ONE))));
        expect(
                "instrument 0 A 1 1",
                "instrument 1 B 1 1",
                "add 0 1 BUY 10 1",
                "instrument 2 C 1 1",
                "instrument 0 A 2 2",
                "execute 0 1 1 own printed",
                "delete 2 1",
                "reduce 1 1 2");
    }

    @Test
    void everyEventKeepsWhatItTells() {
        readAll(merge(
                new ScriptedRecording().at(0, events -> events.instrument(0, "A", ONE, ONE)),
                new ScriptedRecording().at(1, events -> {
                    events.instrument(5, "B", ONE, ONE);
                    events.status(5, TradingStatus.HALTED);
                    events.replace(5, 1, 2, 3 * ONE, 4 * ONE);
                    events.executeLevel(5, Side.SELL, 5 * ONE, 6 * ONE);
                    events.level(5, Side.BUY, 7 * ONE, 8 * ONE);
                    events.trade(5, 9 * ONE, 10 * ONE, Side.NULL_VAL);
                    events.cross(5, 11 * ONE, 12 * ONE);
                    events.clear(5);
                    events.bookUnknown(5, "why");
                    events.warning("text");
                    events.disagreement("other");
                })));
        expect(
                "instrument 0 A 1 1",
                "instrument 1 B 1 1",
                "status 1 HALTED",
                "replace 1 1 2 3 4",
                "executeLevel 1 SELL 5 6",
                "level 1 BUY 7 8",
                "trade 1 9 10 NULL_VAL",
                "cross 1 11 12",
                "clear 1",
                "bookUnknown 1 why",
                "warning text",
                "disagreement other");
    }

    @Test
    void aStatusOfAllIsThatOfItsRecordingAlone() {
        readAll(merge(
                new ScriptedRecording()
                        .at(1, events -> events.instrument(3, "A", ONE, ONE))
                        .at(3, events -> events.statusOfAll(TradingStatus.CLOSED)),
                new ScriptedRecording()
                        .at(2, events -> events.instrument(3, "B", ONE, ONE))
                        .at(4, events -> events.instrument(9, "C", ONE, ONE))
                        .at(5, events -> events.statusOfAll(TradingStatus.HALTED))));
        expect(
                "instrument 0 A 1 1",
                "instrument 1 B 1 1",
                "status 0 CLOSED",
                "instrument 2 C 1 1",
                "status 1 HALTED",
                "status 2 HALTED");
    }

    @Test
    void damageOfOneIsToldWhenTheOthersHaveEnded() {
        Recording merged = merge(
                new ScriptedRecording()
                        .at(1, events -> events.warning("a 1"))
                        .damagedAt(3, events -> events.warning("a 3"), "a is damaged"),
                new ScriptedRecording()
                        .at(2, events -> events.warning("b 2"))
                        .at(4, events -> events.warning("b 4"))
                        .at(5, events -> events.warning("b 5")));
        for (long nanos = 1; nanos <= 5; nanos++) {
            assertEquals(nanos, merged.nextNanos());
            merged.next(told);
        }
        expect(
                "warning a 1",
                "warning b 2",
                "warning a 3",
                "warning a is damaged; the other recordings go on",
                "warning b 4",
                "warning b 5");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "a is damaged",
                    assertThrows(RecordingException.class, merged::nextNanos).getMessage());
        }
    }

    @Test
    void damageBetweenRecordsAndOfAll() {
        Recording merged = merge(
                new ScriptedRecording().endsDamaged("a is damaged"),
                new ScriptedRecording().at(2, events -> events.warning("b 2")).endsDamaged("b is damaged"));
        assertEquals(2, merged.nextNanos());
        merged.next(told);
        RecordingException damage = assertThrows(RecordingException.class, merged::nextNanos);
        assertEquals("a is damaged", damage.getMessage());
        assertEquals("b is damaged", damage.getSuppressed()[0].getMessage());
    }

    @Test
    void sumsOfAll() {
        ScriptedRecording first = new ScriptedRecording().at(1, events -> {}).at(3, events -> {});
        ScriptedRecording second = new ScriptedRecording().at(2, events -> {});
        Recording merged = merge(first, second);
        assertEquals(30, merged.bytesTotal());
        merged.nextNanos();
        merged.next(told);
        assertEquals(10, merged.bytesRead());
        readAll(merged);
        assertEquals(30, merged.bytesRead());
        assertEquals(Map.of("records", 3L), merged.counts());
        merged.close();
        assertTrue(first.closed() && second.closed());
    }

    @Test
    void moreSymbolsThanKeysAreDamage() {
        ScriptedRecording first = new ScriptedRecording().at(1, events -> {
            for (int key = 0; key <= RecordedEvents.MAX_KEY; key++) {
                events.instrument(key, "S" + key, ONE, ONE);
            }
        });
        Recording merged =
                merge(first, new ScriptedRecording().at(2, events -> events.instrument(0, "ONE_MORE", ONE, ONE)));
        merged.nextNanos();
        merged.next(told);
        assertEquals(RecordedEvents.MAX_KEY + 1, told.take().size());
        merged.nextNanos();
        merged.next(told);
        expect();
        assertThrows(RecordingException.class, merged::nextNanos);
    }

    private static Recording merge(Recording... recordings) {
        return new MergedRecording(List.of(recordings));
    }

    private List<Long> readAll(Recording recording) {
        List<Long> times = new ArrayList<>();
        for (long next = recording.nextNanos(); next != Recording.END; next = recording.nextNanos()) {
            times.add(next);
            recording.next(told);
        }
        return times;
    }

    private void expect(String... expected) {
        assertEquals(List.of(expected), told.take());
    }
}
