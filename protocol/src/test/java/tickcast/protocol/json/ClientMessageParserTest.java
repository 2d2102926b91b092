package tickcast.protocol.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.orderschemas.OrderSchema;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

final class ClientMessageParserTest {
    private static final String ORDER =
            "{\"type\":\"placeOrder\",\"symbol\":\"BTC/USD\",\"side\":\"buy\",\"price\":64250.5,\"quantity\":0.25,"
                    + "\"timestamp\":1767225600123}";

    @Test
    void aRefusedMessageTellsWhetherItIsAboutOrders() {
        assertEquals(
                "a1",
                refusal("{\"type\":\"placeOrder\",\"clientOrderId\":\"a1\",\"price\":\"x\"}")
                        .clientOrderId());
        assertEquals("", refusal("{\"type\":\"cancelAll\",\"extra\":1}").clientOrderId());
        assertNull(refusal("{\"type\":\"subscribe\"}").clientOrderId());
        assertNull(refusal("{").clientOrderId());
        String tooLong = "{\"type\":\"cancelOrder\",\"clientOrderId\":\"" + "x".repeat(1_001) + "\"}";
        assertEquals("", refusal(tooLong).clientOrderId());
    }

    @Test
    void moreValuesThanAMessageCanHaveAreNotRead() {
        var refusal = refusal(ORDER.replace("64250.5", "[" + "1,".repeat(20_000) + "1]"));
        assertEquals(ErrorCode.MALFORMED_JSON, refusal.code());
        assertEquals(
                "Not one JSON object: Token count (11001) exceeds the maximum allowed (11000)",
                refusal.getMessage().replaceFirst(" \\(column .*", ""));
        assertDoesNotThrow(() -> ClientMessageParser.parse(
                "{\"type\":\"subscribe\",\"symbols\":[" + "\"A\",".repeat(9_999) + "\"A\"]}"));
    }

    /** Each of so many names has the same hash in the library's table of names, whatever that begins with. */
    @Test
    void namesThatLookAlikeAreRefusedLikeOthers() {
        for (int times = 0; times < 3; times++) {
            var fields = new StringBuilder(ORDER.substring(0, ORDER.length() - 1));
            for (int i = 0; i < 1_024; i++) {
                fields.append(",\"");
                for (int bit = 0; bit < 10; bit++) {
                    fields.append((i >> bit & 1) == 0 ? "ab" : "bA");
                }
                fields.append("\":").append(times);
            }
            assertEquals(ErrorCode.UNKNOWN_FIELD, refusal(fields + "}").code());
        }
        assertDoesNotThrow(() -> ClientMessageParser.parse(ORDER));
    }

    @Test
    void firstFormsAreEnough() throws Refusal {
        assertEquals(
                new ClientMessage.Subscribe(
                        null,
                        List.of("BTC/USD", "AAPL"),
                        Set.of(Channel.values()),
                        ClientMessage.Subscribe.DEFAULT_DEPTH),
                ClientMessageParser.parse("{\"type\":\"subscribe\",\"symbols\":[\"BTC/USD\",\"AAPL\"]}"));
        assertEquals(
                new ClientMessage.Unsubscribe(null, List.of("AAPL")),
                ClientMessageParser.parse("{\"type\":\"unsubscribe\",\"symbols\":[\"AAPL\"]}"));
        assertEquals(new ClientMessage.Symbols(null), ClientMessageParser.parse("{\"type\":\"symbols\"}"));
        assertEquals(
                new ClientMessage.PlaceOrder(
                        null,
                        "",
                        "BTC/USD",
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        false,
                        6_425_050_000_000L,
                        25_000_000,
                        1_767_225_600_123L),
                ClientMessageParser.parse(ORDER));
        assertEquals(
                new ClientMessage.CancelOrder(null, 7, ""),
                ClientMessageParser.parse("{\"type\":\"cancelOrder\",\"orderId\":7}"));
    }

    @Test
    void howFastAndWhatWhenSlow() throws Refusal {
        assertEquals(
                new ClientMessage.Subscribe(
                        null, List.of("A"), Set.of(Channel.values()), 10, 0.5, OnSlow.DISCONNECT, null),
                ClientMessageParser.parse(
                        "{\"type\":\"subscribe\",\"symbols\":[\"A\"],\"maxRate\":0.5,\"onSlow\":\"disconnect\"}"));
        for (String wrong :
                new String[] {"\"maxRate\":0", "\"maxRate\":1001", "\"maxRate\":\"1\"", "\"onSlow\":\"wait\""}) {
            var refusal = assertThrows(
                    Refusal.class,
                    () -> ClientMessageParser.parse("{\"type\":\"subscribe\",\"symbols\":[\"A\"]," + wrong + "}"));
            assertEquals(ErrorCode.INVALID_FIELD, refusal.code());
        }
    }

