package tickcast.protocol.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.BookSnapshotEncoder;
import tickcast.protocol.sbe.ConflatedEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.SymbolStatusEncoder;
import tickcast.protocol.sbe.TradeEncoder;
import tickcast.protocol.sbe.TradingStatus;

/**
 * Reads what {@link FeedJsonWriter} wrote back into the feed's own form, so that all that follows (chain, checksum, book)
 * is one code for every form. Times come back in whole microseconds. Confined to a thread.
 */
public final class FeedJsonReader {
    private static final Set<String> TYPES =
            Set.of("symbolDefinition", "symbolStatus", "bookDelta", "bookSnapshot", "trade", "conflated");

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SymbolDefinitionEncoder definition = new SymbolDefinitionEncoder();
    private final SymbolStatusEncoder status = new SymbolStatusEncoder();
    private final BookDeltaEncoder delta = new BookDeltaEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final ConflatedEncoder conflated = new ConflatedEncoder();

    /** Whether {@code text}, as the gateway writes it, is market data and not one of {@link ServerMessage}. */
    public static boolean isMarketData(String text) {
        String start = "{\"type\":\"";
        int end = text.indexOf('"', start.length());
        return text.startsWith(start) && end > 0 && TYPES.contains(text.substring(start.length(), end));
    }

    /**
     * Writes the message in {@code text} as SBE at offset 0 of {@code buffer}, which must grow as needed.
     *
     * @return its length, SBE header included
     * @throws MalformedMessageException when it is no market data
     */
    public int read(String text, MutableDirectBuffer buffer) {
        try {
            var json = Json.MAPPER.readTree(text);
            int bodyLength = encode(json, buffer);
            FeedHeader.put(
                    buffer,
                    0,
                    TimeUnit.MICROSECONDS.toNanos(whole(json, "publishTimeMicros")),
                    whole(json, "seq"),
                    whole(json, "prevSeq"),
                    (int) whole(json, "symbolId"),
                    TimeUnit.MICROSECONDS.toNanos(whole(json, "eventTimeMicros")));
            return MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        } catch (JsonProcessingException | ArithmeticException e) {
            throw new MalformedMessageException("No market data: " + JsonFields.shorten(text), e);
        }
    }

    private int encode(JsonNode json, MutableDirectBuffer buffer) {
        String type = field(json, "type").asText();
        return switch (type) {
            case "symbolDefinition" ->
                definition
                        .wrapAndApplyHeader(buffer, 0, header)
                        .tickSize(mantissa(field(json, "tickSize")))
                        .lotSize(mantissa(field(json, "lotSize")))
                        .referencePrice(mantissa(field(json, "referencePrice")))
                        .status(named(json, "status", EnumSet.complementOf(EnumSet.of(TradingStatus.NULL_VAL))))
                        .symbolText(field(json, "symbol").asText())
                        .encodedLength();
            case "symbolStatus" ->
                status.wrapAndApplyHeader(buffer, 0, header)
                        .status(named(json, "status", EnumSet.complementOf(EnumSet.of(TradingStatus.NULL_VAL))))
                        .encodedLength();
            case "bookDelta" -> encodeDelta(json, buffer);
            case "bookSnapshot" -> encodeSnapshot(json, buffer);
            case "trade" ->
                trade.wrapAndApplyHeader(buffer, 0, header)
                        .tradeId(whole(json, "tradeId"))
                        .price(mantissa(field(json, "price")))
                        .quantity(mantissa(field(json, "quantity")))
                        .aggressor(
                                json.has("aggressor")
                                        ? named(json, "aggressor", EnumSet.complementOf(EnumSet.of(Side.NULL_VAL)))
                                        : Side.NULL_VAL)
                        .encodedLength();
            case "conflated" ->
                conflated
                        .wrapAndApplyHeader(buffer, 0, header)
                        .merged(whole(json, "merged"))
                        .trades(whole(json, "trades"))
                        .encodedLength();
            default -> throw new MalformedMessageException("No market data of type " + JsonFields.shorten(type));
        };
    }

    private int encodeDelta(JsonNode json, MutableDirectBuffer buffer) {
        var bids = field(json, "bids");
        var asks = field(json, "asks");
        delta.wrapAndApplyHeader(buffer, 0, header).checksum(whole(json, "checksum"));
        var levels = delta.levelsCount(bids.size() + asks.size());
        for (var level : bids) {
            levels.next().side(Side.BUY).price(mantissa(level.path(0))).quantity(mantissa(level.path(1)));
        }
        for (var level : asks) {
            levels.next().side(Side.SELL).price(mantissa(level.path(0))).quantity(mantissa(level.path(1)));
        }
        return delta.encodedLength();
    }

    private int encodeSnapshot(JsonNode json, MutableDirectBuffer buffer) {
        snapshot.wrapAndApplyHeader(buffer, 0, header)
                .lastPrice(
                        json.has("lastPrice")
                                ? mantissa(json.get("lastPrice"))
                                : BookSnapshotEncoder.lastPriceNullValue())
                .depth((int) whole(json, "depth"))
                .checksum(whole(json, "checksum"));
        var bids = field(json, "bids");
        var bid = snapshot.bidsCount(bids.size());
        for (var level : bids) {
            bid.next().price(mantissa(level.path(0))).quantity(mantissa(level.path(1)));
        }
        var asks = field(json, "asks");
        var ask = snapshot.asksCount(asks.size());
        for (var level : asks) {
            ask.next().price(mantissa(level.path(0))).quantity(mantissa(level.path(1)));
        }
        return snapshot.encodedLength();
    }

    private static JsonNode field(JsonNode json, String field) {
        var node = json.get(field);
        if (node == null) {
            throw new MalformedMessageException("Market data without the field " + field);
        }
        return node;
    }

    private static long whole(JsonNode json, String field) {
        var node = field(json, field);
        if (!node.canConvertToExactIntegral() || !node.canConvertToLong()) {
            throw new MalformedMessageException(
                    "Field " + field + " is " + JsonFields.shown(node) + ", must be a whole number");
        }
        return node.longValue();
    }

    private static long mantissa(JsonNode node) {
        if (!node.isNumber()) {
            throw new MalformedMessageException("A price or quantity is " + JsonFields.shown(node));
        }
        return Decimal8.ofDecimal(node.decimalValue());
    }

    private static <E extends Enum<E>> E named(JsonNode json, String field, EnumSet<E> values) {
        String name = field(json, field).asText();
        for (E value : values) {
            if (JsonNames.of(value).equals(name)) {
                return value;
            }
        }
        throw new MalformedMessageException("Field " + field + " is " + JsonFields.shorten(name));
    }
}
