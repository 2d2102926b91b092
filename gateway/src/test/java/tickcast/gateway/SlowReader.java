package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.V1;
import tickcast.protocol.json.FeedJsonReader;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/** A client of one symbol that reads only when it is told to, proves its book and counts what it was sent and what it was not. */
final class SlowReader implements AutoCloseable {
    private final RawClient client;
    private final Subprotocol form;
    private final FeedJsonReader json = new FeedJsonReader();
    private final ExpandableArrayBuffer fromJson = new ExpandableArrayBuffer();
    private final DepthBook book = new DepthBook();
    private final List<ServerMessage.Warning> warnings = new ArrayList<>();
    private long startSeq;
    private long newestSeq;
    private long sent;
    private long merged;
    private long trades;
    private long mergedTrades;

    /** Connects, and reads nothing but the welcome, the answer and the snapshot. */
    SlowReader(int port, Subprotocol form, String options) throws IOException {
        this.form = form;
        client = new RawClient(port, form.token(), 4 << 10);
        client.send("{\"type\":\"subscribe\",\"symbols\":[\"A\"]" + options + "}");
        boolean begun = false;
        while (!begun) {
            begun = read() && (form == Subprotocol.V1 || book.valid());
        }
        startSeq = book.lastSeq();
        sent = 0;
    }

    /** Reads a frame; true when it was market data. */
    boolean read() throws IOException {
        var frame = client.read();
        assertNotEquals(RawClient.CLOSE, frame.opcode(), () -> frame.closeCode() + " " + frame.closeReason());
        if (frame.opcode() == RawClient.BINARY) {
            if (form == Subprotocol.V1) {
                trades += frame.payload()[0] == V1.TRADE ? 1 : 0;
            } else {
                packet(frame.payload());
            }
            return true;
        }
        if (frame.opcode() == RawClient.TEXT && FeedJsonReader.isMarketData(frame.text())) {
            json.read(frame.text(), fromJson);
            message(fromJson, 0);
            return true;
        }
        if (frame.opcode() == RawClient.TEXT
                && ServerMessage.parse(frame.text()) instanceof ServerMessage.Warning warning) {
            warnings.add(warning);
        }
        return false;
    }

    private void packet(byte[] bytes) {
        var buffer = new UnsafeBuffer(bytes);
        var packet = new Packet().wrap(buffer, 0, bytes.length);
        while (packet.next()) {
            message(buffer, packet.messageOffset());
        }
    }

    private void message(DirectBuffer buffer, int offset) {
        var message = new UnsafeBuffer(buffer, offset, buffer.capacity() - offset);
        assertEquals(DepthBook.Update.APPLIED, book.apply(message, 0));
        long seq = FeedHeader.seq(message, 0);
        assertTrue(seq >= newestSeq, () -> seq + " after " + newestSeq);
        newestSeq = seq;
        switch (FeedHeader.templateId(message, 0)) {
            case ConflatedDecoder.TEMPLATE_ID -> {
                var conflated = new ConflatedDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
                merged += conflated.merged();
                mergedTrades += conflated.trades();
            }
            case BookSnapshotDecoder.TEMPLATE_ID -> {}
            case TradeDecoder.TEMPLATE_ID -> {
                trades++;
                sent++;
            }
            default -> sent++;
        }
    }

    List<ServerMessage.Warning> warnings() {
        return warnings;
    }

    ServerMessage.Warning lastWarning() {
        return warnings.isEmpty() ? new ServerMessage.Warning("", "") : warnings.get(warnings.size() - 1);
    }

    DepthBook book() {
        return book;
    }

    /** Messages that were sent, snapshots left out. */
    long sent() {
        return sent;
    }

    /** Messages that were told as not sent. */
    long merged() {
        return merged;
    }

    /** Trades that were sent. */
    long trades() {
        return trades;
    }

    /** Trades that were told as not sent. */
    long mergedTrades() {
        return mergedTrades;
    }

    /** Messages there were since the snapshot, of a feed that has one symbol. */
    long all() {
        return newestSeq - startSeq;
    }

    RawClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
