package tickcast.cli.load;

import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;

/**
 * Follows what one session is sent about its symbols: whether it begins with a snapshot, whether anything is missing, and
 * with books whether these are right. Confined to a thread.
 */
final class FeedCheck {
    private static final int BOTH_SIDES = 0b11;

    private final BiConsumer<Finding, String> findings;
    private final boolean books;
    private final Int2ObjectHashMap<Followed> symbols = new Int2ObjectHashMap<>();
    private int awaited;

    /** @param findings takes what is wrong, with a text that says where */
    FeedCheck(boolean books, BiConsumer<Finding, String> findings) {
        this.books = books;
        this.findings = findings;
    }

    private static final class Followed {
        final String symbol;
        final DepthBook book;
        long lastSeq;
        int sides;
        boolean begun;

        Followed(String symbol, DepthBook book) {
            this.symbol = symbol;
            this.book = book;
        }
    }

    /** Expects a snapshot of the symbol, and what follows. */
    void track(int symbolId, String symbol) {
        untrack(symbolId);
        symbols.put(symbolId, new Followed(symbol, books ? new DepthBook() : null));
        awaited++;
    }

    void untrack(int symbolId) {
        var gone = symbols.remove(symbolId);
        if (gone != null && !gone.begun) {
            awaited--;
        }
    }

    void clear() {
        symbols.clear();
        awaited = 0;
    }

    /** Whether all snapshots are there. */
    boolean complete() {
        return awaited == 0;
    }

    /** The newest sequence that came about a symbol, 0 before the first; of all symbols. */
    void forEach(BiConsumer<String, Long> consumer) {
        symbols.values().forEach(followed -> consumer.accept(followed.symbol, followed.lastSeq));
    }

    /** Takes a message of SBE, or of JSON in the form of SBE. */
    void onMessage(DirectBuffer message, int offset) {
        var followed = followed(FeedHeader.symbolId(message, offset));
        if (followed == null) {
            return;
        }
        long before = followed.lastSeq;
        var update = followed.book == null ? follow(followed, message, offset) : followed.book.apply(message, offset);
        if (followed.book != null) {
            followed.lastSeq = followed.book.lastSeq();
        }
        switch (update) {
            case GAP -> found(Finding.GAP, followed, message, offset, before);
            case CHECKSUM_MISMATCH -> found(Finding.WRONG_BOOK, followed, message, offset, before);
            case DUPLICATE -> found(Finding.REPEATED, followed, message, offset, before);
            case APPLIED, IGNORED -> {}
        }
        if (FeedHeader.templateId(message, offset) == BookSnapshotDecoder.TEMPLATE_ID) {
            begin(followed);
        }
    }

    /** Takes a side of a book of v1, each of which stands for itself. */
    void onCompactBook(int symbolId, Side side) {
        var followed = followed(symbolId);
        if (followed != null) {
            followed.sides |= 1 << side.value();
            if (followed.sides == BOTH_SIDES) {
                begin(followed);
            }
        }
    }

    private Followed followed(int symbolId) {
        var followed = symbols.get(symbolId);
        if (followed == null) {
            findings.accept(Finding.STRAY, "symbol " + Integer.toUnsignedLong(symbolId));
        }
        return followed;
    }

    private void begin(Followed followed) {
        if (!followed.begun) {
            followed.begun = true;
            awaited--;
        }
    }

    /** The rules of {@link DepthBook#apply} for the chain alone. */
    private static DepthBook.Update follow(Followed followed, DirectBuffer message, int offset) {
        long seq = FeedHeader.seq(message, offset);
        long prevSeq = FeedHeader.prevSeq(message, offset);
        int template = FeedHeader.templateId(message, offset);
        boolean starts = prevSeq == 0 || followed.lastSeq == 0;
        if (starts
                && (template == BookSnapshotDecoder.TEMPLATE_ID || template == SymbolDefinitionDecoder.TEMPLATE_ID)) {
            followed.lastSeq = seq;
            return DepthBook.Update.APPLIED;
        }
        if (followed.lastSeq == 0) {
            return DepthBook.Update.IGNORED;
        }
        if (template == ConflatedDecoder.TEMPLATE_ID) {
            boolean gap = prevSeq > followed.lastSeq;
            followed.lastSeq = Math.max(followed.lastSeq, seq);
            return gap ? DepthBook.Update.GAP : DepthBook.Update.APPLIED;
        }
        if (seq <= followed.lastSeq) {
            return DepthBook.Update.DUPLICATE;
        }
        boolean alone = prevSeq == 0 && template != BookDeltaDecoder.TEMPLATE_ID;
        boolean gap = prevSeq != followed.lastSeq && !alone;
        followed.lastSeq = seq;
        return gap ? DepthBook.Update.GAP : DepthBook.Update.APPLIED;
    }

    private void found(Finding finding, Followed followed, DirectBuffer message, int offset, long before) {
        findings.accept(
                finding,
                followed.symbol + " at sequence " + FeedHeader.seq(message, offset) + ", which names "
                        + FeedHeader.prevSeq(message, offset) + " as the one before and came after " + before);
    }
}
