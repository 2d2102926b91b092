package tickcast.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.MalformedMessageException;

/** The published SBE vectors as JSON, and back. */
final class FeedJsonTest {
    private final ExpandableArrayBuffer back = new ExpandableArrayBuffer();

    @Test
    void goldenTexts() throws IOException {
        int compared = 0;
        for (var vector : vectors()) {
            if (vector.has("json")) {
                assertEquals(vector.get("json").textValue(), json(vector));
                compared++;
            }
        }
        assertEquals(7, compared);
    }

    @Test
    void everyMessageComesBackButForNanoseconds() throws IOException {
        for (var vector : vectors()) {
            String name = vector.get("message").textValue();
            String text = json(vector);
            assertEquals(!name.equals("Heartbeat"), FeedJsonReader.isMarketData(text), text);
            if (FeedJsonReader.isMarketData(text)) {
                var original = message(vector);
                int length = new FeedJsonReader().read(text, back);
                assertEquals(FeedHeader.publishTime(original, 0) / 1000, FeedHeader.publishTime(back, 0) / 1000);
                FeedHeader.put(
                        back,
                        0,
                        FeedHeader.publishTime(original, 0),
                        FeedHeader.seq(back, 0),
                        FeedHeader.prevSeq(back, 0),
                        FeedHeader.symbolId(back, 0),
                        FeedHeader.eventTime(original, 0));
                var bytes = new byte[length];
                back.getBytes(0, bytes);
                assertArrayEquals(original.byteArray(), bytes, name);
            }
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        String text = json("BookSnapshot");
        for (int cut = 0; cut < text.length(); cut++) {
            String shorter = text.substring(0, cut);
            assertThrows(MalformedMessageException.class, () -> new FeedJsonReader().read(shorter, back), shorter);
        }
    }

    @Test
    void missingAndWrongFieldsAreRefused() throws IOException {
        String trade = json("Trade");
        for (String field : new String[] {"seq", "symbolId", "price", "quantity", "tradeId", "type"}) {
            String without = trade.replaceFirst("\"" + field + "\":", "\"x\":");
            assertThrows(MalformedMessageException.class, () -> new FeedJsonReader().read(without, back), without);
        }
        for (String wrong : new String[] {
            trade.replace("64250.51", "\"cheap\""),
            trade.replace("\"buy\"", "\"both\""),
            trade.replace("\"buy\"", "null")
        }) {
            assertThrows(MalformedMessageException.class, () -> new FeedJsonReader().read(wrong, back), wrong);
        }
    }

    @Test
    void controlMessagesAreNoMarketData() {
        assertFalse(FeedJsonReader.isMarketData(new ServerMessage.Heartbeat(1, 2L, 3, 4).toJson()));
        assertFalse(FeedJsonReader.isMarketData("{"));
        assertTrue(FeedJsonReader.isMarketData("{\"type\":\"trade\",\"symbol\":\"A\"}"));
    }

    private static String json(String name) throws IOException {
        return json(vector(name));
    }

    private static String json(JsonNode vector) throws IOException {
        var out = new ByteArrayOutputStream();
        boolean wholeFeed = vector.get("message").textValue().equals("Heartbeat");
        new FeedJsonWriter().write(message(vector), 0, wholeFeed ? null : "BTC/USD", out);
        return out.toString(UTF_8);
    }

    private static JsonNode vector(String name) throws IOException {
        for (var vector : vectors()) {
            if (vector.get("message").textValue().equals(name)) {
                return vector;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static JsonNode vectors() throws IOException {
        return Json.MAPPER.readTree(Path.of("../docs/vectors.json").toFile()).get("sbe");
    }

    private static UnsafeBuffer message(JsonNode vector) {
        return new UnsafeBuffer(HexFormat.of().parseHex(vector.get("hex").textValue()));
    }
}
