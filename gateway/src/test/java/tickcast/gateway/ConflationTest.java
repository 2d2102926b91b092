package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.OnSlow;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.SymbolStatusDecoder;
import tickcast.protocol.sbe.TradeDecoder;
import tickcast.protocol.sbe.TradingStatus;

/** What subscribers with a rate are sent and when, message by message, without sockets and threads. */
@Timeout(60)
class ConflationTest extends TurnRig {
    private static final Set<Channel> ALL = EnumSet.allOf(Channel.class);
    private static final Set<Channel> NO_TRADES = EnumSet.of(Channel.PRICE, Channel.BOOK);
    /** An update every 100 ms at most. */
    private static final double RATE = 10;

    @Test
    void theFirstChangeComesAtOnceTheNextOnesTogether() {
        var client = subscribe(Subprotocol.SBE, ALL);
        feed.bid("A", 5 * Decimal8.ONE, TestFeed.LOT);
        turn(0);
        assertEquals(List.of("Conflated 5 after 2: 1, 0 trades", "BookSnapshot 5 after 0"), messages(client));
        feed.bid("A", 6 * Decimal8.ONE, TestFeed.LOT);
        turn(10);
        feed.bid("A", 7 * Decimal8.ONE, TestFeed.LOT);
        turn(99);
        assertEquals(List.of(), messages(client));
        turn(100);
        assertEquals(List.of("Conflated 7 after 5: 2, 0 trades", "BookSnapshot 7 after 0"), messages(client));
        turn(300);
        assertEquals(List.of(), messages(client), "nothing changed");
    }

    @Test
    void tradesAndStatusComeAtOnceAndStandAlone() {
        var client = subscribe(Subprotocol.SBE, ALL);
        feed.bid("A", 5 * Decimal8.ONE, TestFeed.LOT);
        turn(0);
        messages(client);
        feed.trade("A", Decimal8.ONE, TestFeed.LOT);
        feed.ask("A", 9 * Decimal8.ONE, TestFeed.LOT);
        feed.status("A", TradingStatus.HALTED);
        turn(10);
        assertEquals(List.of("Trade 6 after 0", "SymbolStatus 8 after 0"), messages(client));
        turn(100);
        assertEquals(List.of("Conflated 8 after 5: 1, 0 trades", "BookSnapshot 8 after 0"), messages(client));
    }

    @Test
    void withoutTradesTheyAreCounted() {
        var client = subscribe(Subprotocol.SBE, NO_TRADES);
        feed.trade("A", Decimal8.ONE, TestFeed.LOT);
        feed.trade("A", 2 * Decimal8.ONE, TestFeed.LOT);
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        turn(0);
        assertEquals(List.of("Conflated 7 after 2: 3, 2 trades", "BookSnapshot 7 after 0"), messages(client));
    }

    @Test
    void aCheckpointThatSaysNothingNewIsNoUpdate() {
        var client = subscribe(Subprotocol.SBE, NO_TRADES);
        feed.checkpoint();
        turn(0);
        assertEquals(List.of("SymbolDefinition 5 after 0"), messages(client));
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        turn(10);
        assertEquals(List.of("Conflated 9 after 2: 2, 0 trades", "BookSnapshot 9 after 0"), messages(client));
    }

    @Test
    void subscribersOfOneRateShareTheBytes() {
        var first = subscribe(Subprotocol.SBE, ALL);
        var second = subscribe(Subprotocol.SBE, ALL);
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        turn(0);
        ByteBuf mine = first.readOutbound();
        ByteBuf theirs = second.readOutbound();
        assertSame(mine.unwrap(), theirs.unwrap());
        mine.release();
        assertEquals(1, theirs.refCnt());
        theirs.release();
        assertEquals(0, theirs.refCnt(), "the turn keeps nothing");
    }

