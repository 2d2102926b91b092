package tickcast.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.SymbolStatusDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/** Writes the feed's messages as JSON text, for {@code tickcast.json.v1}. Confined to a thread. */
public final class FeedJsonWriter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SymbolDefinitionDecoder definition = new SymbolDefinitionDecoder();
    private final SymbolStatusDecoder status = new SymbolStatusDecoder();
    private final BookDeltaDecoder delta = new BookDeltaDecoder();
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final ConflatedDecoder conflated = new ConflatedDecoder();

    /**
     * Writes one message; {@code out} stays open.
     *
     * @param offset where the message's SBE header begins
     * @param symbol text of the message's symbol, null for a message about the feed as a whole
     */
    public void write(DirectBuffer message, int offset, String symbol, OutputStream out) throws IOException {
        try (var json = Json.MAPPER.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            switch (FeedHeader.templateId(message, offset)) {
                case SymbolDefinitionDecoder.TEMPLATE_ID -> {
                    begin(json, "symbolDefinition", message, offset, symbol);
                    definition.wrapAndApplyHeader(message, offset, header);
                    decimal(json, "tickSize", definition.tickSize());
                    decimal(json, "lotSize", definition.lotSize());
                    decimal(json, "referencePrice", definition.referencePrice());
                    json.writeStringField("status", JsonNames.of(definition.status()));
                }
                case SymbolStatusDecoder.TEMPLATE_ID -> {
                    begin(json, "symbolStatus", message, offset, symbol);
                    status.wrapAndApplyHeader(message, offset, header);
                    json.writeStringField("status", JsonNames.of(status.status()));
                }
                case BookDeltaDecoder.TEMPLATE_ID -> writeDelta(json, message, offset, symbol);
                case BookSnapshotDecoder.TEMPLATE_ID -> writeSnapshot(json, message, offset, symbol);
                case TradeDecoder.TEMPLATE_ID -> {
                    begin(json, "trade", message, offset, symbol);
                    trade.wrapAndApplyHeader(message, offset, header);
                    json.writeNumberField("tradeId", trade.tradeId());
                    decimal(json, "price", trade.price());
                    decimal(json, "quantity", trade.quantity());
                    if (trade.aggressor() != Side.NULL_VAL) {
                        json.writeStringField("aggressor", JsonNames.of(trade.aggressor()));
                    }
                }
                case ConflatedDecoder.TEMPLATE_ID -> {
                    begin(json, "conflated", message, offset, symbol);
                    conflated.wrapAndApplyHeader(message, offset, header);
                    json.writeNumberField("merged", conflated.merged());
                    json.writeNumberField("trades", conflated.trades());
                }
                default -> begin(json, "heartbeat", message, offset, symbol);
            }
            json.writeEndObject();
        }
    }

    private void writeDelta(JsonGenerator json, DirectBuffer message, int offset, String symbol) throws IOException {
        begin(json, "bookDelta", message, offset, symbol);
        delta.wrapAndApplyHeader(message, offset, header);
        json.writeNumberField("checksum", delta.checksum());
        writeSide(json, "bids", Side.BUY);
        writeSide(json, "asks", Side.SELL);
    }

    private void writeSide(JsonGenerator json, String name, Side side) throws IOException {
        json.writeArrayFieldStart(name);
        delta.sbeRewind();
        for (var level : delta.levels()) {
            if (level.side() == side) {
                writeLevel(json, level.price(), level.quantity());
            }
        }
        json.writeEndArray();
    }

    private void writeSnapshot(JsonGenerator json, DirectBuffer message, int offset, String symbol) throws IOException {
        begin(json, "bookSnapshot", message, offset, symbol);
        snapshot.wrapAndApplyHeader(message, offset, header);
        if (snapshot.lastPrice() != BookSnapshotDecoder.lastPriceNullValue()) {
            decimal(json, "lastPrice", snapshot.lastPrice());
        }
        json.writeNumberField("depth", snapshot.depth());
        json.writeNumberField("checksum", snapshot.checksum());
        json.writeArrayFieldStart("bids");
        for (var level : snapshot.bids()) {
            writeLevel(json, level.price(), level.quantity());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("asks");
        for (var level : snapshot.asks()) {
            writeLevel(json, level.price(), level.quantity());
        }
        json.writeEndArray();
    }

    private static void begin(JsonGenerator json, String type, DirectBuffer message, int offset, String symbol)
            throws IOException {
        json.writeStringField("type", type);
        if (symbol != null) {
            json.writeStringField("symbol", symbol);
        }
        json.writeNumberField("symbolId", Integer.toUnsignedLong(FeedHeader.symbolId(message, offset)));
        json.writeNumberField("seq", FeedHeader.seq(message, offset));
        json.writeNumberField("prevSeq", FeedHeader.prevSeq(message, offset));
        // Microseconds, because nanoseconds do not fit the 53 bits of a JavaScript number.
        json.writeNumberField(
                "publishTimeMicros", TimeUnit.NANOSECONDS.toMicros(FeedHeader.publishTime(message, offset)));
        json.writeNumberField("eventTimeMicros", TimeUnit.NANOSECONDS.toMicros(FeedHeader.eventTime(message, offset)));
    }

    private static void writeLevel(JsonGenerator json, long price, long quantity) throws IOException {
        json.writeStartArray();
        json.writeNumber(Decimal8.toBigDecimal(price));
        json.writeNumber(Decimal8.toBigDecimal(quantity));
        json.writeEndArray();
    }

    private static void decimal(JsonGenerator json, String field, long mantissa) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(Decimal8.toBigDecimal(mantissa));
    }
}
