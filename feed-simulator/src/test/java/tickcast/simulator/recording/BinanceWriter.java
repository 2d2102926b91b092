package tickcast.simulator.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import tickcast.protocol.Decimal8;

/** Writes captures of Binance's streams. Each record is received a millisecond after the one before. */
final class BinanceWriter {
    static final long START_MILLIS = 1_700_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private long millis = START_MILLIS;

    /** A line as it is. */
    BinanceWriter line(String line) {
        lines.add(line);
        return this;
    }

    /** A record of the form {@code <receive ns> <json>}. */
    BinanceWriter record(String json) {
        return line(++millis + "000000 " + json);
    }

    BinanceWriter later(long moreMillis) {
        millis += moreMillis;
        return this;
    }

    BinanceWriter depth(String symbol, long firstId, long lastId, String bids, String asks) {
        return stream(symbol, "depth@100ms", depthEvent(symbol, firstId, lastId, "", bids, asks));
    }

    /** An update of futures, which says what it builds on. */
    BinanceWriter futuresDepth(String symbol, long firstId, long lastId, long previousId, String bids, String asks) {
        return record(depthEvent(symbol, firstId, lastId, "\"pu\":" + previousId + ",", bids, asks));
    }

    BinanceWriter snapshot(long lastId, String bids, String asks) {
        return record(snapshotDocument(lastId, bids, asks));
    }

    /** A snapshot whose url tells the symbol. */
    BinanceWriter snapshotOf(String symbol, long lastId, String bids, String asks) {
        millis++;
        return line("https://api.example/api/v3/depth?symbol=%s&limit=1000 -> %d.%03d: %s"
                .formatted(symbol, millis / 1000, millis % 1000, snapshotDocument(lastId, bids, asks)));
    }

    BinanceWriter ticker(String symbol, long id, String bid, String bidQuantity, String ask, String askQuantity) {
        return stream(
                symbol,
                "bookTicker",
                "{\"u\":%d,\"s\":\"%s\",\"b\":\"%s\",\"B\":\"%s\",\"a\":\"%s\",\"A\":\"%s\"}"
                        .formatted(id, symbol, bid, bidQuantity, ask, askQuantity));
    }

    BinanceWriter trade(String symbol, long id, String price, String quantity, boolean buyerIsMaker) {
        return stream(
                symbol,
                "trade",
                ("{\"e\":\"trade\",\"E\":%d,\"s\":\"%s\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"b\":88,\"a\":50,\"T\":%d,"
                                + "\"m\":%b,\"M\":true}")
                        .formatted(millis, symbol, id, price, quantity, millis, buyerIsMaker));
    }

    BinanceWriter aggregateTrade(String symbol, long firstId, long lastId, String price, String quantity) {
        return stream(
                symbol,
                "aggTrade",
                ("{\"e\":\"aggTrade\",\"E\":%d,\"s\":\"%s\",\"a\":7,\"p\":\"%s\",\"q\":\"%s\",\"f\":%d,\"l\":%d,"
                                + "\"T\":%d,\"m\":false,\"M\":true}")
                        .formatted(millis, symbol, price, quantity, firstId, lastId, millis));
    }

    static String snapshotDocument(long lastId, String bids, String asks) {
        return "{\"lastUpdateId\":%d,\"bids\":%s,\"asks\":%s}".formatted(lastId, bids, asks);
    }

    /** Price and quantity in turns. */
    static String levels(String... pricesAndQuantities) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            levels.add("[\"" + pricesAndQuantities[i] + "\",\"" + pricesAndQuantities[i + 1] + "\"]");
        }
        return "[" + String.join(",", levels) + "]";
    }

    static String levels(Map<Long, Long> levels) {
        return levels(levels.entrySet().stream()
                .flatMap(level -> List.of(decimal(level.getKey()), decimal(level.getValue())).stream())
                .toArray(String[]::new));
    }

    /** As the venue writes it, with all decimals. */
    static String decimal(long mantissa) {
        return "%d.%08d".formatted(mantissa / Decimal8.ONE, mantissa % Decimal8.ONE);
    }

    int size() {
        return lines.size();
    }

    byte[] bytes() {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    RecordedFile to(Path file) throws IOException {
        Files.write(file, bytes());
        return new RecordedFile(file);
    }

    static byte[] gzip(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private BinanceWriter stream(String symbol, String stream, String data) {
        return record("{\"stream\":\"%s@%s\",\"data\":%s}".formatted(symbol.toLowerCase(Locale.ROOT), stream, data));
    }

    private String depthEvent(String symbol, long firstId, long lastId, String previous, String bids, String asks) {
        return "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,%s\"b\":%s,\"a\":%s}"
                .formatted(millis, symbol, firstId, lastId, previous, bids, asks);
    }
}
