package tickcast.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.BookSnapshotEncoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/**
 * The price levels of one symbol, and the proof that they are right: it follows the symbol's chain of sequences and
 * compares each checksum. Confined to a thread; allocates nothing in steady state.
 */
public final class DepthBook {
    /** What became of a message. */
    public enum Update {
        /** It was next in the chain, and the book is right after it. */
        APPLIED,
        /** It was applied before; nothing changed. */
        DUPLICATE,
        /** Messages before it were missed. The book is invalid until a snapshot; it is valid if this was one. */
        GAP,
        /** The book differs from the exchange's. It is invalid until a snapshot. */
        CHECKSUM_MISMATCH,
        /** The book waits for a snapshot. */
        IGNORED
    }

    private final PriceLevels bids = new PriceLevels(true);
    private final PriceLevels asks = new PriceLevels(false);
    private final BookChecksum checksum = new BookChecksum();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookDeltaDecoder delta = new BookDeltaDecoder();
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final BookSnapshotEncoder snapshotEncoder = new BookSnapshotEncoder();

    private long lastSeq;
    private long levelsSeq;
    private long lastPrice = BookSnapshotDecoder.lastPriceNullValue();
    private boolean valid;

    /** How many levels a side has. */
    public int depth(Side side) {
        return levels(side).size();
    }

    /** The price (mantissa) of a level; rank 0 is the best. */
    public long price(Side side, int rank) {
        return levels(side).price(rank);
    }

    /** The quantity (mantissa) of a level; rank 0 is the best. */
    public long quantity(Side side, int rank) {
        return levels(side).quantity(rank);
    }

    /** The quantity (mantissa) at a price; 0 when there is no such level. */
    public long quantityAt(Side side, long price) {
        return levels(side).quantityAt(price);
    }

    /** Sets a level's quantity, 0 removes it; the rank that changed, −1 when nothing did. Leaves the chain alone. */
    public int set(Side side, long price, long quantity) {
        return levels(side).set(price, quantity);
    }

    /** CRC32C of the ten best levels of both sides, as an unsigned 32-bit value. */
    public long checksum() {
        return checksum.of(bids, asks);
    }

    /** Newest sequence that was seen of this symbol; 0 = none. */
    public long lastSeq() {
        return lastSeq;
    }

    /**
     * The levels are the exchange's as they were at this sequence: as {@link #lastSeq}, but for a conflated symbol, whose trades
     * come before the book that they lead to.
     */
    public long levelsSeq() {
        return levelsSeq;
    }

    /** Price (mantissa) of the newest trade, {@link BookSnapshotDecoder#lastPriceNullValue()} before the first. */
    public long lastPrice() {
        return lastPrice;
    }

    public void lastPrice(long priceMantissa) {
        lastPrice = priceMantissa;
    }

    /** Whether the levels are the exchange's: a snapshot came, and nothing was missed or wrong since. */
    public boolean valid() {
        return valid;
    }

    /** Takes all levels out; the chain and the last price stay. */
    public void clearLevels() {
        bids.clear();
        asks.clear();
    }

    /** Forgets everything. */
    public void clear() {
        clearLevels();
        lastSeq = 0;
        levelsSeq = 0;
        lastPrice = BookSnapshotDecoder.lastPriceNullValue();
        valid = false;
    }

