package tickcast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

/** Makes a capture of Binance's streams of one symbol, and keeps what it tells: the book and the trades. */
final class BinanceCapture {
    static final String SYMBOL = "TICKUSDT";
    static final Instant START = Instant.parse("2024-08-08T09:30:00Z");

    /** A trade as it was recorded. */
    record RecordedTrade(Side aggressor, long price, long quantity) {}

    final DepthBook book = new DepthBook();
    final List<RecordedTrade> trades = new ArrayList<>();

    private final StringBuilder content = new StringBuilder();
    private Duration at = Duration.ZERO;
    private long updateId = 1_000;

    /** The records from here on are received so long after the first. */
    BinanceCapture at(Duration newAt) {
        at = newAt;
        return this;
    }

    /** The book from here on: 100 to buy at 99, 50 to sell at 101. Two records: the snapshot, and an update that joins it. */
    BinanceCapture open() {
        record("{\"lastUpdateId\":%d,\"bids\":[[\"99\",\"100\"]],\"asks\":[[\"101\",\"50\"]]}".formatted(updateId));
        book.set(Side.BUY, 99 * Decimal8.ONE, 100 * Decimal8.ONE);
        return level(Side.SELL, 101 * Decimal8.ONE, 50 * Decimal8.ONE);
    }

    /** So much rests there now. */
    BinanceCapture level(Side side, long price, long quantity) {
        String level = "[\"%s\",\"%s\"]".formatted(Decimal8.format(price), Decimal8.format(quantity));
        updateId++;
        record("{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"b\":[%s],\"a\":[%s]}"
                .formatted(
                        START.plus(at).toEpochMilli(),
                        SYMBOL,
                        updateId,
                        updateId,
                        side == Side.BUY ? level : "",
                        side == Side.SELL ? level : ""));
        book.set(side, price, quantity);
        return this;
    }

    BinanceCapture trade(Side aggressor, long price, long quantity) {
        trades.add(new RecordedTrade(aggressor, price, quantity));
        record(
                "{\"e\":\"trade\",\"E\":%1$d,\"s\":\"%2$s\",\"t\":%3$d,\"p\":\"%4$s\",\"q\":\"%5$s\",\"T\":%1$d,\"m\":%6$b}"
                        .formatted(
                                START.plus(at).toEpochMilli(),
                                SYMBOL,
                                trades.size(),
                                Decimal8.format(price),
                                Decimal8.format(quantity),
                                aggressor == Side.SELL));
        return this;
    }

    /** So many updates and trades, a millisecond apart. */
    BinanceCapture random(long seed, int records) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < records; i++) {
            at = at.plusMillis(1);
            var side = random.nextBoolean() ? Side.BUY : Side.SELL;
            long away = random.nextInt(50);
            long price = (side == Side.BUY ? 99_00 - away : 101_00 + away) * (Decimal8.ONE / 100);
            long quantity = random.nextInt(4) * Decimal8.ONE / 2;
            if (random.nextInt(5) == 0) {
                trade(side, price, quantity + Decimal8.ONE);
            } else {
                level(side, price, quantity);
            }
        }
        return this;
    }

    BinanceCapture record(String json) {
        return line((START.getEpochSecond() * 1_000_000_000 + at.toNanos()) + " " + json);
    }

    /** Any line. */
    BinanceCapture line(String line) {
        content.append(line).append('\n');
        return this;
    }

    Path write(Path directory) throws IOException {
        return Files.writeString(directory.resolve("capture.txt"), content);
    }
}
