package tickcast.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyTotalsTest {
    @TempDir
    private Path directory;

    @Test
    void theDifferenceIsWhatWasMeasuredInBetween() throws IOException {
        try (var log = LatencyLog.discarding()) {
            var sent = log.recorder(Stage.ORDER_READ_SENT);
            var alice = log.recorder(Stage.ORDER_READ_SENT, "alice");
            sent.record(1_000, 5);
            alice.record(1_000, 5);
            var before =
                    LatencyTotals.parse("before", LatencyTotals.of(log.totals()).text());
            sent.record(9_000, 2);
            log.recorder(Stage.MACHINE_HICCUP).record(70);
            var after =
                    LatencyTotals.parse("after", LatencyTotals.of(log.totals()).text());

            var report = after.minus(before).report();
            assertEquals(List.of("order.read-sent", "hiccup"), report.tags());
            var histogram = report.rows().get(0).histogram();
            assertEquals(2, histogram.getTotalCount());
            assertEquals(2, histogram.getCountAtValue(9_000));
        }
    }

    @Test
    void accountsComeAfterAllOthersAndAreLoggedToo() throws IOException {
        var file = directory.resolve("latency.hlog");
        try (var log = LatencyLog.stepped(file, List.of(), Long.MAX_VALUE, () -> 1_767_225_600_000L)) {
            log.recorder(Stage.ORDER_RECEIVED_SENT, "bob").record(100_000);
            log.recorder(Stage.ORDER_READ_SENT, "bob").record(50_000);
            log.recorder(Stage.ORDER_RECEIVED_SENT, "alice").record(10_000);
            log.recorder(Stage.MACHINE_HICCUP).record(5);
        }
        var report = LatencyReport.read(List.of(file));
        assertEquals(
                List.of("hiccup", "order.received-sent@alice", "order.read-sent@bob", "order.received-sent@bob"),
                report.tags());
        assertEquals(10_000, report.rows().get(1).histogram().getMaxValue(), 100);
        assertTrue(report.notes().get(0).contains("2 significant digits"), report::text);
    }

    @Test
    void whatIsNoLogIsRefused() {
        assertThrows(MalformedLogException.class, () -> LatencyTotals.parse("there", "<html>"));
    }
}
