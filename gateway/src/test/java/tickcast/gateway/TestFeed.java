package tickcast.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import tickcast.journal.JournalReader;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.HeartbeatEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.SymbolStatusEncoder;
import tickcast.protocol.sbe.TradeEncoder;
import tickcast.protocol.sbe.TradingStatus;

/** An exchange as the gateway sees it: a consistent feed, written by hand, and the books it leads to. */
final class TestFeed implements AutoCloseable {
    static final long TICK = Decimal8.ONE / 100;
    static final long LOT = Decimal8.ONE / 10;

    /** A price level of a delta; quantity 0 removes it. */
    record Level(Side side, long price, long quantity) {}

    /** A symbol's state at the exchange. */
    static final class Symbol {
        private final int id;
        private final String text;
        private final DepthBook book = new DepthBook();
        private long lastSeq;
        private TradingStatus status = TradingStatus.OPEN;
        private long tickSize = TICK;

        Symbol(int id, String text) {
            this.id = id;
            this.text = text;
        }

        int id() {
            return id;
        }

        String text() {
            return text;
        }

        DepthBook book() {
            return book;
        }

        long lastSeq() {
            return lastSeq;
        }
    }

    private final JournalWriter writer;
    private final Map<String, Symbol> symbols = new LinkedHashMap<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Symbol heartbeats = new Symbol(0, null);
    private boolean wrongChecksum;
    private long tradeId;
    private int cycles;

    TestFeed(Path directory, String... symbols) {
        this(JournalSettings.of(directory), symbols);
    }

    TestFeed(JournalSettings settings, String... symbols) {
        writer = JournalWriter.open(settings);
        for (String symbol : symbols) {
            this.symbols.put(symbol, new Symbol(this.symbols.size() + 1, symbol));
        }
        if (writer.lastSeq() > 0) {
            readChains(settings.directory());
        }
        checkpoint();
    }

    private void readChains(Path directory) {
        try (var reader = JournalReader.open(directory)) {
            reader.poll(
                    (message, offset, length) -> symbols.values().stream()
                            .filter(symbol -> symbol.id == FeedHeader.symbolId(message, offset))
                            .forEach(symbol -> symbol.lastSeq = FeedHeader.seq(message, offset)),
                    Integer.MAX_VALUE);
        }
    }

    /** Deletes the journal of a feed that is closed, again when a gateway that reads it has put something there meanwhile. */
    static void delete(Path directory) throws IOException {
        while (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (DirectoryNotEmptyException | UncheckedIOException e) {
                Thread.onSpinWait();
            }
        }
    }

    /** The feed's epoch. */
    long epoch() {
        return writer.epoch();
    }

    long lastSeq() {
        return writer.lastSeq();
    }

    /** How many trades there were. */
    long trades() {
        return tradeId;
    }

    /** All symbols in the order in which they were listed. */
    List<String> symbols() {
        return List.copyOf(symbols.keySet());
    }

    Symbol symbol(String text) {
        return symbols.get(text);
    }

    /** Begins a new roll cycle, when it is time for one, with a checkpoint. */
    void checkpointWhenDue() {
        if (writer.newCycle()) {
            cycles++;
            checkpoint();
        }
    }

    /** How many cycles were begun so. */
    int cycles() {
        return cycles;
    }

    long lastSeqOf(int symbolId) {
        return symbols.values().stream()
                .filter(symbol -> symbol.id == symbolId)
                .findFirst()
                .orElseThrow()
                .lastSeq;
    }

    /** Of a feed that has no symbols yet it is a heartbeat. */
    void checkpoint() {
        long first = writer.lastSeq() + 1;
        if (symbols.isEmpty()) {
            append(
                    heartbeats,
                    MessageHeaderEncoder.ENCODED_LENGTH
                            + new HeartbeatEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .encodedLength());
        }
        for (var symbol : symbols.values()) {
            define(symbol);
            int length = symbol.book.encodeSnapshot(buffer, 0, symbol.id, 0, 0, 0, 0, 0);
            append(symbol, length);
        }
        writer.checkpointWritten(first);
    }

    void list(String text) {
        var symbol = new Symbol(symbols.size() + 1, text);
        symbols.put(text, symbol);
        define(symbol);
        append(symbol, symbol.book.encodeSnapshot(buffer, 0, symbol.id, 0, 0, 0, 0, 0));
    }

    void redefine(String text, long tickSize) {
        var symbol = symbols.get(text);
        symbol.tickSize = tickSize;
        define(symbol);
    }

    void status(String text, TradingStatus status) {
        var symbol = symbols.get(text);
        symbol.status = status;
        append(
                symbol,
                MessageHeaderEncoder.ENCODED_LENGTH
                        + new SymbolStatusEncoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .status(status)
                                .encodedLength());
    }

    void delta(String text, Level... levels) {
        var symbol = symbols.get(text);
        for (var level : levels) {
            symbol.book.set(level.side, level.price, level.quantity);
        }
        var encoder = new BookDeltaEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .checksum(wrongChecksum ? symbol.book.checksum() ^ 1 : symbol.book.checksum());
        wrongChecksum = false;
        var group = encoder.levelsCount(levels.length);
        for (var level : levels) {
            group.next().side(level.side).price(level.price).quantity(level.quantity);
        }
        append(symbol, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    void bid(String text, long price, long quantity) {
        delta(text, new Level(Side.BUY, price, quantity));
    }

    void ask(String text, long price, long quantity) {
        delta(text, new Level(Side.SELL, price, quantity));
    }

    void trade(String text, long price, long quantity) {
        trade(text, price, quantity, Side.BUY);
    }

    /** @param aggressor {@link Side#NULL_VAL} for an auction */
    void trade(String text, long price, long quantity, Side aggressor) {
        var symbol = symbols.get(text);
        symbol.book.lastPrice(price);
        append(
                symbol,
                MessageHeaderEncoder.ENCODED_LENGTH
                        + new TradeEncoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .tradeId(++tradeId)
                                .price(price)
                                .quantity(quantity)
                                .aggressor(aggressor)
                                .encodedLength());
    }

    /** The next delta carries a checksum that its book does not have. */
    void breakNextChecksum() {
        wrongChecksum = true;
    }

    /** {@code count} random changes and trades of all symbols. */
    void randomly(Random random, int count) {
        var all = symbols.values().toArray(Symbol[]::new);
        for (int i = 0; i < count; i++) {
            String text = all[random.nextInt(all.length)].text;
            boolean buy = random.nextBoolean();
            long away = TICK * (1 + random.nextInt(30));
            long price = 100 * Decimal8.ONE + (buy ? -away : away);
            if (random.nextInt(5) == 0) {
                trade(text, price, LOT);
            } else {
                delta(text, new Level(buy ? Side.BUY : Side.SELL, price, LOT * random.nextInt(4)));
            }
        }
    }

    private void define(Symbol symbol) {
        append(
                symbol,
                MessageHeaderEncoder.ENCODED_LENGTH
                        + new SymbolDefinitionEncoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .tickSize(symbol.tickSize)
                                .lotSize(LOT)
                                .referencePrice(100 * Decimal8.ONE)
                                .status(symbol.status)
                                .symbolText(symbol.text)
                                .encodedLength());
    }

    private void append(Symbol symbol, int length) {
        long now = SystemEpochNanoClock.INSTANCE.nanoTime();
        long seq = writer.lastSeq() + 1;
        FeedHeader.put(buffer, 0, now, seq, symbol.lastSeq, symbol.id, now);
        symbol.lastSeq = seq;
        if (!writer.append(buffer, 0, length)) {
            throw new IllegalStateException("The disk is full");
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
