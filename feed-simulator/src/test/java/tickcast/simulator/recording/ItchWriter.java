package tickcast.simulator.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Writes ITCH 5.0: any message, behind its length or behind zeros. Prices are in ten-thousandths, as in the file. */
final class ItchWriter {
    /** A name that tells the day 2019-01-30. */
    static final String NAME = "01302019.NASDAQ_ITCH50";
    /** Midnight in New York of that day. */
    static final long MIDNIGHT_NANOS = 1_548_824_400_000_000_000L;

    static final RecordingOptions ALL = options();

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean zeroPrefixes;
    private long timestamp;
    private ByteBuffer message;

    static RecordingOptions options(String... symbols) {
        return new RecordingOptions(Set.of(symbols), null);
    }

    static RecordingOptions on(LocalDate date) {
        return new RecordingOptions(Set.of(), date);
    }

    static Recording open(Path file, RecordingOptions options) throws IOException {
        return new ItchFormat().open(List.of(new RecordedFile(file)), options).get(0);
    }

    static Recording open(Path directory, byte[] content) throws IOException {
        return open(Files.write(directory.resolve(NAME), content), ALL);
    }

    /** What has been written so far, as a file in the directory. */
    Recording open(Path directory) throws IOException {
        return open(directory, bytes());
    }

    byte[] bytes() {
        return content.toByteArray();
    }

    /** Lengths are left 0 from here on. */
    ItchWriter zeroPrefixes() {
        zeroPrefixes = true;
        return this;
    }

    /** The timestamp of the messages from here on. */
    ItchWriter at(long nanosSinceMidnight) {
        timestamp = nanosSinceMidnight;
        return this;
    }

    ItchWriter systemEvent(char eventCode) {
        begin('S', 12, 0).put((byte) eventCode);
        return end();
    }

    ItchWriter stockDirectory(int locate, String stock) {
        begin('R', 39, locate).put(stock(stock)).put(text("QN")).putInt(100).put(text("NC"));
        message.put(text("Z PNN1N")).putInt(0).put((byte) 'N');
        return end();
    }

    ItchWriter tradingAction(int locate, String stock, char state) {
        begin('H', 25, locate).put(stock(stock)).put((byte) state).put(text(" T1  "));
        return end();
    }

    ItchWriter regSho(int locate, String stock) {
        begin('Y', 20, locate).put(stock(stock)).put((byte) '0');
        return end();
    }

    ItchWriter marketParticipantPosition(int locate, String stock) {
        begin('L', 26, locate).put(text("MMKR")).put(stock(stock)).put(text("YNA"));
        return end();
    }

    ItchWriter declineLevel(long level1, long level2, long level3) {
        begin('V', 35, 0).putLong(level1).putLong(level2).putLong(level3);
        return end();
    }

    ItchWriter breachedLevel(char level) {
        begin('W', 12, 0).put((byte) level);
        return end();
    }

    ItchWriter quotingPeriod(int locate, String stock, int secondOfDay, int price) {
        begin('K', 28, locate)
                .put(stock(stock))
                .putInt(secondOfDay)
                .put((byte) 'A')
                .putInt(price);
        return end();
    }

    ItchWriter auctionCollar(int locate, String stock, int reference, int upper, int lower) {
        begin('J', 35, locate).put(stock(stock)).putInt(reference).putInt(upper).putInt(lower);
        message.putInt(0);
        return end();
    }

    ItchWriter operationalHalt(int locate, String stock, char market, char action) {
        begin('h', 21, locate).put(stock(stock)).put((byte) market).put((byte) action);
        return end();
    }

    ItchWriter addOrder(int locate, long orderId, char side, int shares, String stock, int price) {
        begin('A', 36, locate).putLong(orderId).put((byte) side).putInt(shares);
        message.put(stock(stock)).putInt(price);
        return end();
    }

    ItchWriter addOrderWithMpid(int locate, long orderId, char side, int shares, String stock, int price) {
        begin('F', 40, locate).putLong(orderId).put((byte) side).putInt(shares);
        message.put(stock(stock)).putInt(price).put(text("MMKR"));
        return end();
    }

    ItchWriter executed(int locate, long orderId, int shares, long match) {
        begin('E', 31, locate).putLong(orderId).putInt(shares).putLong(match);
        return end();
    }

    ItchWriter executedWithPrice(int locate, long orderId, int shares, long match, char printable, int price) {
        begin('C', 36, locate).putLong(orderId).putInt(shares).putLong(match);
        message.put((byte) printable).putInt(price);
        return end();
    }

