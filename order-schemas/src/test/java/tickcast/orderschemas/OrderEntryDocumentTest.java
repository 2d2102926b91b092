package tickcast.orderschemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/order-entry.md has every message with the fields of the schema, and its examples are messages. */
class OrderEntryDocumentTest {
    private final String document = Files.readString(Path.of("../docs/order-entry.md"));

    OrderEntryDocumentTest() throws IOException {}

    static Stream<String> described() {
        return OrderSchema.json().get("$defs").properties().stream()
                .filter(definition -> definition.getValue().has("properties"))
                .map(definition -> definition.getKey());
    }

    @ParameterizedTest
    @MethodSource("described")
    void fieldsAreThoseOfTheSchema(String definition) {
        String text = String.join("\n", FieldTable.of(definition)) + "\n\n";
        assertTrue(document.contains(text), () -> definition + " must be described so:\n" + text);
    }

    @ParameterizedTest
    @MethodSource("described")
    void everyMessageHasItsHeading(String definition) {
        String name = definition.substring(definition.indexOf('.') + 1);
        assertTrue(document.contains("\n### " + name + "\n"), name);
    }

    @Test
    void theExamplesAreMessages() {
        var request = Pattern.compile("^> (\\{.*})$", Pattern.MULTILINE).matcher(document);
        var requests = new TreeSet<String>();
        while (request.find()) {
            assertEquals(List.of(), OrderSchema.problemsOfRequest(request.group(1)), request.group(1));
            requests.add(type(request.group(1)));
        }
        var reply = Pattern.compile("^< (\\{.*})$", Pattern.MULTILINE).matcher(document);
        var replies = new TreeSet<String>();
        while (reply.find()) {
            assertEquals(List.of(), OrderSchema.problemsOfReply(reply.group(1)), reply.group(1));
            replies.add(type(reply.group(1)));
        }
        described().forEach(definition -> {
            String type = definition.substring(definition.indexOf('.') + 1);
            assertTrue(!definition.startsWith("request.") || requests.contains(type), "no example of " + definition);
            assertTrue(!definition.startsWith("reply.") || replies.contains(type), "no example of " + definition);
        });
    }

    private static String type(String message) {
        return message.replaceFirst(".*?\"type\":\"(\\w+)\".*", "$1");
    }
}
