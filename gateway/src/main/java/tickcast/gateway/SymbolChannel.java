package tickcast.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final List<ViewGroup> groups = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookDeltaDecoder delta = new BookDeltaDecoder();
    private final MessageHeaderEncoder linkHeader = new MessageHeaderEncoder();
    private final BookDeltaEncoder link = new BookDeltaEncoder();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(4_096);
    private boolean nothingNew;
    private Instrument instrument;
    private TradingStatus status;
    private long lastPublishNanos;
    private long lastEventNanos;
    private long lastPriceTimeNanos;

    SymbolChannel(int symbolId, Map<Subprotocol, ViewEncoder> encoders) {
        this.symbolId = symbolId;
        this.encoders = encoders;
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

    /** What the newest message changed in the book; for views of v1. */
    BookChange change() {
        return change;
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
        for (var group : groups) {
            if (group.view().equals(view)) {
                return group.add(subscriber, this);
            }
        }
        var group = new ViewGroup(view, encoders.get(view.form()));
        groups.add(group);
        return group.add(subscriber, this);
    }

    void leave(ViewGroup group, Subscription subscription) {
        group.remove(subscription);
        if (group.members().isEmpty()) {
            groups.remove(group);
        }
    }

    /** Sends all subscribers back to wait for a snapshot: what they have cannot be continued. */
    void expel() {
        for (var group : List.copyOf(groups)) {
            group.members().forEach(subscription -> subscription.subscriber().expelled(symbol(), group.view()));
            group.members().clear();
            group.clear();
        }
        groups.clear();
    }

    /** Writes the symbol's state as a BookSnapshot that starts a chain; returns its length. */
    int encodeSnapshot(MutableDirectBuffer buffer, long nowNanos) {
        return book.encodeSnapshot(buffer, 0, symbolId, nowNanos, lastEventNanos, book.lastSeq(), 0, 0);
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
                if (!groups.isEmpty()) {
                    nothingNew = !differs(message, offset);
                    if (!nothingNew) {
                        change.everything();
                    }
                }
            }
            default -> {}
        }
    }

    /** Whether a snapshot says anything else than this book. Most do not: a checkpoint repeats what is known. */
    private boolean differs(DirectBuffer snapshot, int offset) {
        int length = encodeSnapshot(scratch, 0);
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
