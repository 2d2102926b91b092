package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.json.ServerMessage;

/** What README.md and docs/ tell a user to type is understood, and what they show is what the program says. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("^(?: {4})?(?:bin/)?tickcast ((?!COMMAND).+)$");
    private static final Pattern LINK = Pattern.compile("]\\((?!http|#)([^)#]+)");

    static List<String> commands() throws IOException {
        var commands = new ArrayList<String>();
        for (var document : documents().toList()) {
            for (String line : Files.readAllLines(document)) {
                var command = COMMAND.matcher(line);
                if (command.matches()) {
                    commands.add(command.group(1).replaceFirst(" *#.*", ""));
                }
            }
        }
        assertTrue(commands.size() > 12, commands.toString());
        return commands;
    }

    static Stream<Path> documents() throws IOException {
        return Stream.of(
                        "README.md",
                        "docs/operations.md",
                        "docs/architecture.md",
                        "docs/protocol.md",
                        "docs/replay.md",
                        "docs/performance.md")
                .map(ROOT::resolve);
    }

    @ParameterizedTest
    @MethodSource
    void commands(String command) {
        var words = command.replace("'", "").replace("*.hlog", "demo.hlog").split(" +");
        var commandLine = new CommandLine(new Tickcast(Map.of(), new StopSignal(), InputStream.nullInputStream()))
                .registerConverter(Duration.class, new DurationConverter())
                .setResourceBundle(new ReferenceDefaults())
                .setCaseInsensitiveEnumValuesAllowed(true);
        assertDoesNotThrow(() -> commandLine.parseArgs(words), command);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        var link = LINK.matcher(Files.readString(document));
        while (link.find()) {
            assertTrue(Files.exists(document.resolveSibling(link.group(1))), document + ": " + link.group(1));
        }
    }

    @Test
    void messagesInTheTranscriptsAreTheProtocols() throws Exception {
        int sent = 0;
        int received = 0;
        for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
            if (line.startsWith("> {")) {
                assertParses(line.substring(2));
                sent++;
            } else if (line.startsWith("< {") && !line.contains("…")) {
                assertEquals(
                        line.substring(2),
                        ServerMessage.parse(line.substring(2)).toJson());
                received++;
            }
        }
        assertEquals(3, sent);
        assertEquals(4, received);
    }

    private static void assertParses(String message) throws Refusal {
        ClientMessageParser.parse(message);
    }
}
