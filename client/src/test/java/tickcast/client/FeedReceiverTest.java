package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Decimal8;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.V1;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

class FeedReceiverTest {
    private final RecordingListener calls = new RecordingListener();
    private final ClientCounters counters = new ClientCounters();
    private final TrackedBooks books = new TrackedBooks();
    private final List<String> lost = new ArrayList<>();
    private final List<Long> latencies = new ArrayList<>();
    private final FeedScript feed = new FeedScript();

    @Test
    void packetsBecomeBooksAndEvents() {
        var receiver = receiver(Subprotocol.SBE);
        feed.book.set(Side.BUY, 10, 5);
        receive(
                receiver,
                feed.snapshot(),
                feed.delta(Side.SELL, 12, 3),
                feed.trade(Side.BUY, 12, 1),
                feed.delta(Side.SELL, 12, 2),
                feed.status(TradingStatus.HALTED),
                feed.definition());
        assertEquals(
                List.of(
                        "book 5@10/",
                        "book 5@10/3@12",
                        "trade BTC/USD 77 BUY 1@12",
                        "book 5@10/2@12",
                        "status BTC/USD HALTED",
                        "instrument BTC/USD OPEN"),
                calls.all());
        assertEquals(6, counters.messages());
        assertEquals(List.of(), lost);
        assertEquals(6, latencies.size());
        assertEquals(5_000, latencies.get(0));
        assertTrue(books.view(FeedScript.SYMBOL).verified());
    }

    @Test
    void jsonGivesTheSameAsPackets() throws IOException {
        var receiver = receiver(Subprotocol.JSON);
        feed.book.set(Side.BUY, 10 * Decimal8.ONE, 5);
        for (byte[] message :
                List.of(feed.snapshot(), feed.delta(Side.SELL, 12, 3), feed.trade(Side.SELL, 10 * Decimal8.ONE, 1))) {
            receiver.text(FeedScript.json(message));
        }
        assertEquals(
                List.of("book 5@1000000000/", "book 5@1000000000/3@12", "trade BTC/USD 77 SELL 1@1000000000"),
                calls.all());
        assertEquals(
                BookView.of(FeedScript.SYMBOL, feed.book).asks(),
                books.view(FeedScript.SYMBOL).asks());
        assertTrue(books.view(FeedScript.SYMBOL).verified());
    }

    @Test
    void conflatedBooksAreProvedAndCounted() throws IOException {
        var packets = receiver(Subprotocol.SBE);
        var texts = receiver(Subprotocol.JSON);
        byte[] first = feed.snapshot();
        feed.delta(Side.BUY, 9, 1);
        feed.trade(Side.BUY, 9, 1);
        feed.delta(Side.BUY, 10, 1);
        byte[] conflated = feed.conflated(3, 1);
        byte[] second = feed.snapshot();
        receive(packets, first, conflated, second);
        for (byte[] message : List.of(first, conflated, second)) {
            texts.text(FeedScript.json(message));
        }
        var told = List.of("book /", "conflated BTC/USD 3 1", "book 1@10,1@9/");
        assertEquals(told, calls.all().subList(0, 3));
        assertEquals(told, calls.all().subList(3, 6));
        assertEquals(List.of(), lost);
        assertEquals(4, books.view(FeedScript.SYMBOL).seq());
        assertTrue(books.view(FeedScript.SYMBOL).verified());
    }

    @Test
    void v1ReplacesWholeSides() {
        var receiver = receiver(Subprotocol.V1);
        var buffer = new UnsafeBuffer(new byte[4096]);
        feed.book.set(Side.BUY, 3 * Decimal8.ONE, Decimal8.ONE);
        feed.book.set(Side.BUY, 2 * Decimal8.ONE, Decimal8.ONE);
        receiver.binary(buffer, V1.encodeBook(buffer, 0, FeedScript.SYMBOL_ID, Side.BUY, feed.book, 10));
        feed.book.set(Side.BUY, 3 * Decimal8.ONE, 0);
        receiver.binary(buffer, V1.encodeBook(buffer, 0, FeedScript.SYMBOL_ID, Side.BUY, feed.book, 10));
        receiver.binary(buffer, V1.encodePrice(buffer, 0, FeedScript.SYMBOL_ID, 12_345_678, 9_000_000));
        receiver.binary(buffer, V1.encodeTrade(buffer, 0, FeedScript.SYMBOL_ID, Side.SELL, 1, 2, 3, 4_000_000));
        assertEquals(
                List.of(
                        "book 100000000@300000000,100000000@200000000/",
                        "book 100000000@200000000/",
                        "price BTC/USD 12345678 9000000",
                        "trade BTC/USD 3 SELL 2@1"),
                calls.all());
    }

