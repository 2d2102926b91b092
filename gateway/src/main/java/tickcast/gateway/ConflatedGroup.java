package tickcast.gateway;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.json.Channel;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/**
 * A group whose view of book and price is renewed at most so often: in between only what changed is remembered. What is no
 * update of them, trades above all, goes out at once. Confined to a shard.
 */
final class ConflatedGroup extends ViewGroup {
    private final SymbolChannel channel;
    private final ConflationSchedule schedule;
    private final long intervalNanos;
    private final SentMark sent = new SentMark();
    private final BookChange changes = new BookChange();
    private final ExpandableArrayBuffer alone = new ExpandableArrayBuffer(256);
    private long dueNanos;
    private boolean scheduled;

    ConflatedGroup(View view, ViewEncoder encoder, SymbolChannel channel, ConflationSchedule schedule) {
        super(view, encoder);
        this.channel = channel;
        this.schedule = schedule;
        intervalNanos = view.intervalNanos();
        dueNanos = schedule.startNanos();
        sent.reach(channel);
    }

    /** Up to where its members were sent or told everything. */
    SentMark sent() {
        return sent;
    }

    /** When the next update may go out. */
    long dueNanos() {
        return dueNanos;
    }

    /**
     * Takes a message that has been applied to the symbol's book.
     *
     * @param changed whether it says anything new
     */
    void take(DirectBuffer message, int offset, int length, boolean changed, Turn turn) {
        int template = FeedHeader.templateId(message, offset);
        boolean trade = template == TradeDecoder.TEMPLATE_ID;
        boolean book = template == BookDeltaDecoder.TEMPLATE_ID || template == BookSnapshotDecoder.TEMPLATE_ID;
        boolean update = book || trade && !view().has(Channel.TRADES);
        if (!update) {
            alone.putBytes(0, message, offset, length);
            FeedHeader.putPrevSeq(alone, 0, 0);
            int before = messages();
            turn.appended(this, before, append(channel, alone, 0, length));
            turn.used();
            sent.sent(trade);
        }
        changes.add(channel.change());
        if (changed && !scheduled && (update || changes.priceOf(view()))) {
            scheduled = true;
            schedule.add(this);
        }
    }

    /** Appends the update that is due. */
    void renew(long nowNanos, long epochNanos, Turn turn) {
        scheduled = false;
        if (members().isEmpty() || !channel.book().valid()) {
            return;
        }
        int before = messages();
        turn.appended(this, before, appendUpdate(channel, sent, changes, epochNanos));
        sent.reach(channel);
        changes.clear();
        dueNanos = nowNanos + intervalNanos;
    }
}
