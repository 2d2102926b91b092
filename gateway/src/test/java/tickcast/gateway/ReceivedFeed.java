package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.journal.JournalReader;
import tickcast.journal.Seek;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Packet;
import tickcast.protocol.json.FeedJsonReader;

/** The market data that a client received, of SBE or JSON, through as many connections as it had. */
final class ReceivedFeed {
    private final Map<Integer, List<Long>> seqs = new TreeMap<>();
    private final Map<Integer, DepthBook> books = new HashMap<>();
    private final List<DepthBook.Update> updates = new ArrayList<>();
    private final FeedJsonReader json = new FeedJsonReader();
    private final ExpandableArrayBuffer fromJson = new ExpandableArrayBuffer();
    private long newestSeq;

    /** What the journal has of these symbols from {@code fromSeq} to {@code toSeq}. */
    static Map<Integer, List<Long>> journal(Path directory, long fromSeq, long toSeq, Integer... symbolIds) {
        var expected = new TreeMap<Integer, List<Long>>();
        try (var reader = JournalReader.open(directory)) {
            assertEquals(Seek.FOUND, reader.seek(fromSeq));
            for (long next = fromSeq; next <= toSeq; next++) {
                reader.poll(
                        (message, offset, length) -> {
                            int id = FeedHeader.symbolId(message, offset);
                            if (List.of(symbolIds).contains(id)) {
                                expected.computeIfAbsent(id, any -> new ArrayList<>())
                                        .add(FeedHeader.seq(message, offset));
                            }
                        },
                        1);
            }
        }
        return expected;
    }

    /** Takes what the client has received so far; returns how many messages that were. */
    int takeAll(TestClient client) {
        int taken = 0;
        for (byte[] frame = client.pollBinary(); frame != null; frame = client.pollBinary()) {
            taken += packet(frame);
        }
        for (String text = client.pollJson(); text != null; text = client.pollJson()) {
            json.read(text, fromJson);
            message(new UnsafeBuffer(fromJson), 0);
            taken++;
        }
        return taken;
    }

    int packet(byte[] frame) {
        var buffer = new UnsafeBuffer(frame);
        var packet = new Packet().wrap(buffer, 0, frame.length);
        while (packet.next()) {
            message(buffer, packet.messageOffset());
        }
        return packet.count();
    }

    private void message(UnsafeBuffer buffer, int offset) {
        int id = FeedHeader.symbolId(buffer, offset);
        long seq = FeedHeader.seq(buffer, offset);
        var update = books.computeIfAbsent(id, any -> new DepthBook()).apply(buffer, offset);
        updates.add(update);
        if (update != DepthBook.Update.DUPLICATE) {
            seqs.computeIfAbsent(id, any -> new ArrayList<>()).add(seq);
        }
        newestSeq = Math.max(newestSeq, seq);
    }

    /** By symbol, in the order in which they came, without repeats. */
    Map<Integer, List<Long>> seqs() {
        return seqs;
    }

    long newestSeq() {
        return newestSeq;
    }

    long newestSeq(int symbolId) {
        var book = books.get(symbolId);
        return book == null ? 0 : book.lastSeq();
    }

    long repeats() {
        return updates.stream()
                .filter(update -> update == DepthBook.Update.DUPLICATE)
                .count();
    }

    /** Every message continued its chain, and every book was right after it. */
    void assertProved() {
        assertTrue(updates.stream().allMatch(update -> update == DepthBook.Update.APPLIED), updates::toString);
    }

    void assertBooks(TestFeed feed) {
        for (String text : feed.symbols()) {
            var symbol = feed.symbol(text);
            var book = books.get(symbol.id());
            assertTrue(book.valid(), text);
            assertEquals(symbol.lastSeq(), book.lastSeq(), text);
            assertEquals(symbol.book().checksum(), book.checksum(), text);
            assertEquals(symbol.book().lastPrice(), book.lastPrice(), text);
        }
    }
}
