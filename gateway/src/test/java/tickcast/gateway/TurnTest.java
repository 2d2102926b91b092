package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;

/** What a turn makes of the feed's messages, frame by frame, without sockets and threads. */
@Timeout(60)
class TurnTest extends TurnRig {
    private static final long NOW = 1_000_000_007L;
    private static final Set<Channel> ALL = EnumSet.allOf(Channel.class);

    private boolean tooSlow;

    @Test
    void aTurnIsOneWriteForEachSubscriberHoweverMuchChanged() {
        var one = subscribe(Subprotocol.SBE, "A");
        var both = subscribe(Subprotocol.SBE, "A", "B");
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        feed.bid("B", Decimal8.ONE, TestFeed.LOT);
        feed.bid("A", Decimal8.ONE, 2 * TestFeed.LOT);
        turn();
        assertEquals("A5 A7", packet(one.readOutbound()));
        assertEquals("A5 A7 B6", packet(both.readOutbound()));
        assertNull(one.readOutbound());
        assertNull(both.readOutbound());
        assertEquals(5, counters.delivered());
    }

    @Test
    void subscribersOfOneSymbolShareTheBytes() {
        var first = subscribe(Subprotocol.SBE, "A");
        var second = subscribe(Subprotocol.SBE, "A");
        feed.trade("A", Decimal8.ONE, TestFeed.LOT);
        turn();
        ByteBuf mine = first.readOutbound();
        ByteBuf theirs = second.readOutbound();
        assertSame(mine.unwrap(), theirs.unwrap());
        mine.release();
        assertEquals(1, theirs.refCnt());
        theirs.release();
        assertEquals(0, theirs.refCnt(), "the turn keeps nothing");
    }

    @Test
    void aTurnIsBounded() {
        for (int i = 0; i < 3_000; i++) {
            feed.trade("A", Decimal8.ONE, TestFeed.LOT);
        }
        int read = 0;
        while (turn.hasRoom()) {
            int polled = reader.poll();
            assertTrue(polled > 0, "no more after " + read);
            read += polled;
        }
        assertTrue(read >= Turn.MAX_MESSAGES && read < Turn.MAX_MESSAGES + FeedReader.POLL_LIMIT, "read: " + read);
    }

    @Test
    void aTurnIsBoundedByWhatIsEncodedToo() {
        for (int depth = 1; depth <= 100; depth++) {
            join(Subprotocol.V1, depth, "A");
        }
        for (int i = 0; i < 1_000; i++) {
            feed.bid("A", Decimal8.ONE * (i + 1), TestFeed.LOT);
        }
        int read = 0;
        while (turn.hasRoom()) {
            int polled = reader.poll();
            assertTrue(polled > 0, "no more after " + read);
            read += polled;
        }
        assertTrue(read < Turn.MAX_MESSAGES, "read: " + read);
        turn.clear();
    }

    /** The feed is read again from a checkpoint, and what was read before ends within it. */
    @Test
    void aSymbolThatTheSecondReadingDidNotReachBeginsAnew() {
        var subscriber = new Subscriber(market, new StalledChannel().outbound, () -> NOW);
        subscriber.subscribe("B", View.granted(Subprotocol.SBE, ALL, 10));
        subscriber.join();
        feed.breakNextChecksum();
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        for (int i = 0; i < FeedReader.POLL_LIMIT - 4; i++) {
            feed.trade("B", Decimal8.ONE, TestFeed.LOT);
        }
        feed.checkpoint();

        assertEquals(FeedReader.POLL_LIMIT, reader.poll());
        assertEquals(feed.lastSeq() - 1, market.lastSeq(), "all but the snapshot of B");
        assertTrue(reader.poll() > 0);
        assertEquals(Set.of("B"), subscriber.waiting().keySet());
        readAll();
        subscriber.join();
        assertEquals(Set.of("B"), Set.copyOf(subscriber.symbols()));
        assertEquals(1, subscriber.live().size());
    }

    @Test
    void aPacketToTheByte() {
        var client = subscribe(Subprotocol.SBE, "B");
        feed.trade("B", 2 * Decimal8.ONE, TestFeed.LOT);
        turn();
        ByteBuf frame = client.readOutbound();
        var hex = ByteBufUtil.hexDump(frame);
        // Final and binary, 89 bytes; epoch; send time; one message, of 69 bytes; its SBE header.
        assertEquals("8259", hex.substring(0, 4));
        assertEquals(feed.epoch(), Long.reverseBytes(Long.parseUnsignedLong(hex.substring(4, 20), 16)));
        assertEquals("07ca9a3b00000000", hex.substring(20, 36));
        assertEquals("0100" + "4500", hex.substring(36, 44));
        assertEquals("3d000500c31b0200", hex.substring(44, 60));
        frame.release();
    }

