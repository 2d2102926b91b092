package tickcast.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tickcast.orderschemas.OrderSchema;

/** docs/order-entry.schema.json has every message of the order channel, with the fields that the program knows. */
class SchemaFieldsTest {
    private static final JsonNode DEFINITIONS = OrderSchema.json().get("$defs");

    static Stream<JsonSubTypes.Type> replies() {
        return Arrays.stream(
                        ServerMessage.class.getAnnotation(JsonSubTypes.class).value())
                .filter(type -> ServerMessage.OrderReply.class.isAssignableFrom(type.value())
                        || type.value() == ServerMessage.ExecutionReport.class
                        || type.value() == ServerMessage.Authenticated.class);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void everyReplyWithItsFields(JsonSubTypes.Type type) {
        var fields = Arrays.stream(type.value().getRecordComponents())
                .map(component -> component.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        fields.add("type");
        assertEquals(fields, properties("reply." + type.name()));
    }

    @Test
    void noOtherReplies() {
        var replies = names("reply.");
        assertTrue(replies.remove("error"), "it answers what is no message about orders, too");
        assertEquals(replies().map(JsonSubTypes.Type::name).collect(Collectors.toCollection(TreeSet::new)), replies);
    }

    @Test
    void everyRequest() {
        var requests = names("request.");
        assertTrue(requests.remove("auth"));
        assertEquals(new TreeSet<>(ClientMessageParser.ORDER_MESSAGES), requests);
    }

    /** The refusal of an unknown field names those that there are. */
    @Test
    void everyFieldOfARequest() {
        for (String type : names("request.")) {
            var fields = properties("request." + type);
            fields.removeAll(Set.of("type", "id"));
            String refusal = assertThrows(
                            Refusal.class, () -> ClientMessageParser.parse("{\"type\":\"" + type + "\",\"no\":1}"))
                    .getMessage();
            String known = refusal.substring(refusal.indexOf(" takes ") + " takes ".length());
            assertEquals(
                    fields.isEmpty() ? Set.of("none") : fields, new TreeSet<>(Arrays.asList(known.split(", "))), type);
        }
    }

    private static Set<String> names(String prefix) {
        return DEFINITIONS.properties().stream()
                .map(definition -> definition.getKey())
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> properties(String name) {
        return DEFINITIONS.path(name).path("properties").properties().stream()
                .map(property -> property.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