    ItchWriter cancel(int locate, long orderId, int shares) {
        begin('X', 23, locate).putLong(orderId).putInt(shares);
        return end();
    }

    ItchWriter delete(int locate, long orderId) {
        begin('D', 19, locate).putLong(orderId);
        return end();
    }

    ItchWriter replace(int locate, long orderId, long newOrderId, int shares, int price) {
        begin('U', 35, locate).putLong(orderId).putLong(newOrderId).putInt(shares);
        message.putInt(price);
        return end();
    }

    ItchWriter trade(int locate, char side, int shares, String stock, int price, long match) {
        begin('P', 44, locate).putLong(0).put((byte) side).putInt(shares);
        message.put(stock(stock)).putInt(price).putLong(match);
        return end();
    }

    ItchWriter cross(int locate, long shares, String stock, int price, long match) {
        begin('Q', 40, locate).putLong(shares).put(stock(stock)).putInt(price);
        message.putLong(match).put((byte) 'O');
        return end();
    }

    ItchWriter brokenTrade(int locate, long match) {
        begin('B', 19, locate).putLong(match);
        return end();
    }

    ItchWriter imbalance(int locate, String stock, long paired, long imbalance, int price) {
        begin('I', 50, locate).putLong(paired).putLong(imbalance).put((byte) 'B');
        message.put(stock(stock)).putInt(price).putInt(price).putInt(price);
        message.put(text("OL"));
        return end();
    }

    ItchWriter retailInterest(int locate, String stock) {
        begin('N', 20, locate).put(stock(stock)).put((byte) 'A');
        return end();
    }

    ItchWriter directListing(int locate, String stock, int lowest, int highest, int near) {
        begin('O', 48, locate).put(stock(stock)).put((byte) 'N').putInt(lowest).putInt(highest);
        message.putInt(near).putLong(timestamp).putInt(lowest).putInt(highest);
        return end();
    }

    /** Any message, behind its length. */
    ItchWriter raw(byte... bytes) {
        content.write(bytes.length >> 8);
        content.write(bytes.length);
        content.writeBytes(bytes);
        return this;
    }

    ItchWriter endOfSession() {
        content.writeBytes(new byte[2]);
        return this;
    }

    /** A message of every type that ITCH 5.0 has, about two stocks. */
    ItchWriter oneOfEach() {
        return at(1_000)
                .systemEvent('O')
                .stockDirectory(1, "AAA")
                .stockDirectory(2, "BBBB.A")
                .tradingAction(1, "AAA", 'T')
                .regSho(1, "AAA")
                .marketParticipantPosition(1, "AAA")
                .declineLevel(2_500_00000000L, 2_400_00000000L, 2_300_00000000L)
                .breachedLevel('1')
                .quotingPeriod(1, "AAA", 34_200, 10_0000)
                .auctionCollar(1, "AAA", 10_0000, 11_0000, 9_0000)
                .operationalHalt(1, "AAA", 'Q', 'T')
                .imbalance(1, "AAA", 100, 200, 10_0000)
                .retailInterest(1, "AAA")
                .directListing(1, "AAA", 8_0000, 18_0000, 10_0000)
                .at(2_000)
                .addOrder(1, 11, 'B', 100, "AAA", 9_9900)
                .addOrderWithMpid(2, 12, 'S', 200, "BBBB.A", 20_0100)
                .executed(1, 11, 30, 501)
                .executedWithPrice(2, 12, 50, 502, 'N', 20_0050)
                .cancel(1, 11, 20)
                .replace(1, 11, 13, 70, 9_9800)
                .delete(2, 12)
                .trade(1, 'B', 5, "AAA", 10_0025, 503)
                .cross(2, 1_000, "BBBB.A", 20_0000, 504)
                .brokenTrade(1, 503)
                .systemEvent('C');
    }

    private ByteBuffer begin(char type, int length, int locate) {
        message = ByteBuffer.allocate(length).put((byte) type).putShort((short) locate);
        return message.putShort((short) 0).putShort((short) (timestamp >> 32)).putInt((int) timestamp);
    }

    private ItchWriter end() {
        if (message.hasRemaining()) {
            throw new IllegalStateException("Message is short by " + message.remaining() + " bytes");
        }
        if (zeroPrefixes) {
            content.writeBytes(new byte[2]);
            content.writeBytes(message.array());
            return this;
        }
        return raw(message.array());
    }

    private static byte[] stock(String symbol) {
        return text("%-8s".formatted(symbol));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