    @Test
    void v1ToTheByte() {
        var client = subscribe(Subprotocol.V1, "B");
        feed.trade("B", 2 * Decimal8.ONE, 3 * Decimal8.ONE);
        feed.bid("B", 2 * Decimal8.ONE, 3 * Decimal8.ONE);
        turn();
        ByteBuf frames = client.readOutbound();
        var hex = ByteBufUtil.hexDump(frames);
        String time = hex.substring(2 * 15, 2 * 23);
        assertEquals(
                "8215" + "01" + "02000000" + "0000000000000040" + time
                        + "8226" + "03" + "02000000" + "00" + "0000000000000040" + "0000000000000840"
                        + "0100000000000000" + time
                        + "8217" + "02" + "02000000" + "00" + "01" + "0000000000000040" + "0000000000000840",
                hex);
        frames.release();
    }

    @Test
    void anAuctionTellsNoSide() {
        var v1 = subscribe(Subprotocol.V1, "B");
        var json = subscribe(Subprotocol.JSON, "B");
        feed.trade("B", 2 * Decimal8.ONE, 3 * Decimal8.ONE, Side.NULL_VAL);
        turn();
        ByteBuf frames = v1.readOutbound();
        assertEquals("8226" + "03" + "02000000" + "ff", ByteBufUtil.hexDump(frames, 23, 8));
        frames.release();
        ByteBuf frame = json.readOutbound();
        var text = frame.toString(4, frame.readableBytes() - 4, StandardCharsets.UTF_8);
        assertTrue(text.endsWith("\"price\":2,\"quantity\":3}"), text);
        frame.release();
    }

    @Test
    void aCheckpointSendsNoBookThatIsKnown() {
        for (int i = 1; i <= 600; i++) {
            feed.bid("B", Decimal8.ONE * i, TestFeed.LOT);
        }
        readAll();
        var sbe = subscribe(Subprotocol.SBE, "B");
        var v1 = subscribe(Subprotocol.V1, "B");
        var json = subscribe(Subprotocol.JSON, "B");
        feed.checkpoint();
        turn();
        ByteBuf frame = sbe.readOutbound();
        assertTrue(frame.readableBytes() < 200, "bytes: " + frame.readableBytes());
        assertEquals(List.of("SymbolDefinition 607 after 604", "BookDelta 608 after 607: 0 levels"), messages(frame));
        assertNull(v1.readOutbound());
        ByteBuf text = json.readOutbound();
        assertTrue(
                text.toString(StandardCharsets.UTF_8).endsWith(",\"bids\":[],\"asks\":[]}"),
                text.toString(StandardCharsets.UTF_8));
        text.release();
    }

    /** As when an exchange starts again: what rested before is gone. */
    @Test
    void aCheckpointSendsABookThatIsNew() {
        feed.bid("B", Decimal8.ONE, TestFeed.LOT);
        readAll();
        var sbe = subscribe(Subprotocol.SBE, "B");
        feed.symbol("B").book().set(Side.BUY, Decimal8.ONE, 0);
        feed.checkpoint();
        turn();
        assertEquals(List.of("SymbolDefinition 8 after 5", "BookSnapshot 9 after 8"), messages(sbe.readOutbound()));
    }

    @Test
    void jsonIsOneTextFrameForEachMessage() {
        var client = subscribe(Subprotocol.JSON, "B");
        feed.trade("B", 2 * Decimal8.ONE, 3 * Decimal8.ONE);
        turn();
        ByteBuf frame = client.readOutbound();
        assertEquals(0x81, frame.readUnsignedByte());
        assertEquals(126, frame.readUnsignedByte());
        int length = frame.readUnsignedShort();
        var text = frame.readCharSequence(length, StandardCharsets.UTF_8).toString();
        assertTrue(
                text.startsWith("{\"type\":\"trade\",\"symbol\":\"B\",\"symbolId\":2,\"seq\":5,\"prevSeq\":4,"), text);
        assertFalse(frame.isReadable());
        frame.release();
    }

    @Test
    void manySnapshotsWaitForTheClientToReadThem() {
        for (int i = 1; i <= 600; i++) {
            for (String symbol : new String[] {"A", "B"}) {
                feed.bid(symbol, Decimal8.ONE * i, TestFeed.LOT);
                feed.ask(symbol, Decimal8.ONE * (600 + i), TestFeed.LOT);
            }
        }
        readAll();
        var stalled = new StalledChannel();
        var subscriber = stalled.subscriber();
        subscriber.subscribe("A", View.granted(Subprotocol.SBE, ALL, 10));
        subscriber.subscribe("B", View.granted(Subprotocol.SBE, ALL, 10));
        subscriber.join();
        assertEquals(1, subscriber.live().size());
        assertEquals(Set.of("B"), subscriber.waiting().keySet());
        stalled.takeAll();
        assertEquals(2, subscriber.live().size());
        stalled.channel.releaseOutbound();
        assertFalse(tooSlow);
    }