    @Test
    void whereToResume() throws Refusal {
        assertEquals(
                new ClientMessage.Subscribe(
                        null, List.of("A"), Set.of(Channel.values()), 10, new ClientMessage.Resume(1_700, 0)),
                ClientMessageParser.parse(subscribe("\"resume\":{\"epoch\":1700,\"seq\":0}")));
    }

    @ParameterizedTest
    @MethodSource("replays")
    void whatToReplay(String text, ClientMessage.Replay expected) throws Refusal {
        var subscribe = (ClientMessage.Subscribe) ClientMessageParser.parse(subscribe("\"replay\":" + text));
        assertEquals(expected, subscribe.past());
    }

    static Stream<Arguments> replays() {
        double max = Double.POSITIVE_INFINITY;
        var seq5 = new ClientMessage.Place(5, 0);
        return Stream.of(
                Arguments.of("{\"from\":5}", new ClientMessage.Replay(seq5, null, max)),
                Arguments.of(
                        "{\"from\":5,\"to\":\"live\",\"speed\":\"max\"}", new ClientMessage.Replay(seq5, null, max)),
                Arguments.of(
                        "{\"from\":\"1970-01-01T00:00:01.000000002Z\",\"to\":5,\"speed\":0.5}",
                        new ClientMessage.Replay(new ClientMessage.Place(0, 1_000_000_002), seq5, 0.5)),
                Arguments.of(
                        "{\"from\":\"1970-01-01T02:00:00+01:00\",\"to\":5}",
                        new ClientMessage.Replay(new ClientMessage.Place(0, 3_600_000_000_000L), seq5, max)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"resume\":7|resume|Field resume is 7, must be an object of epoch, seq",
                "\"resume\":{\"epoch\":0,\"seq\":1}|resume.epoch|Field resume.epoch is 0, must be a whole number from 1 to 9007199254740991",
                "\"resume\":{\"epoch\":1,\"seq\":-1}|resume.seq|Field resume.seq is -1, must be a whole number from 0 to 9007199254740991",
                "\"resume\":{\"epoch\":1}|resume.seq|Field resume.seq is missing",
                "\"resume\":{\"epoch\":1,\"sequ\":1}|resume.sequ|Unknown field resume.sequ; resume takes epoch, seq",
                "\"resume\":{\"epoch\":1,\"seq\":1},\"replay\":{\"from\":1}|replay|Field replay is {\"from\":1}, must be left out when resume is given",
                "\"replay\":{}|replay.from|Field replay.from is missing",
                "\"replay\":{\"from\":0}|replay.from|Field replay.from is 0, must be a sequence from 1 on, or a time such as 2026-01-31T12:00:00.5Z",
                "\"replay\":{\"from\":\"noon\"}|replay.from|Field replay.from is \"noon\", must be a sequence from 1 on, or a time such as 2026-01-31T12:00:00.5Z",
                "\"replay\":{\"from\":\"9999-01-01T00:00:00Z\"}|replay.from|Field replay.from is \"9999-01-01T00:00:00Z\", must be a sequence from 1 on, or a time such as 2026-01-31T12:00:00.5Z",
                "\"replay\":{\"from\":5,\"to\":4}|replay.to|Field replay.to is 4, must be no earlier than from",
                "\"replay\":{\"from\":5,\"to\":true}|replay.to|Field replay.to is true, must be a sequence from 1 on, or a time such as 2026-01-31T12:00:00.5Z, or live",
                "\"replay\":{\"from\":5,\"speed\":1}|replay.speed|Field replay.speed is 1, must be above 1, or max, for a replay that is to reach live data",
                "\"replay\":{\"from\":5,\"to\":6,\"speed\":0}|replay.speed|Field replay.speed is 0, must be a number from 0.001 to 1000000, or max",
            })
    void whatIsWrongWithThePast(String field, String named, String message) {
        var refusal = assertThrows(Refusal.class, () -> ClientMessageParser.parse(subscribe(field)));
        assertEquals(message, refusal.getMessage());
        assertEquals(named, refusal.field());
    }

    private static String subscribe(String more) {
        return "{\"type\":\"subscribe\",\"symbols\":[\"A\"]," + more + "}";
    }

    @Test
    void optionsAreRead() throws Refusal {
        assertEquals(
                new ClientMessage.Subscribe(
                        new TextNode("s1"), List.of("*"), Set.of(Channel.PRICE, Channel.TRADES), 255),
                ClientMessageParser.parse("{\"type\":\"subscribe\",\"id\":\"s1\",\"symbols\":[\"*\"],"
                        + "\"channels\":[\"price\",\"trades\"],\"depth\":255}"));
        assertEquals(
                new ClientMessage.PlaceOrder(
                        new IntNode(5),
                        "my-1",
                        "AAPL",
                        Side.SELL,
                        OrderType.MARKET,
                        TimeInForce.FOK,
                        false,
                        0,
                        100_000_000,
                        0),
                ClientMessageParser.parse(
                        "{\"type\":\"placeOrder\",\"id\":5,\"clientOrderId\":\"my-1\",\"symbol\":\"AAPL\","
                                + "\"side\":\"sell\",\"orderType\":\"market\",\"timeInForce\":\"FOK\",\"quantity\":\"1\"}"));
        assertEquals(
                new ClientMessage.ReplaceOrder(null, 0, "my-1", 100_000_000, 200_000_000),
                ClientMessageParser.parse(
                        "{\"type\":\"replaceOrder\",\"clientOrderId\":\"my-1\",\"price\":1,\"quantity\":2}"));
        assertEquals(
                new ClientMessage.CancelAll(null, "AAPL", null),
                ClientMessageParser.parse("{\"type\":\"cancelAll\",\"symbol\":\"AAPL\"}"));
        assertEquals(new ClientMessage.Orders(null), ClientMessageParser.parse("{\"type\":\"orders\"}"));
    }

    @Test
    void timestampsInOtherUnits() throws Refusal {
        for (var as : List.of(
                "1767225600123",
                "\"1767225600123\"",
                "1767225600123000,\"timestampUnit\":\"us\"",
                "\"1767225600123000000\",\"timestampUnit\":\"ns\"")) {
            var order = (ClientMessage.PlaceOrder)
                    ClientMessageParser.parse(ORDER.replace("1767225600123", as + ",\"recvWindow\":250"));
            assertEquals(new ClientMessage.Validity(1_767_225_600_123_000_000L, 250), order.validity(), as);
            assertEquals(1_767_225_600_373_000_000L, order.validity().untilNanos());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "placeOrder|\"recvWindow\":5|timestamp|MISSING_FIELD",
                "placeOrder|\"timestampUnit\":\"us\"|timestamp|MISSING_FIELD",
                "placeOrder|\"timestamp\":1,\"recvWindow\":0|recvWindow|INVALID_FIELD",
                "placeOrder|\"timestamp\":1,\"recvWindow\":60001|recvWindow|INVALID_FIELD",
                "placeOrder|\"timestamp\":1,\"recvWindow\":\"5\"|recvWindow|INVALID_FIELD",
                "placeOrder|\"timestamp\":1,\"timestampUnit\":\"s\"|timestampUnit|INVALID_FIELD",
                "placeOrder|\"timestamp\":9223372036854775807,\"timestampUnit\":\"ns\"|timestamp|INVALID_FIELD",
                "placeOrder|\"timestamp\":\"99999999999999999999\"|timestamp|INVALID_FIELD",
                "placeOrder|\"timestamp\":\"+5\"|timestamp|INVALID_FIELD",
                "placeOrder|\"selfTradePrevention\":\"all\"|selfTradePrevention|INVALID_FIELD",
                "placeOrder|\"validate\":\"true\"|validate|INVALID_FIELD",
                "cancelOrder|\"orderId\":1,\"recvWindow\":5|timestamp|MISSING_FIELD",
                "cancelAll|\"side\":\"both\"|side|INVALID_FIELD",
                "cancelOnDisconnect|\"graceMillis\":1|scope|MISSING_FIELD",
                "cancelOnDisconnect|\"scope\":\"all\"|scope|INVALID_FIELD",
                "cancelOnDisconnect|\"scope\":\"session\",\"graceMillis\":600001|graceMillis|INVALID_FIELD",
                "cancelOnDisconnect|\"scope\":\"session\",\"onClose\":1|onClose|INVALID_FIELD",
                "cancelOnDisconnect|\"scope\":\"session\",\"takesOver\":5|takesOver|INVALID_FIELD",
                "cancelAllAfter||timeoutMillis|MISSING_FIELD",
                "cancelAllAfter|\"timeoutMillis\":99|timeoutMillis|INVALID_FIELD",
                "cancelAllAfter|\"timeoutMillis\":86400001|timeoutMillis|INVALID_FIELD",
            })
    void whatIsWrongWithTheRest(String type, String fields, String named, ErrorCode code) {
        String order = type.equals("placeOrder") ? ORDER.replace(",\"timestamp\":1767225600123}", "") : "";
        String text = order.isEmpty() ? "{\"type\":\"" + type + "\"" : order;
        var refusal = refusal(text + (fields == null || fields.isEmpty() ? "" : "," + fields) + "}");
        assertEquals(code, refusal.code());
        assertEquals(named, refusal.field());
    }

    @Test
    void decimalsAreExactAsNumberAndAsText() throws Refusal {
        for (String price : List.of("0.1", "\"0.1\"", "1e-1", "\"0.10000000\"")) {
            var order = (ClientMessage.PlaceOrder) ClientMessageParser.parse(ORDER.replace("64250.5", price));
            assertEquals(10_000_000, order.price(), price);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "5",
                "null",
                "\"subscribe\"",
                "{\"type\":\"ping\"",
                "{\"type\":\"ping\"}}",
                "{'type':'ping'}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"timestamp\":NaN}",
                "{\"type\":\"ping\",\"timestamp\":01}",
                "nonsense"
            })
    void whatIsNoJsonObjectIsMalformed(String text) {
        assertEquals(ErrorCode.MALFORMED_JSON, refusal(text).code());
    }

    @Test
    void whatIsWrongIsSaid() {
        assertEquals("Not one JSON object: there is nothing", refusal("").getMessage());
        assertEquals(
                "Not one JSON object: there is more after it (column 17)",
                refusal("{\"type\":\"ping\"} {\"type\":\"ping\"}").getMessage());
        assertEquals(
                "Not one JSON object: Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (column 15)",
                refusal("{\"type\":\"ping\"/* */}").getMessage());
        String cancel = "{\"type\":\"cancelOrder\",\"orderId\":1,\"timestamp\":";
        assertEquals(
                "Field timestamp is 1795435928615000, must be a whole number from 0 to 4611686018427 (in ms)",
                refusal(cancel + "1795435928615000}").getMessage());
        assertEquals(
                "Field timestamp is \"soon\", must be a whole number from 0 to 4611686018427387 (in us)",
                refusal(cancel + "\"soon\",\"timestampUnit\":\"us\"}").getMessage());
        assertEquals(
                "Field account is \"\", must be a text of 1 to 32 characters",
                refusal("{\"type\":\"auth\",\"account\":\"\"}").getMessage());
    }

    @Test
    void deepNestingAndLongNumbersAreMalformedAndQuick() {
        assertEquals(ErrorCode.MALFORMED_JSON, refusal("[".repeat(100_000)).code());
        assertEquals(
                ErrorCode.MALFORMED_JSON,
                refusal(ORDER.replace("64250.5", "9".repeat(100_000))).code());
        assertEquals(
                ErrorCode.MALFORMED_JSON,
                refusal(ORDER.replace("64250.5", "1e99999999999")).code());
    }

    @Test
    void typeIsNeeded() {
        assertEquals(ErrorCode.MISSING_FIELD, refusal("{}").code());
        assertEquals("type", refusal("{}").field());
        assertEquals(ErrorCode.UNKNOWN_TYPE, refusal("{\"type\":\"buyLow\"}").code());
        assertEquals(ErrorCode.UNKNOWN_TYPE, refusal("{\"type\":7}").code());
        assertEquals(
                new TextNode("x"), refusal("{\"type\":\"buyLow\",\"id\":\"x\"}").messageId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price | 1e400 | INVALID_FIELD",
                "price | 1e999999999 | INVALID_FIELD",
                "price | 0 | INVALID_FIELD",
                "price | -1 | INVALID_FIELD",
                "price | 0.000000001 | INVALID_FIELD",
                "price | true | INVALID_FIELD",
                "price | \"abc\" | INVALID_FIELD",
                "price | \"NaN\" | INVALID_FIELD",
                "price | [] | INVALID_FIELD",
                "price | null | MISSING_FIELD",
                "quantity | 1000000.5 | INVALID_FIELD",
                "quantity | [1] | INVALID_FIELD",
                "quantity | null | MISSING_FIELD",
                "side | \"BUY\" | INVALID_FIELD",
                "side | \"hold\" | INVALID_FIELD",
                "side | null | MISSING_FIELD",
                "symbol | \"\" | INVALID_FIELD",
                "symbol | 5 | INVALID_FIELD",
                "symbol | null | MISSING_FIELD",
                "timestamp | -1 | INVALID_FIELD",
                "timestamp | 1.5 | INVALID_FIELD",
                "timestamp | \"now\" | INVALID_FIELD",
                "clientOrderId | \"\" | INVALID_FIELD",
                "clientOrderId | \"ü\" | INVALID_FIELD",
                "orderType | \"stop\" | INVALID_FIELD",
                "orderType | \"market\" | INVALID_FIELD",
                "timeInForce | \"gtc\" | INVALID_FIELD",
                "postOnly | 1 | INVALID_FIELD",
                "leverage | 5 | UNKNOWN_FIELD",
            })
    void everyFieldOfAnOrderIsChecked(String field, String value, ErrorCode expected) {
        String without = ORDER.replaceFirst("\"" + field + "\":(\"[^\"]*\"|[0-9.]+),?", "")
                .replace(",}", "}");
        var refusal = refusal(without.replace("}", ",\"id\":\"m\",\"" + field + "\":" + value + "}")
                .replace("{,", "{"));
        assertEquals(expected, refusal.code());
        // A market order's fault is the price that it must not have.
        assertEquals(value.contains("market") ? "price" : field, refusal.field());
        assertEquals(new TextNode("m"), refusal.messageId());
    }

    @Test
    void combinationsThatMakeNoSense() {
        assertEquals(
                "postOnly",
                refusal(ORDER.replace("}", ",\"postOnly\":true,\"timeInForce\":\"IOC\"}"))
                        .field());
        assertEquals(
                "timeInForce",
                refusal(ORDER.replace("}", ",\"orderType\":\"market\",\"timeInForce\":\"DAY\"}")
                                .replace("\"price\":64250.5,", ""))
                        .field());
        assertEquals(
                "timeInForce",
                refusal(ORDER.replace("\"price\":64250.5,", "")
                                .replace("}", ",\"orderType\":\"market\",\"timeInForce\":\"GTC\"}"))
                        .field());
        assertEquals("orderId", refusal("{\"type\":\"cancelOrder\"}").field());
        assertEquals(
                "clientOrderId",
                refusal("{\"type\":\"cancelOrder\",\"orderId\":1,\"clientOrderId\":\"a\"}")
                        .field());
    }

    @Test
    void refusalsNameFieldValueAndWhatIsRight() {
        assertEquals(
                "Field side is \"hold\", must be buy or sell",
                refusal(ORDER.replace("\"buy\"", "\"hold\"")).getMessage());
        assertEquals(
                "Field depth is 256, must be a whole number from 1 to 255",
                refusal("{\"type\":\"subscribe\",\"symbols\":[\"A\"],\"depth\":256}")
                        .getMessage());
        assertEquals(
                "Unknown field leverage; symbols takes none",
                refusal("{\"type\":\"symbols\",\"leverage\":1}").getMessage());
        assertEquals(
                "Not one JSON object: Non-standard token 'NaN' (column 31)",
                refusal("{\"type\":\"ping\",\"timestamp\":NaN}").getMessage());
        String longSymbol = "x".repeat(10_000);
        var refusal = refusal(ORDER.replace("BTC/USD", longSymbol));
        assertEquals("symbol", refusal.field());
        assertEquals(true, refusal.getMessage().length() < 200, refusal.getMessage());
    }

    @Test
    void idsAreTextOrWholeNumber() {
        assertEquals("id", refusal("{\"type\":\"ping\",\"id\":1.5}").field());
        assertEquals("id", refusal("{\"type\":\"ping\",\"id\":{}}").field());
        assertEquals(
                "id",
                refusal("{\"type\":\"ping\",\"id\":\"" + "x".repeat(65) + "\"}").field());
        assertNull(refusal("{\"type\":\"ping\",\"id\":null,\"a\":1}").messageId());
    }

    /** Every cut of a good message, and random changes of it, end in a message or a refusal, never in anything else. */
    @Test
    void truncationsAndNoise() throws Refusal {
        for (int cut = 0; cut < ORDER.length(); cut++) {
            assertEquals(
                    ErrorCode.MALFORMED_JSON, refusal(ORDER.substring(0, cut)).code());
        }
        var random = new SplittableRandom(11);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var noisy = new StringBuilder(ORDER);
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                noisy.setCharAt(random.nextInt(noisy.length()), (char) random.nextInt(0x20, 0x180));
            }
            try {
                ClientMessageParser.parse(noisy.toString());
                OrderSchema.assertRequest(noisy.toString());
            } catch (Refusal e) {
                refused++;
            }
        }
        assertEquals(true, refused > 10_000, "refused " + refused);
    }

    private static Refusal refusal(String text) {
        return assertThrows(Refusal.class, () -> ClientMessageParser.parse(text), text);
    }
}
