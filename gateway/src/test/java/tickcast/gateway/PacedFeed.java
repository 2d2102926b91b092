package tickcast.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.TradeEncoder;
import tickcast.protocol.sbe.TradingStatus;

/**
 * A feed of trades, or of changes of whole books, at a fixed rate, for {@code bench/fanout}. Its symbols are s0, s1 ... with the
 * ids 1, 2 ... and come in turn. Confined to a thread.
 *
 * <p>A v1 price update carries the event time in milliseconds, which is too coarse to measure with. So the event time
 * here is what a load client wants to read there: a million times the nanoseconds from a base, chosen by the client,
 * to when the trade was planned. It fits for two and a half hours after the base.
 */
final class PacedFeed implements AutoCloseable {
    private static final long TICK = Decimal8.ONE / 100;
    private static final long PRICE = 100 * Decimal8.ONE;
    private static final int PRICES = 100;
    private static final int LEVELS = 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STAMP_UNIT = TimeUnit.MILLISECONDS.toNanos(1);

    private final JournalWriter writer;
    private final DepthBook[] books;
    private final long[] lastSeqs;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SymbolDefinitionEncoder definition = new SymbolDefinitionEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final BookDeltaEncoder delta = new BookDeltaEncoder();
    private final BookDeltaDecoder written = new BookDeltaDecoder();
    private final MessageHeaderDecoder writtenHeader = new MessageHeaderDecoder();

    /** A new feed, which begins with a checkpoint. */
    PacedFeed(Path directory, int symbols) {
        writer = JournalWriter.open(JournalSettings.of(directory));
        if (writer.lastSeq() != 0) {
            writer.close();
            throw new IllegalArgumentException("There is a feed in " + directory + " already");
        }
        books = new DepthBook[symbols];
        lastSeqs = new long[symbols];
        for (int i = 0; i < symbols; i++) {
            books[i] = new DepthBook();
        }
        checkpoint();
    }

    /**
     * Writes trades of the first {@code symbols} symbols, in turn, on a plan that begins now, then a checkpoint.
     *
     * @param baseNanos what the event times are counted from, in nanoseconds since the Unix epoch
     * @param ofBooks instead of trades, changes of all ten levels on both sides of the book
     * @return how many messages
     */
    long run(double perSecond, int symbols, double seconds, long baseNanos, boolean ofBooks) {
        long startNanos = System.nanoTime();
        long plannedFromNanos = SystemEpochNanoClock.INSTANCE.nanoTime();
        long lengthNanos = (long) (seconds * SECOND);
        long sent = 0;
        for (long elapsed = 0; elapsed < lengthNanos; elapsed = System.nanoTime() - startNanos) {
            long due = (long) (elapsed * perSecond / SECOND) + 1;
            for (; sent < due; sent++) {
                int symbol = (int) (sent % symbols);
                long plannedNanos = plannedFromNanos + dueNanos(sent, perSecond);
                if (ofBooks) {
                    book(symbol, sent, plannedNanos);
                } else {
                    trade(symbol, sent, plannedNanos, baseNanos);
                }
            }
            LockSupport.parkNanos(startNanos + dueNanos(sent, perSecond) - System.nanoTime());
        }
        checkpoint();
        return sent;
    }

    private static long dueNanos(long index, double perSecond) {
        return (long) (index * (double) SECOND / perSecond);
    }

    private void trade(int symbol, long index, long plannedNanos, long baseNanos) {
        long price = PRICE + TICK * (index % PRICES);
        books[symbol].lastPrice(price);
        trade.wrapAndApplyHeader(buffer, 0, header)
                .tradeId(writer.lastSeq() + 1)
                .price(price)
                .quantity(Decimal8.ONE)
                .aggressor(Side.BUY);
        append(
                symbol,
                MessageHeaderEncoder.ENCODED_LENGTH + trade.encodedLength(),
                plannedNanos,
                Math.multiplyExact(plannedNanos - baseNanos, STAMP_UNIT));
    }

    private void book(int symbol, long index, long plannedNanos) {
        delta.wrapAndApplyHeader(buffer, 0, header).checksum(0);
        var levels = delta.levelsCount(2 * LEVELS);
        for (int rank = 0; rank < LEVELS; rank++) {
            long quantity = Decimal8.ONE * (1 + (index + rank) % PRICES);
            levels.next().side(Side.BUY).price(PRICE - TICK * (1 + rank)).quantity(quantity);
            levels.next().side(Side.SELL).price(PRICE + TICK * (1 + rank)).quantity(quantity);
        }
        int length = MessageHeaderEncoder.ENCODED_LENGTH + delta.encodedLength();
        for (var level : written.wrapAndApplyHeader(buffer, 0, writtenHeader).levels()) {
            books[symbol].set(level.side(), level.price(), level.quantity());
        }
        delta.checksum(books[symbol].checksum());
        append(symbol, length, plannedNanos, plannedNanos);
    }

    /** So that a gateway which starts later need not read what was written before. */
    private void checkpoint() {
        long first = writer.lastSeq() + 1;
        long now = SystemEpochNanoClock.INSTANCE.nanoTime();
        for (int i = 0; i < books.length; i++) {
            definition
                    .wrapAndApplyHeader(buffer, 0, header)
                    .tickSize(TICK)
                    .lotSize(Decimal8.ONE)
                    .referencePrice(PRICE)
                    .status(TradingStatus.OPEN)
                    .symbolText("s" + i);
            append(i, MessageHeaderEncoder.ENCODED_LENGTH + definition.encodedLength(), now, now);
            append(i, books[i].encodeSnapshot(buffer, 0, i + 1, 0, 0, 0, 0, 0), now, now);
        }
        writer.checkpointWritten(first);
    }

    private void append(int symbol, int length, long publishNanos, long eventNanos) {
        long seq = writer.lastSeq() + 1;
        FeedHeader.put(buffer, 0, publishNanos, seq, lastSeqs[symbol], symbol + 1, eventNanos);
        lastSeqs[symbol] = seq;
        if (!writer.append(buffer, 0, length)) {
            throw new IllegalStateException("The disk is nearly full");
        }
    }

    @Override
    public void close() {
        writer.close();
    }

    /**
     * Arguments: data directory, number of symbols. Makes an empty journal of executions too, as an exchange would. Says "ready"; then each line of standard input, RATE SYMBOLS
     * SECONDS BASE, and "books" for these instead of trades, is a run, at whose end it says "sent N". Ends with the input.
     */
    @SuppressWarnings("try") // The executions only have to be there.
    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var data = Path.of(arguments[0]);
        try (var feed = new PacedFeed(data.resolve("feed"), Integer.parseInt(arguments[1]));
                var executions = JournalWriter.open(JournalSettings.of(data.resolve("executions")))) {
            System.out.println("ready");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                String[] run = line.split(" ");
                long sent = feed.run(
                        Double.parseDouble(run[0]),
                        Integer.parseInt(run[1]),
                        Double.parseDouble(run[2]),
                        Long.parseLong(run[3]),
                        run.length > 4 && run[4].equals("books"));
                System.out.println("sent " + sent);
            }
        }
    }
}