    /** As at the beginning of a recording. */
    @Test
    void manySymbolsAtOnceAreToldInOneMessageOfATurnThatAllShare() {
        var first = new AllSubscriber(new StalledChannel());
        var second = new AllSubscriber(new StalledChannel());
        for (int i = 0; i < 3_000; i++) {
            feed.list("S" + i);
        }
        int turns = 0;
        while (reader.poll() > 0) {
            while (turn.hasRoom() && reader.poll() > 0) {}
            turn.clear();
            turns++;
            first.desk.goOn();
            second.desk.goOn();
            first.stalled.takeAll();
            second.stalled.takeAll();
        }
        assertTrue(turns < 20, "turns: " + turns);
        assertEquals(turns, first.told.size());
        for (int i = 0; i < turns; i++) {
            assertSame(first.told.get(i), second.told.get(i));
        }
        assertEquals(feed.symbols(), first.symbolsTold());
        assertEquals(3_002, first.subscriber.live().size());
        first.stalled.channel.releaseOutbound();
        second.stalled.channel.releaseOutbound();
    }

    @Test
    void newSymbolsWaitForTheClientToReadWhatItWasSentBefore() {
        var slow = new AllSubscriber(new StalledChannel());
        for (int i = 0; i < 3_000; i++) {
            feed.list("S" + i);
            if (i % 100 == 0) {
                readAll();
                slow.desk.goOn();
            }
        }
        readAll();
        slow.desk.goOn();
        assertFalse(tooSlow);
        assertTrue(
                slow.symbolsTold().size() < 1_000,
                "told of " + slow.symbolsTold().size());
        slow.stalled.takeAll();
        assertFalse(tooSlow);
        assertEquals(feed.symbols(), slow.symbolsTold());
        assertEquals(3_002, slow.subscriber.live().size());
        assertTrue(slow.told.size() < 20, "the late are told together: " + slow.told.size());
        slow.stalled.channel.releaseOutbound();
    }

    /** Between the end of a connection and the news of it. */
    @Test
    void aConnectionThatIsGoneIsNotTooSlow() {
        var stalled = new StalledChannel();
        var subscriber = new Subscriber(market, stalled.outbound, () -> NOW);
        stalled.whenTooSlow(subscriber::close);
        subscriber.subscribe("A", View.granted(Subprotocol.SBE, ALL, 10));
        subscriber.subscribe("B", View.granted(Subprotocol.SBE, ALL, 10));
        stalled.channel.close();
        subscriber.join();
        assertFalse(tooSlow);
        subscriber.close();
    }

    @Test
    void moreThanTheLimitWaiting() {
        var stalled = new StalledChannel();
        var subscriber = stalled.subscriber();
        subscriber.subscribe("A", View.granted(Subprotocol.JSON, ALL, 10));
        subscriber.join();
        for (int i = 0; i < 2_000 && !tooSlow; i++) {
            feed.trade("A", Decimal8.ONE, TestFeed.LOT);
            turn();
        }
        assertTrue(tooSlow);
        assertTrue(stalled.outbound.pendingBytes() < 70_000, "pending: " + stalled.outbound.pendingBytes());
        stalled.channel.releaseOutbound();
    }

    @Test
    void aBrokenSymbolLeavesTheOthersWhole() {
        var broken = subscribe(Subprotocol.SBE, "A");
        var whole = subscribe(Subprotocol.SBE, "B");
        feed.bid("B", Decimal8.ONE, TestFeed.LOT);
        feed.breakNextChecksum();
        feed.bid("A", Decimal8.ONE, TestFeed.LOT);
        feed.bid("B", Decimal8.ONE, 2 * TestFeed.LOT);
        turn();
        turn();
        feed.bid("B", Decimal8.ONE, 3 * TestFeed.LOT);
        turn();
        assertEquals("B5 B7", packet(whole.readOutbound()));
        assertEquals("B8", packet(whole.readOutbound()));
        assertNull(broken.readOutbound(), "the checkpoint leads to the same wrong book");
        feed.checkpoint();
        feed.bid("A", Decimal8.ONE, 4 * TestFeed.LOT);
        turn();
        assertTrue(market.takeJoinsPossible());
        assertEquals("B11 B12", packet(whole.readOutbound()));
        market.channel("A").expel();
    }

    private void turn() {
        while (reader.poll() > 0) {
            assertTrue(turn.hasRoom());
        }
        turn.distribute(market.epoch(), NOW, counters);
        turn.clear();
    }

    /** A client that has subscribed and read its snapshots. */
    private EmbeddedChannel subscribe(Subprotocol form, String... symbols) {
        return join(form, 10, symbols);
    }