    @Test
    void aTradeOfAnAuctionHasNoAggressorInAnyForm() throws IOException {
        receive(receiver(Subprotocol.SBE), feed.snapshot(), feed.trade(Side.NULL_VAL, 10, 1));
        receiver(Subprotocol.JSON).text(FeedScript.json(feed.trade(Side.NULL_VAL, 10, 1)));
        var buffer = new UnsafeBuffer(new byte[64]);
        receiver(Subprotocol.V1)
                .binary(buffer, V1.encodeTrade(buffer, 0, FeedScript.SYMBOL_ID, Side.NULL_VAL, 10, 1, 77, 0));
        String told = "trade BTC/USD 77 NULL_VAL 1@10";
        assertEquals(List.of("book /", told, told, told), calls.all());
    }

    @Test
    void v1NumbersThatAreNoneAreMalformed() {
        var receiver = receiver(Subprotocol.V1);
        var buffer = new UnsafeBuffer(new byte[64]);
        int length = V1.encodePrice(buffer, 0, FeedScript.SYMBOL_ID, 1, 1);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
            buffer.putDouble(5, bad, ByteOrder.LITTLE_ENDIAN);
            assertThrows(MalformedMessageException.class, () -> receiver.binary(buffer, length));
        }
    }

    @Test
    void aMissingMessageIsAGapAndTheBookIsNotShown() {
        var receiver = receiver(Subprotocol.SBE);
        byte[] snapshot = feed.snapshot();
        feed.delta(Side.BUY, 9, 1);
        byte[] afterTheMissing = feed.delta(Side.BUY, 10, 1);
        receive(receiver, snapshot, afterTheMissing, feed.delta(Side.BUY, 11, 1));
        assertEquals(List.of("Gap before sequence 3"), lost);
        assertEquals(List.of("book /"), calls.all());
        assertEquals(1, counters.gaps());
        receive(receiver, feed.snapshot());
        assertEquals("book 1@11,1@10,1@9/", calls.all().get(1));
    }

    @Test
    void aWrongChecksumIsTold() {
        var receiver = receiver(Subprotocol.SBE);
        receive(receiver, feed.snapshot(), feed.delta(Side.BUY, 9, 1, 4711));
        assertEquals(List.of("Checksum mismatch at sequence 2"), lost);
        assertEquals(1, counters.checksumMismatches());
        assertEquals(List.of("book /"), calls.all());
    }

    @Test
    void aRepeatIsCountedAndNotTold() {
        var receiver = receiver(Subprotocol.SBE);
        byte[] snapshot = feed.snapshot();
        byte[] trade = feed.trade(Side.BUY, 1, 1);
        receive(receiver, snapshot, trade, trade);
        assertEquals(1, counters.duplicates());
        assertEquals(2, calls.all().size());
    }

    @Test
    void aNewEpochVoidsTheBooks() {
        var receiver = receiver(Subprotocol.SBE);
        receive(receiver, feed.snapshot(), feed.delta(Side.BUY, 9, 1));
        feed.newEpoch();
        receive(receiver, feed.trade(Side.BUY, 1, 1));
        assertEquals(1, lost.size());
        assertEquals(List.of(), books.view(FeedScript.SYMBOL).bids());
    }

    @Test
    void aSessionWithoutAllChannelsTellsTradesAndDoesNotCheck() {
        var receiver = receiver(Subprotocol.JSON, List.of("trades"));
        byte[] first = feed.trade(Side.BUY, 1, 1);
        feed.delta(Side.BUY, 9, 1);
        byte[] second = feed.trade(Side.BUY, 2, 1);
        receiver.text(json(first));
        receiver.text(json(second));
        assertEquals(List.of("trade BTC/USD 77 BUY 1@1", "trade BTC/USD 77 BUY 1@2"), calls.all());
        assertEquals(0, counters.gaps());
    }

    @Test
    void damagedPacketsAreMalformedOrHarmless() {
        var receiver = receiver(Subprotocol.SBE);
        byte[] good =
                feed.packet(feed.snapshot(), feed.delta(Side.BUY, 9, 1), feed.definition(), feed.trade(Side.BUY, 9, 1));
        for (int length = 0; length < good.length; length++) {
            int cut = length;
            assertThrows(MalformedMessageException.class, () -> receiver.binary(new UnsafeBuffer(good, 0, cut), cut));
        }
        var random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                receiver.binary(new UnsafeBuffer(damaged), damaged.length);
            } catch (MalformedMessageException e) {
                refused++;
            }
        }
        assertTrue(refused > 1_000, "refused " + refused);
    }

    private FeedReceiver receiver(Subprotocol form) {
        return receiver(form, List.of("price", "book", "trades"));
    }

    private FeedReceiver receiver(Subprotocol form, List<String> channels) {
        var receiver = new FeedReceiver(
                form,
                calls,
                counters,
                books,
                (symbol, cause) -> lost.add(cause),
                () -> FeedScript.TIME + TimeUnit.MICROSECONDS.toNanos(5),
                latencies::add);
        receiver.track(new ServerMessage.Subscribed(
                null, List.of(ScriptedSession.listing()), List.of(), channels, null, FeedScript.EPOCH));
        return receiver;
    }

    private void receive(FeedReceiver receiver, byte[]... messages) {
        byte[] packet = feed.packet(messages);
        receiver.binary(new UnsafeBuffer(packet), packet.length);
    }

    private static String json(byte[] message) {
        try {
            return FeedScript.json(message);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