    /**
     * Takes the next message about this symbol, whichever it is: all of them are links of the chain.
     *
     * @param offset where the message's SBE header begins
     */
    public Update apply(DirectBuffer message, int offset) {
        long seq = FeedHeader.seq(message, offset);
        long prevSeq = FeedHeader.prevSeq(message, offset);
        int template = FeedHeader.templateId(message, offset);
        boolean starts = prevSeq == 0 || lastSeq == 0;
        if (template == BookSnapshotDecoder.TEMPLATE_ID) {
            if (!starts && seq <= lastSeq) {
                return Update.DUPLICATE;
            }
            boolean gap = !starts && prevSeq != lastSeq;
            lastSeq = seq;
            levelsSeq = seq;
            var outcome = applySnapshot(message, offset);
            return gap && valid ? Update.GAP : outcome;
        }
        if (starts && template == SymbolDefinitionDecoder.TEMPLATE_ID) {
            lastSeq = seq;
            return Update.APPLIED;
        }
        if (lastSeq == 0) {
            return Update.IGNORED;
        }
        if (template == ConflatedDecoder.TEMPLATE_ID) {
            return applyConflated(seq, prevSeq);
        }
        if (seq <= lastSeq) {
            return Update.DUPLICATE;
        }
        boolean alone = prevSeq == 0 && template != BookDeltaDecoder.TEMPLATE_ID;
        boolean gap = prevSeq != lastSeq && !alone;
        if (levelsSeq == lastSeq && !alone) {
            levelsSeq = seq;
        }
        lastSeq = seq;
        if (gap) {
            valid = false;
            return Update.GAP;
        }
        return switch (template) {
            case BookDeltaDecoder.TEMPLATE_ID -> valid ? applyDelta(message, offset) : Update.IGNORED;
            case TradeDecoder.TEMPLATE_ID -> applyTrade(message, offset);
            default -> Update.APPLIED;
        };
    }

    /** What it speaks of may have begun before this book did, and have been sent in part: trades are. */
    private Update applyConflated(long seq, long prevSeq) {
        boolean gap = prevSeq > lastSeq;
        lastSeq = Math.max(lastSeq, seq);
        valid &= !gap;
        return gap ? Update.GAP : Update.APPLIED;
    }

    private Update applySnapshot(DirectBuffer message, int offset) {
        snapshot.wrapAndApplyHeader(message, offset, header);
        bids.clear();
        asks.clear();
        lastPrice = snapshot.lastPrice();
        long expected = snapshot.checksum();
        for (var level : snapshot.bids()) {
            bids.set(level.price(), level.quantity());
        }
        for (var level : snapshot.asks()) {
            asks.set(level.price(), level.quantity());
        }
        return check(expected);
    }

    private Update applyDelta(DirectBuffer message, int offset) {
        delta.wrapAndApplyHeader(message, offset, header);
        long expected = delta.checksum();
        for (var level : delta.levels()) {
            levels(level.side()).set(level.price(), level.quantity());
        }
        return check(expected);
    }

    private Update applyTrade(DirectBuffer message, int offset) {
        lastPrice = trade.wrapAndApplyHeader(message, offset, header).price();
        return Update.APPLIED;
    }

    private Update check(long expected) {
        valid = checksum() == expected;
        return valid ? Update.APPLIED : Update.CHECKSUM_MISMATCH;
    }

    /**
     * Writes this book as a BookSnapshot; its checksum is of the levels in it.
     *
     * @param maxLevels most levels of a side; 0 = all of them
     * @return the length of the message, its SBE header included
     */
    public int encodeSnapshot(
            MutableDirectBuffer buffer,
            int offset,
            int symbolId,
            long publishTimeNanos,
            long eventTimeNanos,
            long seq,
            long prevSeq,
            int maxLevels) {
        snapshotEncoder
                .wrapAndApplyHeader(buffer, offset, headerEncoder)
                .publishTime(publishTimeNanos)
                .seq(seq)
                .prevSeq(prevSeq)
                .symbolId(Integer.toUnsignedLong(symbolId))
                .eventTime(eventTimeNanos)
                .lastPrice(lastPrice)
                .depth(maxLevels)
                .checksum(checksum.of(bids, asks, maxLevels == 0 ? BookChecksum.LEVELS : maxLevels));
        int bidCount = limited(bids.size(), maxLevels);
        var bid = snapshotEncoder.bidsCount(bidCount);
        for (int rank = 0; rank < bidCount; rank++) {
            bid.next().price(bids.price(rank)).quantity(bids.quantity(rank));
        }
        int askCount = limited(asks.size(), maxLevels);
        var ask = snapshotEncoder.asksCount(askCount);
        for (int rank = 0; rank < askCount; rank++) {
            ask.next().price(asks.price(rank)).quantity(asks.quantity(rank));
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + snapshotEncoder.encodedLength();
    }

    private static int limited(int levels, int maxLevels) {
        return maxLevels == 0 ? levels : Math.min(levels, maxLevels);
    }

    private PriceLevels levels(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
