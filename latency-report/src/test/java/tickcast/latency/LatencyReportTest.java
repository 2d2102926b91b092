package tickcast.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LatencyReportTest {

    private static final String CSV_TITLES =
            "tag,start,count,seconds,min_ns,mean_ns,p50_ns,p90_ns,p99_ns,p99.9_ns,p99.99_ns,max_ns\n";

    @TempDir
    private Path directory;

    private final Locale localeBefore = Locale.getDefault();

    @BeforeEach
    void decimalCommas() {
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void localeBefore() {
        Locale.setDefault(localeBefore);
    }

    @Test
    void filesAreMergedByTag() throws IOException {
        Path server = write("server.hlog", LogText.tagged("b", 10, 1, 100) + LogText.tagged("hiccup", 10, 1, 7));
        Path client = write("client.hlog", LogText.tagged("b", 12, 1, 200, 300) + LogText.tagged("a", 12, 1, 50));

        assertEquals(
                CSV_TITLES
                        + "hiccup,1970-01-01T00:00:10Z,1,1.000,7,7.0,7,7,7,7,7,7\n"
                        + "a,1970-01-01T00:00:12Z,1,1.000,50,50.0,50,50,50,50,50,50\n"
                        + "b,1970-01-01T00:00:10Z,3,3.000,100,200.0,200,300,300,300,300,300\n",
                LatencyReport.read(List.of(server, client)).csv());
    }

    @Test
    void onlyTheTagsWanted() throws IOException {
        Path file = write("x.hlog", LogText.tagged("b", 10, 1, 100) + LogText.interval(10, 1, 7));

        LatencyReport report = LatencyReport.read(List.of(file), Set.of("untagged", "c"), Duration.ZERO);
        assertEquals(List.of("untagged"), report.tags());
        assertEquals(List.of("no tag c; there are: b, untagged"), report.notes());
    }

    @Test
    void rowForEachSlice() throws IOException {
        Path first = write(
                "1.hlog",
                LogText.tagged("a", 10, 1, 1)
                        + LogText.tagged("a", 11.001, 0.999, 2)
                        + LogText.tagged("a", 11.998, 1, 3) // mostly in the second slice
                        + LogText.tagged("a", 15, 1, 4));
        Path earlier = write("2.hlog", LogText.tagged("a", 9, 1, 5));

        LatencyReport report = LatencyReport.read(List.of(first, earlier), Set.of(), Duration.ofSeconds(2));
        assertEquals(
                CSV_TITLES
                        + "a,1970-01-01T00:00:08Z,1,2.000,5,5.0,5,5,5,5,5,5\n"
                        + "a,1970-01-01T00:00:10Z,2,2.000,1,1.5,1,2,2,2,2,2\n"
                        + "a,1970-01-01T00:00:12Z,1,2.000,3,3.0,3,3,3,3,3,3\n"
                        + "a,1970-01-01T00:00:14Z,1,2.000,4,4.0,4,4,4,4,4,4\n",
                report.csv());
        assertEquals("""
                latencies in microseconds
                stage  start                 count    p50    p90    p99  p99.9  p99.99    max
                a      1970-01-01T00:00:08Z      1  0.005  0.005  0.005  0.005   0.005  0.005
                a      1970-01-01T00:00:10Z      2  0.001  0.002  0.002  0.002   0.002  0.002
                a      1970-01-01T00:00:12Z      1  0.003  0.003  0.003  0.003   0.003  0.003
                a      1970-01-01T00:00:14Z      1  0.004  0.004  0.004  0.004   0.004  0.004
                """, report.text());
        assertTrue(report.hgrm("a").contains("Total count    =            5"), () -> report.hgrm("a"));
    }

    @Test
    void negativeOrTinySliceIsRefused() {
        for (Duration slice : List.of(Duration.ofSeconds(-1), Duration.ofNanos(10))) {
            assertThrows(IllegalArgumentException.class, () -> LatencyReport.read(List.of(), Set.of(), slice));
        }
    }

    @Test
    void tableOfTotals() {
        Histogram orders = LogText.histogram(1_500);
        orders.recordValueWithCount(1_000, 9_998);
        orders.recordValue(2_000_000_000);
        Map<String, Histogram> totals = new LinkedHashMap<>();
        totals.put("extra", LogText.histogram(7));
        totals.put("feed.read-flushed", LogText.histogram());
        totals.put("order.received-sent", orders);

        assertEquals("""
                latencies in microseconds
                stage                count    p50    p90    p99  p99.9  p99.99          max
                order.received-sent  10000  1.000  1.000  1.000  1.000   1.500  2000683.007
                feed.read-flushed        0  0.000  0.000  0.000  0.000   0.000        0.000
                extra                    1  0.007  0.007  0.007  0.007   0.007        0.007
                """, LatencyReport.of(totals).text());
        assertEquals(
                CSV_TITLES + "extra,,1,0.000,7,7.0,7,7,7,7,7,7\n",
                LatencyReport.of(Map.of("extra", totals.get("extra"))).csv());
    }

    @Test
    void commentsStandAboveTheTable() throws IOException {
        Path file = write(
                "x.hlog", "# machine: 2 cores\u001b[1m\n# machine: 2 cores\u001b[1m\n" + LogText.interval(1, 1, 5));

        String text = LatencyReport.read(List.of(file)).text();
        assertTrue(text.startsWith("# machine: 2 cores?[1m\nlatencies in microseconds\n"), text);
    }

    @Test
    void fileWithoutIntervalsIsTold() throws IOException {
        Path empty = write("empty.hlog", "# nothing yet\n" + LogText.LEGEND);
        assertEquals(
                "# nothing yet\nno latencies\nnote: " + empty + ": no intervals\n",
                LatencyReport.read(List.of(empty)).text());

        Path other = write("other.hlog", LogText.interval(1, 1, 5));
        LatencyReport both = LatencyReport.read(List.of(other, empty));
        assertEquals(1, both.rows().size());
        assertEquals(List.of(empty + ": no intervals"), both.notes());
    }

    @Test
    void noPartOfAMalformedFileIsReported() throws IOException {
        Path good = write("good.hlog", LogText.interval(1, 1, 5));
        Path bad = write("bad.hlog", LogText.interval(1, 1, 5) + "1,1");
        MalformedLogException malformed =
                assertThrows(MalformedLogException.class, () -> LatencyReport.read(List.of(good, bad)));
        assertTrue(malformed.getMessage().startsWith(bad + ":2: expected an interval"), malformed::getMessage);
    }

    @Test
    void logsOfOtherPrecisionsAndRangesAreMerged() throws IOException {
        Histogram coarse = new Histogram(1_000, 3_600_000_000L, 2);
        coarse.recordValue(1_000_000);
        Histogram fine = new Histogram(Long.MAX_VALUE, 5);
        fine.recordValue(123_456_789);
        fine.recordValue(80_000_000_000_000L);
        Path file = write("x.hlog", "1,1,1," + LogText.payload(coarse) + "\n1,1,1," + LogText.payload(fine) + "\n");

        LatencyReport report = LatencyReport.read(List.of(file));
        LatencyRow row = report.rows().get(0);
        Histogram expected = new Histogram(Long.MAX_VALUE, 3);
        expected.add(coarse);
        expected.add(fine);
        assertEquals(expected, row.histogram());
        assertEquals(coarse.lowestEquivalentValue(1_000_000), row.histogram().getMinNonZeroValue());
        assertEquals(
                expected.highestEquivalentValue(80_000_000_000_000L),
                row.histogram().getMaxValue());
        assertEquals(
                List.of(file + ": logged with 2 significant digits and nothing finer than 1000 ns;"
                        + " values may be higher than shown by as much"),
                report.notes());
    }

    @Test
    void sumOfManyIntervalsIsExact() throws IOException {
        Random random = new Random(7);
        Histogram expected = LogText.histogram();
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            long[] values = random.longs(50, 0, 1L << (1 + i % 41)).toArray();
            log.append(LogText.interval(i, 1, values));
            expected.add(LogText.histogram(values));
        }
        Path file = write("x.hlog", log.toString());

        assertEquals(expected, LatencyReport.read(List.of(file)).rows().get(0).histogram());
    }

    @Test
    void percentileDistributionInMicroseconds() {
        Histogram histogram = LogText.histogram(1_000, 2_000, 3_000, 4_000);
        String hgrm = LatencyReport.of(Map.of("a", histogram)).hgrm("a");

        List<String> lines = hgrm.lines().toList();
        assertEquals("       Value     Percentile TotalCount 1/(1-Percentile)", lines.get(0));
        assertEquals("       1.000 0.000000000000          1           1.00", lines.get(2));
        assertTrue(hgrm.contains("\n       4.001 1.000000000000          4"), hgrm);
        assertTrue(hgrm.contains("#[Max     =        4.001, Total count    =            4]"), hgrm);
        assertThrows(
                IllegalArgumentException.class,
                () -> LatencyReport.of(Map.of("a", histogram)).hgrm("b"));
    }

    @Test
    void distributionFileForEachTag() throws IOException {
        Map<String, Histogram> totals = new LinkedHashMap<>();
        List.of("order.received-sent", "a/b", "a_b", "../up").forEach(tag -> totals.put(tag, LogText.histogram(5)));
        Path target = directory.resolve("new/plots");
        LatencyReport report = LatencyReport.of(totals);

        List<Path> expected = List.of(
                target.resolve("order.received-sent.hgrm"),
                target.resolve("_._up.hgrm"),
                target.resolve("a_b.hgrm"),
                target.resolve("a_b-2.hgrm"));
        assertEquals(expected, report.writeHgrm(target));
        assertEquals(expected, report.writeHgrm(target));
        assertEquals(report.hgrm("order.received-sent"), Files.readString(expected.get(0)));
    }

    @Test
    void tagIsQuotedForCsv() {
        String csv =
                LatencyReport.of(Map.of("say \"hi\"", LogText.histogram(5))).csv();
        assertTrue(csv.startsWith(CSV_TITLES + "\"say \"\"hi\"\"\",,1,"), csv);
    }

    private Path write(String name, String log) throws IOException {
        return Files.writeString(directory.resolve(name), log);
    }
}
