package tickcast.simulator.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import tickcast.protocol.Decimal8;

/**
 * A field of a record as it was found. The same name means different things in different kinds of records, so what it must
 * be is asked when the kind is known.
 */
final class BinanceField {
    private enum Found {
        NOTHING,
        INTEGER,
        DECIMAL,
        TRUTH,
        LEVELS,
        ELSE
    }

    private static final long LATEST_MILLIS = Long.MAX_VALUE / 1_000_000;
    private static final long LATEST_MICROS = Long.MAX_VALUE / 1_000;
    private static final int EXCERPT_LENGTH = 40;
    private static final long NO_DECIMAL = -1;

    private final String name;
    private final LevelList levels = new LevelList();
    private Found found = Found.NOTHING;
    private long value;
    private String text;

    BinanceField(String name) {
        this.name = name;
    }

    void forget() {
        found = Found.NOTHING;
    }

    boolean isPresent() {
        return found != Found.NOTHING;
    }

    /** Takes the value that the parser is at. */
    void read(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> readInteger(parser);
            case VALUE_STRING -> {
                value = decimal(parser);
                set(Found.DECIMAL, value == NO_DECIMAL ? excerpt(parser) : null);
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                value = parser.getBooleanValue() ? 1 : 0;
                set(Found.TRUTH, null);
            }
            case START_ARRAY -> set(Found.LEVELS, readLevels(parser));
            default -> {
                set(Found.ELSE, excerpt(parser));
                parser.skipChildren();
            }
        }
    }

    /** An integer from 0. */
    long integer(BinanceLines line) {
        if (found == Found.INTEGER && value >= 0) {
            return value;
        }
        throw wrong(line, "an integer from 0");
    }

    /** A time, in nanoseconds since the epoch; the venue tells milliseconds, or microseconds when it was asked to. */
    long time(BinanceLines line) {
        if (found == Found.INTEGER && value >= 0 && value <= LATEST_MICROS) {
            return value <= LATEST_MILLIS ? value * 1_000_000 : value * 1_000;
        }
        throw wrong(line, "a time in milliseconds since 1970");
    }

    /** A decimal from 0, as a mantissa. */
    long decimal(BinanceLines line) {
        if (found == Found.DECIMAL) {
            return value;
        }
        throw wrong(line, decimalExpected("from 0"));
    }

    /** A decimal above 0, as a mantissa. */
    long positive(BinanceLines line) {
        if (found == Found.DECIMAL && value > 0) {
            return value;
        }
        throw wrong(line, decimalExpected("above 0"));
    }

    boolean truth(BinanceLines line) {
        if (found == Found.TRUTH) {
            return value == 1;
        }
        throw wrong(line, "true or false");
    }

    /** Prices and quantities; the list is good until the next record. */
    LevelList levels(BinanceLines line) {
        if (found == Found.LEVELS) {
            return levels;
        }
        if (found == Found.ELSE) {
            throw wrong(
                    line,
                    "a list of [\"price\", \"quantity\"], both decimals with at most 8 digits behind the point,"
                            + " the price above 0, neither above " + Decimal8.format(Long.MAX_VALUE));
        }
        throw wrong(line, "a list of [\"price\", \"quantity\"]");
    }

    private RecordingException wrong(BinanceLines line, String expected) {
        if (found == Found.NOTHING) {
            return line.fault("has no field \"" + name + "\"; expected " + expected);
        }
        return line.fault("field \"" + name + "\" is " + shown() + "; expected " + expected);
    }

    private String shown() {
        return switch (found) {
            case INTEGER -> Long.toString(value);
            case DECIMAL -> '"' + Decimal8.format(value) + '"';
            case TRUTH -> Boolean.toString(value == 1);
            case LEVELS -> "a list";
            case NOTHING, ELSE -> text;
        };
    }

    private static String decimalExpected(String range) {
        return "a decimal in quotes, %s and not above %s, with at most 8 digits behind the point"
                .formatted(range, Decimal8.format(Long.MAX_VALUE));
    }

    private void set(Found type, String fault) {
        found = fault == null ? type : Found.ELSE;
        text = fault;
    }

    private void readInteger(JsonParser parser) throws IOException {
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        value = fits ? parser.getLongValue() : 0;
        set(Found.INTEGER, fits ? null : excerpt(parser));
    }

    /** What is wrong with the list, null when nothing is. The parser is at its end then, right or wrong. */
    private String readLevels(JsonParser parser) throws IOException {
        levels.clear();
        String fault = null;
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            index++;
            String faultHere = readLevel(parser);
            if (fault == null && faultHere != null) {
                fault = "a list whose entry " + index + " " + faultHere;
            }
        }
        return fault;
    }

    /** Older recordings have an empty list behind price and quantity; whatever follows them is passed over. */
    private String readLevel(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            String other = excerpt(parser);
            parser.skipChildren();
            return "is " + other;
        }
        long price = NO_DECIMAL;
        long quantity = NO_DECIMAL;
        String fault = null;
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index < 2) {
                long number = parser.currentToken() == JsonToken.VALUE_STRING ? decimal(parser) : NO_DECIMAL;
                price = index == 0 ? number : price;
                quantity = index == 1 ? number : quantity;
                if (fault == null && (number == NO_DECIMAL || price == 0)) {
                    fault = "has the " + (index == 0 ? "price " : "quantity ") + excerpt(parser);
                }
            }
            parser.skipChildren();
        }
        if (fault == null && quantity == NO_DECIMAL) {
            return "has no price and quantity";
        }
        if (fault == null) {
            levels.add(price, quantity);
        }
        return fault;
    }

    private static String excerpt(JsonParser parser) throws IOException {
        String token = parser.getText();
        String shown = token.length() > EXCERPT_LENGTH ? token.substring(0, EXCERPT_LENGTH) + "…" : token;
        return '"' + shown.replaceAll("\\P{Print}", "?") + '"';
    }

    /** The mantissa of the text the parser is at; −1 when it is no plain decimal from 0 that a mantissa is equal to. */
    private static long decimal(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int to = from + parser.getTextLength();
        long mantissa = 0;
        int decimals = -1;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (text[i] == '.' && decimals < 0 && i > from && i < to - 1) {
                decimals = 0;
            } else if (digit < 0 || digit > 9) {
                return NO_DECIMAL;
            } else if (decimals == Decimal8.SCALE) {
                if (digit != 0) {
                    return NO_DECIMAL;
                }
            } else {
                if (mantissa > (Long.MAX_VALUE - digit) / 10) {
                    return NO_DECIMAL;
                }
                mantissa = mantissa * 10 + digit;
                decimals += decimals >= 0 ? 1 : 0;
            }
        }
        for (int i = Math.max(decimals, 0); i < Decimal8.SCALE; i++) {
            if (mantissa > Long.MAX_VALUE / 10) {
                return NO_DECIMAL;
            }
            mantissa *= 10;
        }
        return from == to ? NO_DECIMAL : mantissa;
    }
}
