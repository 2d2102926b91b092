package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.HeartbeatDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.SymbolStatusDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/** The published vectors are what the codecs read and write. */
final class VectorsTest {
    private static final JsonNode VECTORS = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Path.of("../docs/vectors.json").toFile());
        } catch (IOException e) {
            throw new IllegalStateException("docs/vectors.json cannot be read", e);
        }
    }

    static Stream<JsonNode> v1() {
        return stream("v1");
    }

    static Stream<JsonNode> sbe() {
        return stream("sbe");
    }

    static Stream<JsonNode> packets() {
        return stream("packets");
    }

    static Stream<JsonNode> checksums() {
        return stream("checksums");
    }

    private static Stream<JsonNode> stream(String name) {
        return StreamSupport.stream(VECTORS.get(name).spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource
    void v1(JsonNode vector) {
        var expected = bytes(vector.get("hex"));
        var fields = vector.get("fields");
        var written = new UnsafeBuffer(new byte[expected.length]);
        var seen = new ArrayList<String>();
        V1.decode(new UnsafeBuffer(expected), 0, expected.length, new V1Listener() {
            @Override
            public void onPrice(int symbolId, double price, long timeMillis) {
                seen.add("price");
                assertEquals(fields.get("symbolId").intValue(), symbolId);
                assertEquals(fields.get("price").doubleValue(), price);
                assertEquals(fields.get("timestamp").longValue(), timeMillis);
                V1.encodePrice(written, 0, symbolId, Decimal8.ofDouble(price), timeMillis * 1_000_000);
            }

            @Override
            public void onBook(int symbolId, Side side, double[] prices, double[] quantities) {
                seen.add("book");
                var levels = fields.get("levels");
                var book = new DepthBook();
                assertEquals(levels.size(), prices.length);
                for (int rank = 0; rank < prices.length; rank++) {
                    assertEquals(levels.get(rank).get(0).doubleValue(), prices[rank]);
                    assertEquals(levels.get(rank).get(1).doubleValue(), quantities[rank]);
                    book.set(side, Decimal8.ofDouble(prices[rank]), Decimal8.ofDouble(quantities[rank]));
                }
                assertEquals(expected.length, V1.bookLength(side, book, V1.MAX_LEVELS));
                V1.encodeBook(written, 0, symbolId, side, book, V1.MAX_LEVELS);
            }

            @Override
            public void onTrade(
                    int symbolId, Side aggressor, double price, double quantity, long tradeId, long timeMillis) {
                seen.add("trade");
                assertEquals(fields.get("side").intValue(), aggressor.value());
                assertEquals(fields.get("tradeId").longValue(), tradeId);
                V1.encodeTrade(
                        written,
                        0,
                        symbolId,
                        aggressor,
                        Decimal8.ofDouble(price),
                        Decimal8.ofDouble(quantity),
                        tradeId,
                        timeMillis * 1_000_000);
            }
        });
        assertEquals(1, seen.size());
        assertArrayEquals(expected, written.byteArray());
    }

    @ParameterizedTest
    @MethodSource
    void sbe(JsonNode vector) {
        var buffer = new UnsafeBuffer(bytes(vector.get("hex")));
        var fields = vector.get("fields");
        var header = new MessageHeaderDecoder().wrap(buffer, 0);
        assertEquals(VECTORS.get("schemaId").intValue(), header.schemaId());
        assertEquals(VECTORS.get("schemaVersion").intValue(), header.version());
        assertEquals(vector.get("templateId").intValue(), FeedHeader.templateId(buffer, 0));
        assertEquals(fields.get("publishTime").asLong(), FeedHeader.publishTime(buffer, 0));
        assertEquals(fields.get("seq").longValue(), FeedHeader.seq(buffer, 0));
        assertEquals(fields.get("prevSeq").longValue(), FeedHeader.prevSeq(buffer, 0));
        assertEquals(fields.get("symbolId").intValue(), FeedHeader.symbolId(buffer, 0));
        assertEquals(fields.get("eventTime").asLong(), FeedHeader.eventTime(buffer, 0));
        switch (vector.get("message").textValue()) {
            case "SymbolDefinition" -> {
                var message = new SymbolDefinitionDecoder().wrapAndApplyHeader(buffer, 0, header);
                assertEquals(mantissa(fields.get("tickSize")), message.tickSize());
                assertEquals(mantissa(fields.get("lotSize")), message.lotSize());
                assertEquals(mantissa(fields.get("referencePrice")), message.referencePrice());
                assertEquals(fields.get("status").textValue(), message.status().name());
                assertEquals(fields.get("symbolText").textValue(), message.symbolText());
            }
            case "SymbolStatus" -> {
                var message = new SymbolStatusDecoder().wrapAndApplyHeader(buffer, 0, header);
                assertEquals(fields.get("status").textValue(), message.status().name());
            }
            case "BookDelta" -> {
                var message = new BookDeltaDecoder().wrapAndApplyHeader(buffer, 0, header);
                assertEquals(fields.get("checksum").longValue(), message.checksum());
                var levels = fields.get("levels").elements();
                for (var level : message.levels()) {
                    var expected = levels.next();
                    assertEquals(expected.get(0).textValue(), level.side().name());
                    assertEquals(mantissa(expected.get(1)), level.price());
                    assertEquals(mantissa(expected.get(2)), level.quantity());
                }
                assertFalse(levels.hasNext());
            }
            case "BookSnapshot" -> {
                var message = new BookSnapshotDecoder().wrapAndApplyHeader(buffer, 0, header);
                assertEquals(mantissa(fields.get("lastPrice")), message.lastPrice());
                assertEquals(fields.get("depth").intValue(), message.depth());
                var book = new DepthBook();
                assertEquals(DepthBook.Update.APPLIED, book.apply(buffer, 0));
                assertEquals(fields.get("bids").size(), book.depth(Side.BUY));
                assertEquals(fields.get("asks").size(), book.depth(Side.SELL));
                assertEquals(fields.get("checksum").longValue(), book.checksum());
                var written = new UnsafeBuffer(new byte[buffer.capacity()]);
                int length = book.encodeSnapshot(
                        written,
                        0,
                        message.symbolId() == 1 ? 1 : 0,
                        message.publishTime(),
                        message.eventTime(),
                        message.seq(),
                        0,
                        0);
                assertEquals(buffer.capacity(), length);
                assertArrayEquals(buffer.byteArray(), written.byteArray());
            }
            case "Trade" -> {
                var message = new TradeDecoder().wrapAndApplyHeader(buffer, 0, header);
                assertEquals(fields.get("tradeId").longValue(), message.tradeId());
                assertEquals(mantissa(fields.get("price")), message.price());
                assertEquals(mantissa(fields.get("quantity")), message.quantity());
                var aggressor = fields.get("aggressor");
                assertEquals(
                        aggressor.isNull() ? Side.NULL_VAL : Side.valueOf(aggressor.textValue()), message.aggressor());
            }
            case "Conflated" -> {
                var message = new ConflatedDecoder().wrapAndApplyHeader(buffer, 0, header);
                assertEquals(fields.get("merged").longValue(), message.merged());
                assertEquals(fields.get("trades").longValue(), message.trades());
            }
            default -> assertEquals(HeartbeatDecoder.TEMPLATE_ID, header.templateId());
        }
    }

    @ParameterizedTest
    @MethodSource
    void packets(JsonNode vector) {
        var expected = bytes(vector.get("hex"));
        var buffer = new UnsafeBuffer(expected);
        var packet = new Packet().wrap(buffer, 0, expected.length);
        assertEquals(vector.get("epoch").longValue(), packet.epoch());
        assertEquals(vector.get("sendTime").asLong(), packet.sendTime());
        assertEquals(vector.get("messages").size(), packet.count());
        var written = new UnsafeBuffer(new byte[expected.length]);
        int at = Packet.putHeader(written, 0, packet.epoch(), packet.sendTime(), packet.count());
        for (var message : vector.get("messages")) {
            assertTrue(packet.next());
            var found = new byte[packet.messageLength()];
            buffer.getBytes(packet.messageOffset(), found);
            assertArrayEquals(bytes(message), found);
            at += Packet.putMessage(written, at, new UnsafeBuffer(found), 0, found.length);
        }
        assertFalse(packet.next());
        assertArrayEquals(expected, written.byteArray());
    }

    @ParameterizedTest
    @MethodSource
    void checksums(JsonNode vector) {
        var book = new DepthBook();
        vector.get("bids").forEach(level -> book.set(Side.BUY, mantissa(level.get(0)), mantissa(level.get(1))));
        vector.get("asks").forEach(level -> book.set(Side.SELL, mantissa(level.get(0)), mantissa(level.get(1))));
        assertEquals(vector.get("crc32c").longValue(), book.checksum());
    }

    /** The snapshot, the delta and the trades of the vectors are one chain that a book accepts. */
    @Test
    void chainOfTheVectors() {
        var book = new DepthBook();
        for (var vector : VECTORS.get("sbe")) {
            if (vector.get("fields").get("seq").intValue() >= 3
                    && vector.get("fields").get("symbolId").intValue() == 1) {
                assertEquals(DepthBook.Update.APPLIED, book.apply(new UnsafeBuffer(bytes(vector.get("hex"))), 0));
            }
        }
        assertEquals(9, book.lastSeq());
        assertTrue(book.valid());
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.textValue());
    }

    private static long mantissa(JsonNode text) {
        return Decimal8.parse(text.textValue());
    }
}
