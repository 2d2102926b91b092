package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/replay.md says of formats holds. */
class ReplayDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/replay.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void formatsAreNamed() throws IOException {
        String names = String.join(
                ", ",
                RecordingFormats.all().stream()
                        .map(format -> "`" + format.name() + "`")
                        .toList());
        int last = names.lastIndexOf(", ");
        String sentence = names.substring(0, last) + " or " + names.substring(last + 2);
        assertTrue(Files.readString(DOCUMENT).contains("| `--format NAME` | " + sentence + ";"), sentence);
    }

    @Test
    void theExampleIsAFormat() throws Exception {
        RecordingFormat format = compiledExample();
        Path file = directory.resolve("a.trades.csv");
        Files.writeString(
                file, "2024-05-06T13:30:00.25Z,AAPL,183.25,100\n2024-05-06T13:30:01Z,MSFT,410,5\nnot,a,trade\n");
        RecordedFile recorded = new RecordedFile(file);
        assertEquals("tradecsv", format.name());
        assertTrue(format.recognizes(recorded));

        EventList events = new EventList();
        try (Recording recording = format.open(List.of(recorded), new RecordingOptions(Set.of("AAPL"), null))
                .get(0)) {
            assertEquals(1_715_002_200_250_000_000L, recording.nextNanos());
            recording.next(events);
            assertEquals(1, recording.counts().get("trade"));
            String message =
                    assertThrows(RecordingException.class, recording::nextNanos).getMessage();
            assertTrue(message.endsWith("line 3: 3 fields, not time,symbol,price,size"), message);
        }
        assertEquals(2, events.take().size());
    }

    private RecordingFormat compiledExample() throws Exception {
        var source = JAVA.matcher(Files.readString(DOCUMENT));
        assertTrue(source.find());
        Path file = directory.resolve("TradeCsvFormat.java");
        Files.writeString(file, source.group(1));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        file.toString());
        assertEquals(0, status);
        try (var loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> example = loader.loadClass("tickcast.simulator.recording.TradeCsvFormat");
            for (Class<?> nested : example.getDeclaredClasses()) {
                Class.forName(nested.getName(), true, loader);
            }
            var constructor = example.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (RecordingFormat) constructor.newInstance();
        }
    }
}
