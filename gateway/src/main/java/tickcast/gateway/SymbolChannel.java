package tickcast.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import tickcast.protocol.DepthBook;
import tickcast.protocol.DepthBook.Update;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Instrument;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage.Listing;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookDeltaEncoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedEncoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.TradeDecoder;
import tickcast.protocol.sbe.TradingStatus;

/** A symbol as a shard knows it, and those who subscribe it. Confined to the shard. */
final class SymbolChannel {
    private final int symbolId;
    private final Map<Subprotocol, ViewEncoder> encoders;
    private final DepthBook book = new DepthBook();
    private final BookChange change = new BookChange();
    private final ConflationSchedule schedule;
    private final List<ViewGroup> groups = new ArrayList<>();
    private final List<ConflatedGroup> conflated = new ArrayList<>();
    /** Subscriptions of slow clients, which no group sends to. */
    private final Set<Subscription> parked = new HashSet<>();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookDeltaDecoder delta = new BookDeltaDecoder();
    private final MessageHeaderEncoder linkHeader = new MessageHeaderEncoder();
    private final BookDeltaEncoder link = new BookDeltaEncoder();
    private final ConflatedEncoder count = new ConflatedEncoder();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(4_096);
    private boolean nothingNew;
    private Instrument instrument;
    private TradingStatus status;
    private long messages;
    private long trades;
    private long lastPublishNanos;
    private long lastEventNanos;
    private long lastPriceTimeNanos;

    SymbolChannel(int symbolId, Map<Subprotocol, ViewEncoder> encoders, ConflationSchedule schedule) {
        this.symbolId = symbolId;
        this.encoders = encoders;
        this.schedule = schedule;
    }

    int symbolId() {
        return symbolId;
    }

    String symbol() {
        return instrument.symbol();
    }

    Listing listing() {
        return Listing.of(instrument, status);
    }

    DepthBook book() {
        return book;
    }

    /** Whether the price of a trade is known. */
    boolean hasTraded() {
        return book.lastPrice() != BookSnapshotDecoder.lastPriceNullValue();
    }

    /** What the newest message changed in the book; for views of v1. */
    BookChange change() {
        return change;
    }

    /** How many messages there were to be sent to subscribers. */
    long messages() {
        return messages;
    }

    /** How many of them were trades. */
    long trades() {
        return trades;
    }

    /** When the newest message about the symbol was published, 0 before the first. */
    long lastPublishNanos() {
        return lastPublishNanos;
    }

    /** When the venue made the newest trade; of a trade before the shard began to read, when its price was told. */
    long lastPriceTimeNanos() {
        return lastPriceTimeNanos;
    }

    void define(Instrument newInstrument, TradingStatus newStatus) {
        instrument = newInstrument;
        status = newStatus;
    }

    void status(TradingStatus newStatus) {
        status = newStatus;
    }

    /** Takes the next message about the symbol into the book. */
    Update apply(DirectBuffer message, int offset) {
        noteChange(message, offset);
        long priceBefore = book.lastPrice();
        var update = book.apply(message, offset);
        if (update != Update.DUPLICATE) {
            lastPublishNanos = FeedHeader.publishTime(message, offset);
            lastEventNanos = FeedHeader.eventTime(message, offset);
            if (FeedHeader.templateId(message, offset) == TradeDecoder.TEMPLATE_ID || book.lastPrice() != priceBefore) {
                lastPriceTimeNanos = lastEventNanos;
            }
        }
        return update;
    }

    /**
     * Appends a message, which has been applied, to the batch of every view in use. A snapshot that says nothing new goes out as
     * a delta without levels: a checkpoint's books of all symbols would be too much at once for those who have them.
     */
    void forward(DirectBuffer message, int offset, int length, Turn turn) {
        messages++;
        trades += FeedHeader.templateId(message, offset) == TradeDecoder.TEMPLATE_ID ? 1 : 0;
        for (int i = 0; i < conflated.size(); i++) {
            conflated.get(i).take(message, offset, length, !nothingNew, turn);
        }
        if (groups.isEmpty()) {
            return;
        }
        turn.used();
        if (nothingNew) {
            append(scratch, 0, encodeLink(message, offset), turn);
        } else {
            append(message, offset, length, turn);
        }
    }

