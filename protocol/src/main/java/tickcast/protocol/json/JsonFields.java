package tickcast.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tickcast.protocol.Decimal8;

/** The fields of one client message, taken one by one; what is wrong is named with its value and what would be right. */
final class JsonFields {
    private static final int SHOWN_CHARACTERS = 40;
    private static final int MAX_ID_LENGTH = 64;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}|[1-8][0-9]{18}");

    private final ObjectNode message;
    private final JsonNode id;
    /** Stands before the names of fields within a field. */
    private final String path;

    /** Checks that there are no fields but {@code type}, {@code id} and {@code allowed}. */
    JsonFields(ObjectNode message, Set<String> allowed) throws Refusal {
        this.message = message;
        this.id = idOf(message);
        this.path = "";
        for (var names = message.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("type") && !name.equals("id") && !allowed.contains(name)) {
                throw unknown(name, message.get("type").textValue(), allowed);
            }
        }
    }

    private JsonFields(ObjectNode message, JsonNode id, String path) {
        this.message = message;
        this.id = id;
        this.path = path;
    }

    /** The fields of a field that is an object; checks that there are none but {@code allowed}. */
    JsonFields nested(String field, String... allowed) throws Refusal {
        if (!(required(field) instanceof ObjectNode object)) {
            throw invalid(field, "an object of " + String.join(", ", allowed));
        }
        var nested = new JsonFields(object, id, path + field + ".");
        var known = List.of(allowed);
        for (var names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw nested.unknown(name, field, known);
            }
        }
        return nested;
    }

    private Refusal unknown(String name, String where, Collection<String> allowed) {
        return new Refusal(
                ErrorCode.UNKNOWN_FIELD,
                path + shorten(name),
                id,
                "Unknown field " + path + shorten(name) + "; " + where + " takes "
                        + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
    }

    /** The id of a message, null when it has none. */
    static JsonNode idOf(ObjectNode message) throws Refusal {
        var id = message.get("id");
        if (id == null || id.isNull()) {
            return null;
        }
        if (id.isTextual() && id.textValue().length() <= MAX_ID_LENGTH
                || id.isIntegralNumber() && id.canConvertToLong()) {
            return id;
        }
        throw new Refusal(
                ErrorCode.INVALID_FIELD,
                "id",
                null,
                "Field id is " + shown(id) + ", must be a text of at most " + MAX_ID_LENGTH
                        + " characters or a whole number");
    }

    JsonNode id() {
        return id;
    }

    boolean has(String field) {
        return message.hasNonNull(field);
    }

    JsonNode raw(String field) {
        return has(field) ? message.get(field) : null;
    }

    String text(String field, int maxLength) throws Refusal {
        var node = required(field);
        if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > maxLength) {
            throw invalid(field, "a text of 1 to " + maxLength + " characters");
        }
        return node.textValue();
    }

    /** A text of printable ASCII, as the feed can carry; empty when the field is not there. */
    String optionalAscii(String field, int maxLength) throws Refusal {
        if (!has(field)) {
            return "";
        }
        String text = text(field, maxLength);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7F) {
                throw invalid(field, "printable ASCII");
            }
        }
        return text;
    }

    List<String> texts(String field, int maxCount) throws Refusal {
        var node = required(field);
        if (!node.isArray() || node.isEmpty() || node.size() > maxCount) {
            throw invalid(field, "a list of 1 to " + maxCount + " texts");
        }
        var texts = new ArrayList<String>(node.size());
        for (var element : node) {
            if (!element.isTextual()) {
                throw invalid(field, "a list of texts");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    boolean flag(String field) throws Refusal {
        if (!has(field)) {
            return false;
        }
        if (!message.get(field).isBoolean()) {
            throw invalid(field, "true or false");
        }
        return message.get(field).booleanValue();
    }

    long wholeNumber(String field, long min, long max) throws Refusal {
        var node = required(field);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw invalid(field, "a whole number from " + min + " to " + max);
        }
        return node.longValue();
    }

    long wholeNumber(String field, long min, long max, long byDefault) throws Refusal {
        return has(field) ? wholeNumber(field, min, max) : byDefault;
    }

    /** A JSON number, or its digits as a text: for numbers beyond the 53 bits that some clients can write. */
    long wholeNumberOrText(String field, long min, long max, String unit) throws Refusal {
        var node = required(field);
        boolean isDigits = node.isTextual() && DIGITS.matcher(node.textValue()).matches();
        if (isDigits || node.isIntegralNumber() && node.canConvertToLong()) {
            long number = isDigits ? Long.parseLong(node.textValue()) : node.longValue();
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw invalid(field, "a whole number from " + min + " to " + max + " (in " + unit + ")");
    }

    double number(String field, double min, double max) throws Refusal {
        var node = required(field);
        if (!node.isNumber() || !(node.doubleValue() >= min && node.doubleValue() <= max)) {
            throw invalid(field, "a number from " + plain(min) + " to " + plain(max));
        }
        return node.doubleValue();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** A decimal above 0 and at most {@code max}, a JSON number or a text, as a mantissa; exact or refused. */
    long mantissa(String field, long max) throws Refusal {
        var node = required(field);
        long mantissa = 0;
        try {
            if (node.isNumber()) {
                mantissa = Decimal8.ofDecimal(node.decimalValue());
            } else if (node.isTextual() && node.textValue().length() <= SHOWN_CHARACTERS) {
                mantissa = Decimal8.parse(node.textValue());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            mantissa = 0;
        }
        if (mantissa <= 0 || mantissa > max) {
            throw invalid(field, "a decimal above 0 and at most " + Decimal8.format(max) + " with at most 8 decimals");
        }
        return mantissa;
    }

    /** One of {@code values} by its camel-case name, {@code byDefault} (if not null) when the field is not there. */
    <E extends Enum<E>> E choice(String field, Set<E> values, E byDefault) throws Refusal {
        if (byDefault != null && !has(field)) {
            return byDefault;
        }
        return named(field, required(field), values);
    }

    /** Some of {@code values} by their names, all of them when the field is not there. */
    <E extends Enum<E>> Set<E> choices(String field, EnumSet<E> values) throws Refusal {
        if (!has(field)) {
            return values;
        }
        var node = message.get(field);
        var chosen = EnumSet.copyOf(values);
        chosen.clear();
        if (node.isArray()) {
            for (var element : node) {
                chosen.add(named(field, element, values));
            }
        }
        if (chosen.isEmpty()) {
            throw invalid(field, "a list of " + names(values));
        }
        return chosen;
    }

    Refusal invalid(String field, String expected) {
        return new Refusal(
                ErrorCode.INVALID_FIELD,
                path + field,
                id,
                "Field " + path + field + " is " + shown(message.get(field)) + ", must be " + expected);
    }

    Refusal missing(String field, String why) {
        return new Refusal(ErrorCode.MISSING_FIELD, path + field, id, "Field " + path + field + " is missing" + why);
    }

    private <E extends Enum<E>> E named(String field, JsonNode node, Set<E> values) throws Refusal {
        for (E value : values) {
            if (node.isTextual() && node.textValue().equals(JsonNames.of(value))) {
                return value;
            }
        }
        throw invalid(field, names(values));
    }

    private JsonNode required(String field) throws Refusal {
        if (!has(field)) {
            throw missing(field, "");
        }
        return message.get(field);
    }

    private static String names(Set<? extends Enum<?>> values) {
        return values.stream().map(JsonNames::of).collect(Collectors.joining(" or "));
    }

    static String shown(JsonNode node) {
        boolean longText = node != null && node.isTextual() && node.textValue().length() > SHOWN_CHARACTERS;
        return longText
                ? shorten('"' + node.textValue().substring(0, SHOWN_CHARACTERS))
                : shorten(String.valueOf(node));
    }

    static String shorten(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
