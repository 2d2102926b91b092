package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.regex.Pattern;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.json.CloseCode;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.ExecutionsOutcome;
import tickcast.protocol.json.FeedJsonReader;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.SlowWarning;

/** docs/protocol.md says what the program does: every code, message and field of the schema stands there. */
final class ProtocolDocumentTest {
    /** Messages between exchange and gateway; their fields stand in the schema only. */
    private static final int FIRST_PRIVATE_TEMPLATE = 20;

    private final String document = Files.readString(Path.of("../docs/protocol.md"));

    ProtocolDocumentTest() throws IOException {}

    @Test
    void everyErrorCode() {
        for (var code : ErrorCode.values()) {
            assertContains("| `" + code + "` | " + code.description() + " |");
        }
    }

    /** All but those of market data stand in the reference of the order channel, too. */
    @Test
    void everyErrorCodeOfOrders() throws IOException {
        String reference = Files.readString(Path.of("../docs/order-entry.md"));
        for (var code : EnumSet.complementOf(
                EnumSet.of(ErrorCode.NOT_SUBSCRIBED, ErrorCode.TOO_MANY_REPLAYS, ErrorCode.TOO_MANY_SYMBOLS))) {
            assertTrue(reference.contains("\n| `" + code + "` | "), "docs/order-entry.md without: " + code);
        }
    }

    @Test
    void everyOutcomeOfAResumeOrReplay() {
        for (var outcome : PastOutcome.values()) {
            assertContains("`" + outcome + "`");
            assertContains(outcome.description());
        }
    }

    @Test
    void everyOutcomeOfResumingExecutions() {
        for (var outcome : ExecutionsOutcome.values()) {
            assertContains("| `" + outcome + "` | " + outcome.description() + " |");
        }
    }

    /** Other modules send warnings; their source tells which. */
    @Test
    void everyWarning() throws IOException {
        var warning = Pattern.compile("new ServerMessage\\.Warning\\(\\s*\"(\\w+)\"");
        int found = 0;
        for (String module : new String[] {"order-entry", "gateway"}) {
            try (var files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    for (var code :
                            warning.matcher(Files.readString(file)).results().toList()) {
                        assertContains("| `" + code.group(1) + "` | ");
                        found++;
                    }
                }
            }
        }
        assertTrue(found > 0, "no warning found");
    }

    @Test
    void everyWarningAboutSlowClients() {
        for (var code : SlowWarning.values()) {
            assertContains("| `" + code + "` | " + code.description() + " |");
        }
    }

    @Test
    void everyCloseCode() {
        for (var code : CloseCode.values()) {
            assertContains("| " + code.code() + " | `" + code + "` | " + code.description() + " |");
        }
    }

    @Test
    void everyMessageToTheClientWithItsFields() {
        for (var type : ServerMessage.class.getAnnotation(JsonSubTypes.class).value()) {
            String row = document.lines()
                    .filter(line -> line.startsWith("| `" + type.name() + "` |"))
                    .reduce("", String::concat);
            for (var field : type.value().getRecordComponents()) {
                assertTrue(row.contains("`" + field.getName() + "`"), type.name() + " without " + field.getName());
            }
        }
    }

    @Test
    void everyMessageFromTheClient() {
        for (String type : new String[] {
            "subscribe",
            "unsubscribe",
            "symbols",
            "ping",
            "placeOrder",
            "cancelOrder",
            "replaceOrder",
            "cancelAll",
            "cancelOnDisconnect",
            "cancelAllAfter",
            "auth",
            "orders",
            "order",
            "resumeExecutions",
            "dropCopy",
            "positions",
            "account"
        }) {
            assertContains("| `" + type + "` | ");
        }
    }

    @Test
    void everySubprotocol() {
        Arrays.stream(Subprotocol.values()).forEach(form -> assertContains("`" + form.token() + "`"));
    }

    @Test
    void everyFieldOfTheFeedAtItsOffset() throws IOException {
        String schema = Files.readString(Path.of("src/main/resources/tickcast-sbe.xml"));
        var templates = Pattern.compile("<sbe:message name=\"(\\w+)\" id=\"(\\d+)\".*?</sbe:message>", Pattern.DOTALL)
                .matcher(schema);
        int checked = 0;
        while (templates.find()) {
            assertContains(templates.group(1));
            assertContains("(template " + templates.group(2) + ")");
            if (Integer.parseInt(templates.group(2)) >= FIRST_PRIVATE_TEMPLATE) {
                continue;
            }
            var fields =
                    Pattern.compile("<(?:field|data|group) name=\"(\\w+)\"").matcher(templates.group());
            while (fields.find()) {
                assertTrue(
                        Pattern.compile("\\| (· )?" + fields.group(1) + " \\|")
                                .matcher(document)
                                .find(),
                        templates.group(1) + " without " + fields.group(1));
                checked++;
            }
        }
        assertTrue(checked > 40, "checked only " + checked);
    }

    @Test
    void checksumsOfTheVectors() throws IOException {
        for (var vector : new ObjectMapper()
                .readTree(Path.of("../docs/vectors.json").toFile())
                .get("checksums")) {
            if (vector.get("bids").size() <= 5) {
                assertContains("| " + vector.get("crc32c") + " |");
            }
        }
    }

    @Test
    void theExamplesAreMessages() {
        var example = Pattern.compile("^\\{\"type\":.*}$", Pattern.MULTILINE).matcher(document);
        int read = 0;
        while (example.find()) {
            new FeedJsonReader().read(example.group(), new ExpandableArrayBuffer());
            read++;
        }
        assertEquals(2, read);
    }

    private void assertContains(String text) {
        assertTrue(document.contains(text), "docs/protocol.md without: " + text);
    }
}