    /** However many subscribe it: what is merged costs no memory. */
    @Test
    void mergingAllocatesNothing() {
        for (int i = 0; i < 50; i++) {
            subscribe(Subprotocol.SBE, NO_TRADES);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 900; i++) {
                feed.bid("A", Decimal8.ONE + i % 7, TestFeed.LOT * (1 + i % 5));
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            while (reader.poll() > 0) {
                assertTrue(turn.hasRoom());
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            turn.clear();
        }
        assertTrue(least < 900, "bytes for 900 messages: " + least);
    }

    @Test
    void whoeverSubscribesInBetweenIsRightToo() {
        var early = subscribe(Subprotocol.SBE, ALL);
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        turn(0);
        messages(early);
        feed.bid("A", 2 * Decimal8.ONE, TestFeed.LOT);
        turn(10);
        var book = new DepthBook();
        var late = subscribe(Subprotocol.SBE, ALL, book);
        assertEquals(6, book.lastSeq());
        feed.trade("A", Decimal8.ONE, TestFeed.LOT);
        turn(20);
        feed.ask("A", 3 * Decimal8.ONE, TestFeed.LOT);
        turn(100);
        assertEquals(List.of("Trade 7", "Conflated 8", "BookSnapshot 8"), applied(late, book));
        assertSameBook("A", book);
    }

    @Test
    void v1IsSentThePriceAndTheSidesThatChanged() {
        var client = subscribe(Subprotocol.V1, ALL);
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        turn(0);
        assertEquals("bid", v1(client));
        feed.trade("A", 2 * Decimal8.ONE, TestFeed.LOT);
        feed.trade("A", 3 * Decimal8.ONE, TestFeed.LOT);
        turn(10);
        assertEquals("trade 2.0 trade 3.0", v1(client));
        feed.ask("A", 9 * Decimal8.ONE, TestFeed.LOT);
        feed.ask("A", 8 * Decimal8.ONE, TestFeed.LOT);
        turn(100);
        assertEquals("price 3.0 ask", v1(client));
    }

    @Test
    void jsonIsTheSameAsText() {
        var client = subscribe(Subprotocol.JSON, ALL);
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        feed.bid("A", 2 * Decimal8.ONE, TestFeed.LOT);
        turn(0);
        ByteBuf frames = client.readOutbound();
        var text = frames.toString(StandardCharsets.UTF_8);
        frames.release();
        assertTrue(
                text.contains("{\"type\":\"conflated\",\"symbol\":\"A\",\"symbolId\":1,\"seq\":6,\"prevSeq\":2,"),
                text);
        assertTrue(text.contains("\"merged\":2,\"trades\":0}"), text);
        assertTrue(text.contains("\"depth\":3,"), text);
        assertTrue(text.endsWith("\"bids\":[[2,0.1],[1,0.1]],\"asks\":[]}"), text);
    }

    @Test
    void whereNothingCanBeMergedNoRateIsGranted() {
        assertNull(granted(Subprotocol.JSON, Channel.TRADES).grantedRate());
        assertNull(granted(Subprotocol.V1, Channel.TRADES).grantedRate());
        assertEquals(RATE, granted(Subprotocol.V1, Channel.PRICE).grantedRate());
        assertEquals(List.of("book", "price"), sorted(granted(Subprotocol.SBE, Channel.BOOK)));
        assertEquals(List.of("book", "price", "trades"), sorted(granted(Subprotocol.SBE, Channel.TRADES)));
    }

    /** Through random changes, of rates too: every book is proved, every message is sent or counted, every trade is sent. */
    @Test
    void theCountsAddUp() {
        var random = new Random(5);
        var book = new DepthBook();
        var outbound = client();
        var subscriber = new Subscriber(market, outbound.outbound, () -> 1);
        var tally = new HashMap<String, Long>();
        long before = 0;
        long tradesBefore = 0;
        for (int round = 0; round < 40; round++) {
            double rate = random.nextInt(3) == 0 ? 0 : RATE;
            subscriber.subscribe("A", View.granted(Subprotocol.SBE, ALL, 255, rate, OnSlow.CONFLATE));
            subscriber.join();
            outbound.outbound.flush();
            count(outbound.channel, book, tally);
            if (round == 0) {
                before = market.channel("A").messages();
                tradesBefore = market.channel("A").trades();
            }
            for (int i = 0; i < 20; i++) {
                feed.randomly(random, random.nextInt(20));
                turn(1_000L * round + 7L * i);
                count(outbound.channel, book, tally);
                assertTrue(book.valid());
            }
        }
        turn(1_000_000);
        count(outbound.channel, book, tally);
        assertEquals(market.channel("A").messages() - before, tally.get("sent") + tally.get("merged"));
        assertEquals(market.channel("A").trades() - tradesBefore, tally.get("Trade"));
        assertTrue(tally.get("merged") > 1_000, "merged: " + tally);
        assertSameBook("A", book);
    }

    private void count(EmbeddedChannel channel, DepthBook book, HashMap<String, Long> tally) {
        for (var message : frames(channel)) {
            var update = book.apply(message, 0);
            assertTrue(update == DepthBook.Update.APPLIED, () -> text(message) + " is " + update);
            String name = name(message);
            tally.merge(name, 1L, Long::sum);
            switch (name) {
                case "Conflated" -> {
                    var conflated = new ConflatedDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
                    tally.merge("merged", conflated.merged(), Long::sum);
                    assertEquals(0, conflated.trades());
                }
                case "BookSnapshot" -> {}
                default -> tally.merge("sent", 1L, Long::sum);
            }
        }
    }

    private void assertSameBook(String symbol, DepthBook book) {
        var expected = feed.symbol(symbol).book();
        for (var side : new Side[] {Side.BUY, Side.SELL}) {
            assertEquals(expected.depth(side), book.depth(side));
            for (int rank = 0; rank < expected.depth(side); rank++) {
                assertEquals(expected.price(side, rank), book.price(side, rank));
                assertEquals(expected.quantity(side, rank), book.quantity(side, rank));
            }
        }
    }

    private static View granted(Subprotocol form, Channel channel) {
        return View.granted(form, Set.of(channel), 10, RATE, OnSlow.CONFLATE);
    }

    private static List<String> sorted(View view) {
        return view.channelNames().stream().sorted().toList();
    }

    /** A turn so many milliseconds after the beginning. */
    private void turn(long millis) {
        while (reader.poll() > 0) {
            assertTrue(turn.hasRoom());
        }
        var conflation = turn.conflation();
        conflation.renewDue(conflation.startNanos() + TimeUnit.MILLISECONDS.toNanos(millis), 1, turn);
        turn.distribute(market.epoch(), 1, counters);
        turn.clear();
    }

    private record Client(EmbeddedChannel channel, Outbound outbound) {}

    private Client client() {
        var channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        return new Client(
                channel,
                new Outbound(
                        channel.pipeline().firstContext(), flushing(channel), 1 << 20, () -> assertNull("overflow")));
    }

    private EmbeddedChannel subscribe(Subprotocol form, Set<Channel> channels) {
        return subscribe(form, channels, new DepthBook());
    }

    /** Subscribes A to a depth of three. */
    private EmbeddedChannel subscribe(Subprotocol form, Set<Channel> channels, DepthBook book) {
        var client = client();
        var subscriber = new Subscriber(market, client.outbound, () -> 1);
        subscriber.subscribe("A", View.granted(form, channels, 3, RATE, OnSlow.CONFLATE));
        subscriber.join();
        client.outbound.flush();
        if (form == Subprotocol.SBE) {
            applied(client.channel, book);
        } else {
            ByteBuf snapshot = client.channel.readOutbound();
            assertNotNull(snapshot);
            snapshot.release();
        }
        return client.channel;
    }

    private static List<String> applied(EmbeddedChannel channel, DepthBook book) {
        var applied = new ArrayList<String>();
        for (var message : frames(channel)) {
            assertEquals(DepthBook.Update.APPLIED, book.apply(message, 0), text(message));
            applied.add(name(message) + " " + FeedHeader.seq(message, 0));
        }
        return applied;
    }

    private static List<String> messages(EmbeddedChannel channel) {
        return frames(channel).stream().map(ConflationTest::text).toList();
    }

    private static String text(UnsafeBuffer message) {
        String text = name(message) + " " + FeedHeader.seq(message, 0) + " after " + FeedHeader.prevSeq(message, 0);
        if (FeedHeader.templateId(message, 0) != ConflatedDecoder.TEMPLATE_ID) {
            return text;
        }
        var conflated = new ConflatedDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        return text + ": " + conflated.merged() + ", " + conflated.trades() + " trades";
    }

    private static String name(UnsafeBuffer message) {
        return switch (FeedHeader.templateId(message, 0)) {
            case SymbolDefinitionDecoder.TEMPLATE_ID -> "SymbolDefinition";
            case SymbolStatusDecoder.TEMPLATE_ID -> "SymbolStatus";
            case BookSnapshotDecoder.TEMPLATE_ID -> "BookSnapshot";
            case TradeDecoder.TEMPLATE_ID -> "Trade";
            case ConflatedDecoder.TEMPLATE_ID -> "Conflated";
            default -> "BookDelta";
        };
    }

    /** The messages of all packets that were sent. */
    private static List<UnsafeBuffer> frames(EmbeddedChannel channel) {
        var messages = new ArrayList<UnsafeBuffer>();
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            int length = frame.getByte(frame.readerIndex() + 1);
            frame.skipBytes(length < 126 ? 2 : 4);
            var bytes = new byte[frame.readableBytes()];
            frame.readBytes(bytes);
            frame.release();
            var packet = new Packet().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
            while (packet.next()) {
                messages.add(new UnsafeBuffer(bytes, packet.messageOffset(), packet.messageLength()));
            }
        }
        return messages;
    }

    private static String v1(EmbeddedChannel channel) {
        var text = new StringBuilder();
        for (ByteBuf frames = channel.readOutbound(); frames != null; frames = channel.readOutbound()) {
            while (frames.isReadable()) {
                int length = frames.skipBytes(1).readUnsignedByte();
                var message = frames.readSlice(length);
                text.append(
                        switch (message.readByte()) {
                            case 1 -> " price " + message.getDoubleLE(message.readerIndex() + 4);
                            case 2 -> message.getByte(message.readerIndex() + 4) == 0 ? " bid" : " ask";
                            default -> " trade " + message.getDoubleLE(message.readerIndex() + 5);
                        });
            }
            frames.release();
        }
        return text.substring(1);
    }
}