    private EmbeddedChannel join(Subprotocol form, int depth, String... symbols) {
        var channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        var outbound =
                new Outbound(channel.pipeline().firstContext(), flushing(channel), 1 << 20, () -> tooSlow = true);
        var subscriber = new Subscriber(market, outbound, () -> NOW);
        for (String symbol : symbols) {
            subscriber.subscribe(symbol, View.granted(form, ALL, depth));
        }
        subscriber.join();
        outbound.flush();
        for (String symbol : symbols) {
            ByteBuf snapshot = channel.readOutbound();
            assertNotNull(snapshot, symbol);
            snapshot.release();
        }
        return channel;
    }

    /** The messages of a packet, each with its place in the chain. */
    private static List<String> messages(ByteBuf frame) {
        int header = FrameHeader.length(frame.readableBytes() - 4);
        var bytes = new byte[frame.readableBytes() - header];
        frame.skipBytes(header).readBytes(bytes);
        frame.release();
        var buffer = new UnsafeBuffer(bytes);
        var packet = new Packet().wrap(buffer, 0, bytes.length);
        var messages = new ArrayList<String>();
        while (packet.next()) {
            int at = packet.messageOffset();
            String what = switch (FeedHeader.templateId(buffer, at)) {
                case SymbolDefinitionDecoder.TEMPLATE_ID -> "SymbolDefinition";
                case BookSnapshotDecoder.TEMPLATE_ID -> "BookSnapshot";
                default -> "BookDelta";
            };
            String levels = what.equals("BookDelta")
                    ? ": "
                            + new BookDeltaDecoder()
                                    .wrapAndApplyHeader(buffer, at, new MessageHeaderDecoder())
                                    .levels()
                                    .count()
                            + " levels"
                    : "";
            messages.add(what + " " + FeedHeader.seq(buffer, at) + " after " + FeedHeader.prevSeq(buffer, at) + levels);
        }
        return messages;
    }

    /** The messages of a packet, each as symbol and sequence. */
    private static String packet(ByteBuf frame) {
        assertNotNull(frame);
        int header = FrameHeader.length(frame.readableBytes() - 4);
        var bytes = new byte[frame.readableBytes() - header];
        frame.skipBytes(header).readBytes(bytes);
        frame.release();
        var buffer = new UnsafeBuffer(bytes);
        var packet = new Packet().wrap(buffer, 0, bytes.length);
        assertEquals(NOW, packet.sendTime());
        var text = new StringBuilder();
        while (packet.next()) {
            text.append(FeedHeader.symbolId(buffer, packet.messageOffset()) == 1 ? " A" : " B")
                    .append(FeedHeader.seq(buffer, packet.messageOffset()));
        }
        return text.substring(1);
    }

    /** A session that has subscribed all symbols. */
    private final class AllSubscriber {
        private final StalledChannel stalled;
        private final Subscriber subscriber;
        private final SubscriptionDesk desk;
        private final List<String> told = new ArrayList<>();
        private final List<String> atFirst;

        AllSubscriber(StalledChannel stalled) {
            this.stalled = stalled;
            subscriber = stalled.subscriber();
            Consumer<String> replies = text -> {
                told.add(text);
                stalled.outbound.writeText(text);
            };
            var histories = new Histories(null, subscriber, stalled.outbound, Subprotocol.SBE, replies);
            desk = new SubscriptionDesk(market, subscriber, histories, Subprotocol.SBE, Patience.DEFAULT, replies);
            desk.on(new ClientMessage.Subscribe(null, List.of("*"), ALL, 10));
            atFirst = symbols(told.remove(0));
        }

        List<String> symbolsTold() {
            var symbols = new ArrayList<>(atFirst);
            told.forEach(text -> symbols.addAll(symbols(text)));
            return symbols;
        }

        private static List<String> symbols(String text) {
            return ((ServerMessage.Subscribed) ServerMessage.parse(text))
                    .symbols().stream().map(ServerMessage.Listing::symbol).toList();
        }
    }

    /** A client whose connection takes nothing until it is told to. */
    private final class StalledChannel extends ChannelOutboundHandlerAdapter {
        private final EmbeddedChannel channel = new EmbeddedChannel(this, new ChannelInboundHandlerAdapter());
        private final Outbound outbound = new Outbound(
                channel.pipeline().lastContext(), new FlushQueue(channel.eventLoop()), 64 << 10, this::tooSlow);
        private Runnable whenTooSlow = () -> {};
        private boolean taking;

        void whenTooSlow(Runnable action) {
            whenTooSlow = action;
        }

        private void tooSlow() {
            tooSlow = true;
            whenTooSlow.run();
        }

        Subscriber subscriber() {
            return new Subscriber(market, outbound, () -> NOW);
        }

        void takeAll() {
            taking = true;
            channel.flush();
            channel.runPendingTasks();
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            if (taking) {
                context.flush();
            }
        }
    }
}