    private void append(DirectBuffer message, int offset, int length, Turn turn) {
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            int before = group.messages();
            turn.appended(group, before, group.append(this, message, offset, length));
        }
    }

    Subscription join(View view, Subscriber subscriber) {
        for (var group : view.conflated() ? conflated : groups) {
            if (group.view().looksLike(view)) {
                return group.add(subscriber, this, view);
            }
        }
        return newGroup(view).add(subscriber, this, view);
    }

    private ViewGroup newGroup(View view) {
        var encoder = encoders.get(view.form());
        if (view.conflated()) {
            var group = new ConflatedGroup(view, encoder, this, schedule);
            conflated.add(group);
            return group;
        }
        var group = new ViewGroup(view, encoder);
        groups.add(group);
        return group;
    }

    void leave(ViewGroup group, Subscription subscription) {
        if (parked.remove(subscription)) {
            return;
        }
        group.remove(subscription);
        if (group.members().isEmpty()) {
            groups.remove(group);
            conflated.remove(group);
            if (group.messages() == 0) {
                // A turn forgets only batches that have something to send.
                group.clear();
            }
        }
    }

    /** Its group sends to it no more, until it ends. */
    void park(ViewGroup group, Subscription subscription) {
        leave(group, subscription);
        parked.add(subscription);
    }

    /** Sends all subscribers back to wait for a snapshot: what they have cannot be continued. */
    void expel() {
        groups.forEach(this::expel);
        groups.clear();
        conflated.forEach(this::expel);
        conflated.clear();
        parked.forEach(subscription -> subscription.expelled(symbol()));
        parked.clear();
    }

    private void expel(ViewGroup group) {
        group.members().forEach(subscription -> subscription.expelled(symbol()));
        group.members().clear();
        group.clear();
    }

    /** Writes the symbol's state, 0 = to its whole depth, as a BookSnapshot that starts a chain; returns its length. */
    int encodeSnapshot(MutableDirectBuffer buffer, long nowNanos, int depth) {
        return book.encodeSnapshot(buffer, 0, symbolId, nowNanos, lastEventNanos, book.lastSeq(), 0, depth);
    }

    /** Writes how many messages were not sent since {@code sent}; returns the length of that. */
    int encodeConflated(MutableDirectBuffer buffer, SentMark sent, long nowNanos) {
        count.wrapAndApplyHeader(buffer, 0, linkHeader)
                .merged(sent.merged(this))
                .trades(sent.mergedTrades(this));
        FeedHeader.put(buffer, 0, nowNanos, book.lastSeq(), sent.seq(), symbolId, lastEventNanos);
        return MessageHeaderEncoder.ENCODED_LENGTH + count.encodedLength();
    }

    private int encodeLink(DirectBuffer message, int offset) {
        link.wrapAndApplyHeader(scratch, 0, linkHeader)
                .checksum(book.checksum())
                .levelsCount(0);
        FeedHeader.put(
                scratch,
                0,
                FeedHeader.publishTime(message, offset),
                FeedHeader.seq(message, offset),
                FeedHeader.prevSeq(message, offset),
                symbolId,
                FeedHeader.eventTime(message, offset));
        return MessageHeaderEncoder.ENCODED_LENGTH + link.encodedLength();
    }

    private void noteChange(DirectBuffer message, int offset) {
        change.clear();
        nothingNew = false;
        switch (FeedHeader.templateId(message, offset)) {
            case BookDeltaDecoder.TEMPLATE_ID -> {
                for (var level :
                        delta.wrapAndApplyHeader(message, offset, header).levels()) {
                    change.touch(level.side(), level.price());
                }
            }
            case BookSnapshotDecoder.TEMPLATE_ID -> {
                if (!groups.isEmpty() || !conflated.isEmpty()) {
                    nothingNew = !differs(message, offset);
                    if (!nothingNew) {
                        change.everything();
                    }
                }
            }
            case TradeDecoder.TEMPLATE_ID -> change.price();
            default -> {}
        }
    }

    /** Whether a snapshot says anything else than this book. Most do not: a checkpoint repeats what is known. */
    private boolean differs(DirectBuffer snapshot, int offset) {
        int length = encodeSnapshot(scratch, 0, 0);
        if (offset + length > snapshot.capacity()) {
            return true;
        }
        for (int i = FeedHeader.LENGTH; i < length; i++) {
            if (scratch.getByte(i) != snapshot.getByte(offset + i)) {
                return true;
            }
        }
        return false;
    }
}
