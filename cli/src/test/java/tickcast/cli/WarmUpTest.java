package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;

@Timeout(120)
class WarmUpTest {
    private static final Pattern DONE =
            Pattern.compile("warm after [0-9.]+ s: [1-9][0-9,]* messages delivered, [1-9][0-9,]* orders");

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"demo", "exchange", "gateway"})
    void tradesBeforeItBeginsAndLeavesNothing(String server) throws IOException {
        try (var warm = server(server, "300ms")) {
            var lines = warm.out().lines().toList();
            assertEquals("warming up for 0.3 s ...", lines.get(0));
            assertTrue(DONE.matcher(lines.get(1)).matches(), lines.get(1));
            assertTrue(lines.get(2).startsWith(server + " ready: "), lines.get(2));
            assertEquals(ExitStatus.OK, warm.stop(), warm.err());
        }
        assertEquals(List.of(), leftovers());
    }

    @Test
    void whatIsMeasuredIsTheServersOwn() {
        try (var demo = server("demo", "300ms")) {
            var status = CommandRun.of("positions", "--url", demo.url());
            assertEquals(ExitStatus.OK, status.status(), status.err());
            assertEquals(ExitStatus.OK, demo.stop(), demo.err());
            assertFalse(demo.out().contains("order.received-sent"), demo.out());
        }
    }

    @Test
    void isLeftOutUnlessAskedFor() {
        try (var cold = server("exchange", "0s")) {
            assertTrue(cold.out().startsWith("exchange ready: "), cold.out());
        }
    }

    @Test
    void whatAKilledOneLeftIsNoObstacle() throws IOException {
        Files.writeString(
                Files.createDirectories(data.resolve("warmup-exchange")).resolve("feed"), "in the way");
        var lines = run("300ms", data, new StopSignal());
        assertTrue(DONE.matcher(lines.get(1)).matches(), lines.get(1));
        assertEquals(List.of(), leftovers());
    }

    @Test
    void failureIsNoReasonNotToBegin() throws IOException {
        Path noDirectory = Files.writeString(data.resolve("file"), "");
        assertEquals(1, run("10m", noDirectory, new StopSignal()).size());
    }

    @Test
    void anotherServersIsLeftAlone() {
        Path directory = data.resolve("warmup-exchange");
        try (var other = JournalWriter.open(JournalSettings.of(directory.resolve("feed")))) {
            var refused = assertThrows(CommandFailedException.class, () -> run("300ms", data, new StopSignal()));
            assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
            assertEquals(0, other.lastSeq());
        }
        assertTrue(Files.exists(directory));
    }

    /** Neither does the server begin then, nor is anything left. */
    @Test
    void stopEndsIt() throws IOException {
        var stop = new StopSignal();
        stop.request();
        assertEquals("warming up for 600.0 s ...", run("10m", data, stop).get(0));
        assertEquals(List.of(), leftovers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "11m", "5", "soon"})
    void wrongLengthsAreNamed(String length) {
        var run = CommandRun.of("gateway", "--warmup", length, "--data", data.toString());
        assertEquals(ExitStatus.USAGE, run.status());
        assertTrue(run.err().contains("warmup"), run.err());
        assertTrue(run.err().contains(length), run.err());
    }

    private static List<String> run(String length, Path data, StopSignal stop) {
        var lines = new ArrayList<String>();
        var configuration = ConfigurationLoader.load(null, Map.of(), Map.of("data", data.toString(), "warmup", length));
        assertEquals(!stop.isRequested(), WarmUp.run(configuration, "exchange", stop, lines::add));
        return lines;
    }

    private RunningServer server(String command, String warmup) {
        var arguments = Stream.of(command, "--warmup", warmup, "--data", data.toString());
        var port = command.equals("exchange") ? Stream.<String>of() : Stream.of("--port", "0");
        return RunningServer.start(Stream.concat(arguments, port).toArray(String[]::new));
    }

    private List<Path> leftovers() throws IOException {
        try (var all = Files.list(data)) {
            return all.filter(path -> path.getFileName().toString().startsWith("warmup"))
                    .toList();
        }
    }
}
