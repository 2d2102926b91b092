package tickcast.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.FeedJsonWriter;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.sbe.Side;

/** One JSON object per update: the messages as {@code tickcast.json.v1} has them; of v1 what its layouts tell. */
final class JsonFeed extends SubscriberListener {
    private final FeedOutput output;
    private final boolean compact;
    private final ObjectMapper mapper = new ObjectMapper();
    private final FeedJsonWriter writer = new FeedJsonWriter();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    JsonFeed(Subprotocol encoding, FeedOutput output, PrintWriter err) {
        super(err);
        this.output = output;
        compact = encoding == Subprotocol.V1;
    }

    @Override
    public void onFeedMessage(String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
        super.onFeedMessage(symbol, message, offset, length, update);
        text.reset();
        try {
            writer.write(message, offset, symbol, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output.print(text.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void onPrice(String symbol, long price, long timeNanos) {
        if (compact) {
            output.print(update("price", symbol, timeNanos)
                    .put("price", Decimal8.toBigDecimal(price))
                    .toString());
        }
    }

    @Override
    public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        if (compact) {
            var trade = update("trade", symbol, timeNanos).put("tradeId", tradeId);
            if (aggressor != Side.NULL_VAL) {
                trade.put("aggressor", JsonNames.of(aggressor));
            }
            output.print(trade.put("price", Decimal8.toBigDecimal(price))
                    .put("quantity", Decimal8.toBigDecimal(quantity))
                    .toString());
        }
    }

    @Override
    public void onBook(String symbol, DepthBook book) {
        if (compact) {
            var json = mapper.createObjectNode().put("type", "book").put("symbol", symbol);
            levels(json.putArray("bids"), book, Side.BUY);
            levels(json.putArray("asks"), book, Side.SELL);
            output.print(json.toString());
        }
    }

    private ObjectNode update(String type, String symbol, long timeNanos) {
        return mapper.createObjectNode()
                .put("type", type)
                .put("symbol", symbol)
                .put("timestamp", TimeUnit.NANOSECONDS.toMillis(timeNanos));
    }

    private static void levels(ArrayNode array, DepthBook book, Side side) {
        for (int rank = 0; rank < book.depth(side); rank++) {
            array.addArray()
                    .add(Decimal8.toBigDecimal(book.price(side, rank)))
                    .add(Decimal8.toBigDecimal(book.quantity(side, rank)));
        }
    }
}
