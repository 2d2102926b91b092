package tickcast.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** What broken and hostile clients say: made of the messages of the order channel, the same for the same seed. */
final class HostileMessages {
    private static final String[] GOOD = {
        "{\"type\":\"placeOrder\",\"id\":1,\"clientOrderId\":\"c\",\"symbol\":\"AAPL\",\"side\":\"buy\",\"price\":100,"
                + "\"quantity\":1,\"timeInForce\":\"DAY\",\"postOnly\":true,\"timestamp\":5,\"recvWindow\":60000}",
        "{\"type\":\"cancelOrder\",\"id\":\"x\",\"orderId\":7}",
        "{\"type\":\"replaceOrder\",\"clientOrderId\":\"c\",\"price\":\"100.5\",\"quantity\":\"2\"}",
        "{\"type\":\"cancelAll\",\"symbol\":\"AAPL\",\"side\":\"sell\"}",
        "{\"type\":\"orders\",\"symbol\":\"AAPL\",\"limit\":5,\"after\":0}",
    };
    private static final String[] NUMBERS = {
        "1e999999999",
        "-1e-999999999",
        "1E400",
        "-0",
        "-1",
        "0.000000001",
        "9223372036854775808",
        "18446744073709551616",
        "1e18",
        "9".repeat(64),
        "9".repeat(5_000),
        "0." + "0".repeat(60) + "1",
        "NaN",
        "Infinity",
        "0x10",
        "1.",
        "01"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "[]",
        "{}",
        "[1]",
        "\"\"",
        "\"1e5\"",
        "-5",
        "1.5",
        "\"buy \"",
        "\"\\u0000\"",
        "{\"a\":[{}]}",
        "\"NaN\""
    };
    private static final String[] TEXTS = {
        "\\ud800",
        "\\udc00\\ud800",
        "\uD83D\uDE00".repeat(40),
        "\u202E\u2066AAPL",
        "A\\u0000PL",
        "\\\"},{\\\"type\\\":\\\"orders",
        "' OR 1=1 --",
        "%s%n$1{jndi:ldap://x}",
        "a\u0301\u0301\u0301",
        "\\u00e9",
        "\\x41",
        "\t"
    };
    private static final List<byte[]> BROKEN_UTF_8 = List.of(
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
            new byte[] {(byte) 0xC0, (byte) 0xAF},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xFF});
    private static final String[] ELEMENTS = {"1", "[]", "{}", "1.5", "1e999999", "\"a\"", "{\"type\":\"orders\"}"};
    private static final int MOST_DEPTH = 20_000;
    private static final int MOST_LENGTH = 200_000;

    private final SplittableRandom random;

    HostileMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A text that is no good message, or is one by chance. */
    String next() {
        String good = GOOD[random.nextInt(GOOD.length)];
        return switch (random.nextInt(13)) {
            case 0 -> deep();
            case 1 -> "{\"" + fieldOf(good) + "\":" + one(VALUES) + "," + good.substring(1);
            case 2 -> with(good, one(NUMBERS));
            case 3 -> with(good, one(VALUES));
            case 4 -> with(good, '"' + one(TEXTS) + '"');
            case 5 -> with(good, '"' + "x".repeat(random.nextInt(MOST_LENGTH)) + '"');
            case 6 -> good.substring(0, random.nextInt(good.length()));
            case 7 -> good.substring(0, good.length() - 1) + ",\"" + one(TEXTS) + "\":1}";
            case 8 -> good.replaceFirst("\"(type|side|symbol|price|quantity)\":", "\"$1 \":");
            case 9 -> noisy(good);
            case 10 -> one(VALUES);
            case 11 -> wide(good);
            default -> good + one(GOOD);
        };
    }

    /** Bytes of a text message that is not UTF-8. */
    byte[] nextBrokenText() {
        byte[] good = one(GOOD).getBytes(StandardCharsets.UTF_8);
        byte[] broken = BROKEN_UTF_8.get(random.nextInt(BROKEN_UTF_8.size()));
        int at = random.nextInt(good.length);
        System.arraycopy(broken, 0, good, Math.min(at, good.length - broken.length), broken.length);
        return good;
    }

    private String deep() {
        int depth = 1 + random.nextInt(MOST_DEPTH);
        String nested = "[".repeat(depth) + "]".repeat(depth);
        return random.nextBoolean() ? nested : with(GOOD[0], "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    /** Much of what is little, as elements or as fields. */
    private String wide(String good) {
        int length = random.nextInt(MOST_LENGTH);
        var wide = new StringBuilder(length + 100);
        if (random.nextBoolean()) {
            String element = one(ELEMENTS) + ',';
            wide.append('[').append(element.repeat(length / element.length())).append("1]");
            return with(good, wide.toString());
        }
        wide.append(good, 0, good.length() - 1);
        for (int i = 0; wide.length() < length; i++) {
            wide.append(",\"f").append(i).append("\":1");
        }
        return wide.append('}').toString();
    }

    /** With another value in one of its fields. */
    private String with(String good, String value) {
        String field = fieldOf(good);
        int start = good.indexOf("\"" + field + "\":") + field.length() + 3;
        int end = start;
        for (boolean text = false; text || good.charAt(end) != ',' && good.charAt(end) != '}'; end++) {
            text ^= good.charAt(end) == '"';
        }
        return good.substring(0, start) + value + good.substring(end);
    }

    private String fieldOf(String good) {
        String[] parts = good.split("\":");
        String part = parts[random.nextInt(parts.length - 1)];
        return part.substring(part.lastIndexOf('"') + 1);
    }

    private String noisy(String good) {
        var noisy = new StringBuilder(good);
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            char noise = (char) random.nextInt(1, 0x2000);
            noisy.setCharAt(random.nextInt(noisy.length()), noise);
        }
        return noisy.toString();
    }

    private String one(String[] all) {
        return all[random.nextInt(all.length)];
    }
}
