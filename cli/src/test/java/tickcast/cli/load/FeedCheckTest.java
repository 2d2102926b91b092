package tickcast.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.ConflatedEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradeEncoder;

class FeedCheckTest {
    private static final int SYMBOL = 3;

    private final List<String> found = new ArrayList<>();
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final DepthBook exchange = new DepthBook();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unbrokenChain(boolean books) {
        var check = check(books);
        assertFalse(check.complete());
        snapshot(check, 10, 0);
        assertTrue(check.complete());
        delta(check, 12, 10, 0);
        trade(check, 15, 12);
        snapshot(check, 20, 15);
        delta(check, 21, 20, 0);
        assertEquals(List.of(), found);
        assertEquals(Map.of("S3", 21L), lastSeqs(check));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messageThatIsMissing(boolean books) {
        var check = check(books);
        snapshot(check, 10, 0);
        trade(check, 15, 12);
        trade(check, 16, 15);
        assertEquals(List.of("GAP S3 at sequence 15, which names 12 as the one before and came after 10"), found);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messageThatComesTwice(boolean books) {
        var check = check(books);
        snapshot(check, 10, 0);
        trade(check, 12, 10);
        trade(check, 12, 10);
        assertEquals(List.of("REPEATED S3 at sequence 12, which names 10 as the one before and came after 12"), found);
    }

    @Test
    void wrongBookIsSeenWithBooksOnly() {
        var check = check(true);
        snapshot(check, 10, 0);
        delta(check, 12, 10, 1);
        assertEquals(
                List.of("WRONG_BOOK S3 at sequence 12, which names 10 as the one before and came after 10"), found);
        found.clear();
        var chainOnly = check(false);
        snapshot(chainOnly, 10, 0);
        delta(chainOnly, 12, 10, 1);
        assertEquals(List.of(), found);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void snapshotStartsAnew(boolean books) {
        var check = check(books);
        snapshot(check, 10, 0);
        snapshot(check, 90, 0);
        trade(check, 91, 90);
        assertEquals(List.of(), found);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasConflatedIsNoGap(boolean books) {
        var check = check(books);
        snapshot(check, 10, 0);
        conflated(check, 30, 10);
        snapshot(check, 30, 0);
        trade(check, 33, 30);
        assertEquals(List.of(), found);
        conflated(check, 50, 40);
        assertEquals(List.of("GAP S3 at sequence 50, which names 40 as the one before and came after 33"), found);
    }

    @Test
    void symbolThatIsNotSubscribed() {
        var check = check(false);
        snapshot(check, 10, 0);
        check.untrack(SYMBOL);
        trade(check, 11, 10);
        assertEquals(List.of("STRAY symbol 3"), found);
    }

    @Test
    void completeWhenAllAreThere() {
        var check = check(false);
        check.track(4, "S4");
        snapshot(check, 10, 0);
        assertFalse(check.complete());
        check.untrack(4);
        assertTrue(check.complete());
        check.track(SYMBOL, "S3");
        assertFalse(check.complete());
        check.clear();
        assertTrue(check.complete());
    }

    @Test
    void compactBooksNeedBothSides() {
        var check = check(false);
        check.onCompactBook(SYMBOL, Side.BUY);
        check.onCompactBook(SYMBOL, Side.BUY);
        assertFalse(check.complete());
        check.onCompactBook(SYMBOL, Side.SELL);
        assertTrue(check.complete());
        assertEquals(List.of(), found);
    }

    private FeedCheck check(boolean books) {
        exchange.clear();
        var check = new FeedCheck(books, (finding, text) -> found.add(finding.name() + " " + text));
        check.track(SYMBOL, "S3");
        return check;
    }

    private void snapshot(FeedCheck check, long seq, long prevSeq) {
        exchange.encodeSnapshot(message, 0, SYMBOL, 0, 0, seq, prevSeq, 0);
        check.onMessage(message, 0);
    }

    private void delta(FeedCheck check, long seq, long prevSeq, int wrong) {
        exchange.set(Side.BUY, Decimal8.ONE, seq);
        var delta = new BookDeltaEncoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .checksum(exchange.checksum() + wrong);
        delta.levelsCount(1).next().side(Side.BUY).price(Decimal8.ONE).quantity(seq);
        send(check, seq, prevSeq);
    }

    private void trade(FeedCheck check, long seq, long prevSeq) {
        new TradeEncoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .price(Decimal8.ONE);
        send(check, seq, prevSeq);
    }

    private void conflated(FeedCheck check, long seq, long prevSeq) {
        new ConflatedEncoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .merged(1);
        send(check, seq, prevSeq);
    }

    private void send(FeedCheck check, long seq, long prevSeq) {
        FeedHeader.put(message, 0, 0, seq, prevSeq, SYMBOL, 0);
        check.onMessage(message, 0);
    }

    private static Map<String, Long> lastSeqs(FeedCheck check) {
        var seqs = new HashMap<String, Long>();
        check.forEach(seqs::put);
        return seqs;
    }
}
