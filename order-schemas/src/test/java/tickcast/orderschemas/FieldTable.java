package tickcast.orderschemas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The fields of a message or of a part of one, as the document tells them. */
final class FieldTable {
    private static final JsonNode DEFINITIONS = OrderSchema.json().get("$defs");

    private FieldTable() {}

    /** The lines of the table. */
    static List<String> of(String definition) {
        var schema = DEFINITIONS.get(definition);
        var required = texts(schema.path("required"));
        var lines = new ArrayList<String>();
        lines.add("| field | | value | meaning |");
        lines.add("|---|---|---|---|");
        schema.get("properties").properties().forEach(property -> {
            String name = property.getKey();
            if (!name.equals("type")) {
                var field = property.getValue();
                lines.add("| `" + name + "` | " + (required.contains(name) ? "always" : "") + " | " + value(field)
                        + " | " + meaning(field) + " |");
            }
        });
        return lines;
    }

    private static String meaning(JsonNode field) {
        return field.has("description") ? field.get("description").asText() : meaning(target(field));
    }

    private static String value(JsonNode field) {
        if (field.has("$ref")) {
            String name = targetName(field);
            return target(field).has("properties")
                    ? "[" + name.replace("reply.", "") + "](#"
                            + name.replace("reply.", "").toLowerCase() + ")"
                    : value(target(field));
        }
        if (field.has("enum")) {
            return texts(field.get("enum")).stream()
                    .map(text -> "`" + text + "`")
                    .collect(Collectors.joining(", "));
        }
        if (field.has("oneOf") && !field.has("type")) {
            return StreamSupport.stream(field.get("oneOf").spliterator(), false)
                    .map(FieldTable::value)
                    .distinct()
                    .collect(Collectors.joining(" or "));
        }
        if (field.path("type").isArray()) {
            return "text or whole number";
        }
        return switch (field.path("type").asText()) {
            case "array" -> "list of " + value(field.get("items"));
            case "boolean" -> "`true`, `false`";
            case "integer" -> "whole number";
            case "number" -> "number";
            default -> "text";
        };
    }

    private static String targetName(JsonNode field) {
        return field.get("$ref").asText().substring("#/$defs/".length());
    }

    private static JsonNode target(JsonNode field) {
        return DEFINITIONS.get(targetName(field));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
