package tickcast.simulator.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What the JSON of a record says, whether it stands alone or in a combined stream's envelope. One is used for all. */
final class BinanceMessage {
    /** What a record is. */
    enum Kind {
        DEPTH_UPDATE,
        TRADE,
        AGGREGATE_TRADE,
        BOOK_TICKER,
        SNAPSHOT,
        OTHER
    }

    /** What trades with an order book's orders are called where others are told too. */
    private static final String MARKET = "MARKET";

    final BinanceField eventTime = new BinanceField("E");
    final BinanceField firstId = new BinanceField("U");
    final BinanceField lastId = new BinanceField("u");
    final BinanceField previousId = new BinanceField("pu");
    final BinanceField bid = new BinanceField("b");
    final BinanceField ask = new BinanceField("a");
    final BinanceField bidQuantity = new BinanceField("B");
    final BinanceField askQuantity = new BinanceField("A");
    final BinanceField tradeId = new BinanceField("t");
    final BinanceField lastTradeId = new BinanceField("l");
    final BinanceField price = new BinanceField("p");
    final BinanceField quantity = new BinanceField("q");
    final BinanceField tradeTime = new BinanceField("T");
    final BinanceField buyerIsMaker = new BinanceField("m");
    final BinanceField lastUpdateId = new BinanceField("lastUpdateId");
    final BinanceField bids = new BinanceField("bids");
    final BinanceField asks = new BinanceField("asks");

    private final BinanceField[] fields = {
        eventTime,
        firstId,
        lastId,
        previousId,
        bid,
        ask,
        bidQuantity,
        askQuantity,
        tradeId,
        lastTradeId,
        price,
        quantity,
        tradeTime,
        buyerIsMaker,
        lastUpdateId,
        bids,
        asks
    };

    private String event;
    private String stream;
    private String symbol;
    private String tradeKind;

    void clear() {
        for (BinanceField field : fields) {
            field.forget();
        }
        event = null;
        stream = null;
        symbol = null;
        tradeKind = null;
    }

    /** Of the instrument, as it stands there; null when it is not told. */
    String symbol() {
        return symbol;
    }

    Kind kind() {
        if (event == null) {
            return stream == null ? kindOfContent() : kindOfStream(stream.substring(stream.indexOf('@') + 1));
        }
        return switch (event) {
            case "depthUpdate" -> isPartialBook() ? Kind.OTHER : Kind.DEPTH_UPDATE;
            case "trade" -> tradeKind == null || tradeKind.equals(MARKET) ? Kind.TRADE : Kind.OTHER;
            case "aggTrade" -> Kind.AGGREGATE_TRADE;
            case "bookTicker" -> Kind.BOOK_TICKER;
            default -> Kind.OTHER;
        };
    }

    /** Takes the value of a field; the parser is at it, and at its end afterwards. */
    void read(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "e" -> event = text(parser);
            case "stream" -> stream = text(parser);
            case "s", "symbol" -> symbol = text(parser);
            case "X" -> tradeKind = text(parser);
            case "E" -> eventTime.read(parser);
            case "U" -> firstId.read(parser);
            case "u" -> lastId.read(parser);
            case "pu" -> previousId.read(parser);
            case "b" -> bid.read(parser);
            case "a" -> ask.read(parser);
            case "B" -> bidQuantity.read(parser);
            case "A" -> askQuantity.read(parser);
            case "t" -> tradeId.read(parser);
            case "l" -> lastTradeId.read(parser);
            case "p" -> price.read(parser);
            case "q" -> quantity.read(parser);
            case "T" -> tradeTime.read(parser);
            case "m" -> buyerIsMaker.read(parser);
            case "lastUpdateId" -> lastUpdateId.read(parser);
            case "bids" -> bids.read(parser);
            case "asks" -> asks.read(parser);
            default -> parser.skipChildren();
        }
    }

    private Kind kindOfContent() {
        if (lastUpdateId.isPresent()) {
            return Kind.SNAPSHOT;
        }
        boolean ticker = lastId.isPresent()
                && symbol != null
                && (bidQuantity.isPresent() || askQuantity.isPresent())
                && !eventTime.isPresent();
        return ticker ? Kind.BOOK_TICKER : Kind.OTHER;
    }

    private static Kind kindOfStream(String name) {
        return switch (name) {
            case "trade" -> Kind.TRADE;
            case "aggTrade" -> Kind.AGGREGATE_TRADE;
            case "bookTicker", "!bookTicker" -> Kind.BOOK_TICKER;
            default -> name.equals("depth") || name.startsWith("depth@") ? Kind.DEPTH_UPDATE : Kind.OTHER;
        };
    }

    /** The best levels only, as in the stream {@code btcusdt@depth5}: they are no changes. */
    private boolean isPartialBook() {
        int depth = stream == null ? -1 : stream.indexOf("@depth");
        int digit = depth + "@depth".length();
        return depth >= 0 && digit < stream.length() && Character.isDigit(stream.charAt(digit));
    }

    private static String text(JsonParser parser) throws IOException {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        return text;
    }
}
