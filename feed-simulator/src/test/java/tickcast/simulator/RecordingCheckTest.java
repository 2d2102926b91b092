package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

class RecordingCheckTest {
    /** 2012-06-21 09:30 in New York. */
    private static final long RECORDED = 1_340_285_400_000_000_000L;

    private final ScriptedRecording script = new ScriptedRecording()
            .opening(events -> events.instrument(0, "AAA", Decimal8.ONE, Decimal8.ONE))
            .at(RECORDED, events -> events.add(0, 1, Side.BUY, 5 * Decimal8.ONE, Decimal8.ONE))
            .at(RECORDED + 1_000_000_000L, events -> events.delete(0, 1))
            .at(RECORDED + 2_000_000_000L, events -> events.delete(0, 1))
            .at(RECORDED + 3_000_000_000L, events -> events.disagreement("a row differs"));
    private final ScriptedFormat format = new ScriptedFormat(script);

    @Test
    void aRecordingIsReadToItsEnd() throws IOException {
        ReplayProgress progress = check(null);
        assertTrue(progress.ended());
        assertNull(progress.failure());
        assertEquals(1, progress.passes());
        assertEquals(5, progress.records());
        assertEquals(Map.of("records", 5L), progress.counts());
        assertEquals(1, progress.contradictions());
        assertEquals(1, progress.disagreements());
        assertEquals(RECORDED + 3_000_000_000L, progress.positionNanos());
        assertTrue(format.opened().get(0).closed());
    }

    @Test
    void orToAPlaceTheLastIncluded() throws IOException {
        assertEquals(3, check("09:30:01").records());
        assertEquals(5, check("+999999999h").records());
        assertEquals(1, check("09:29").records());
    }

    @Test
    void damageIsAFailure() throws IOException {
        script.endsDamaged("cut off");
        ReplayProgress progress = check(null);
        assertTrue(progress.ended());
        assertEquals("cut off", progress.failure());
        assertEquals(5, progress.records());
        assertEquals(0, progress.passes());
    }

    @Test
    void itStopsWhenItIsTold() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            script.at(RECORDED + 4_000_000_000L, events -> {});
        }
        RecordingCheck check = new RecordingCheck(format.settings(ReplaySpeed.MAX));
        check.run(() -> true);
        assertTrue(check.progress().records() < 10_000);
        assertEquals(0, check.progress().passes());
        assertFalse(check.progress().counts().isEmpty());
    }

    @Test
    void aFileIsNamedOnce() {
        Path file = Path.of("day.csv");
        ReplaySettings all = format.settings(ReplaySpeed.MAX);
        ReplaySettings twice = new ReplaySettings(
                List.of(file, Path.of("./day.csv")),
                all.format(),
                all.options(),
                all.speed(),
                null,
                null,
                false,
                false,
                false);
        String message = assertThrows(IllegalArgumentException.class, () -> new RecordingCheck(twice).run(() -> false))
                .getMessage();
        assertEquals("day.csv is named twice", message);
    }

    private ReplayProgress check(String to) throws IOException {
        ReplaySettings all = format.settings(ReplaySpeed.MAX);
        RecordingCheck check = new RecordingCheck(new ReplaySettings(
                all.files(),
                all.format(),
                all.options(),
                all.speed(),
                null,
                to == null ? null : ReplayTime.parse(to),
                false,
                false,
                false));
        check.run(() -> false);
        return check.progress();
    }
}
