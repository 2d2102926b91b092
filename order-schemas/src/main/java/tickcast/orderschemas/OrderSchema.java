package tickcast.orderschemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds messages of the order channel against the published schema, {@code docs/order-entry.schema.json}. Replies are held
 * against it more strictly than clients should: every field must be named there. Safe from any thread.
 */
public final class OrderSchema {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonNode ROOT = root();
    private static final Map<String, JsonSchema> REQUESTS = schemas("request.");
    private static final Map<String, JsonSchema> REPLIES = schemas("reply.");

    private OrderSchema() {}

    /** The whole schema. */
    public static JsonNode json() {
        return ROOT.deepCopy();
    }

    /**
     * What the schema says against a message that the gateway took.
     *
     * @return one line for each finding; none for a message that is about something other than orders
     */
    public static List<String> problemsOfRequest(String message) {
        var json = parse(message);
        if (json instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        return problems(REQUESTS, json);
    }

    /** What the schema says against a message of the gateway; none for one that is about something other than orders. */
    public static List<String> problemsOfReply(String message) {
        return problems(REPLIES, parse(message));
    }

    /** Fails when a message that the gateway took is not as the schema says. */
    public static void assertRequest(String message) {
        requireNone(problemsOfRequest(message), message);
    }

    /** Fails when a message of the gateway is not as the schema says. */
    public static void assertReply(String message) {
        requireNone(problemsOfReply(message), message);
    }

    private static void requireNone(List<String> problems, String message) {
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    "docs/order-entry.schema.json does not allow " + message + ": " + String.join("; ", problems));
        }
    }

    private static List<String> problems(Map<String, JsonSchema> schemas, JsonNode message) {
        var schema = schemas.get(message.path("type").asText());
        if (schema == null) {
            return List.of();
        }
        return schema.validate(message).stream().map(Object::toString).sorted().toList();
    }

    private static Map<String, JsonSchema> schemas(String prefix) {
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        var config = SchemaValidatorsConfig.builder().build();
        var strict = ROOT.deepCopy();
        closeObjects(strict);
        var schemas = new TreeMap<String, JsonSchema>();
        for (var names = ROOT.get("$defs").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith(prefix)) {
                var schema = MAPPER.createObjectNode().put("$ref", "#/$defs/" + name);
                schema.set("$defs", strict.get("$defs"));
                schemas.put(name.substring(prefix.length()), factory.getSchema(schema, config));
            }
        }
        return schemas;
    }

    /** Objects take no fields but those that are named. */
    private static void closeObjects(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && "object".equals(object.path("type").asText())) {
            object.put("additionalProperties", false);
        }
        schema.forEach(OrderSchema::closeObjects);
    }

    private static JsonNode parse(String message) {
        try {
            return MAPPER.readTree(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + message, e);
        }
    }

    private static JsonNode root() {
        try (var in = OrderSchema.class.getResourceAsStream("/order-entry.schema.json")) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
