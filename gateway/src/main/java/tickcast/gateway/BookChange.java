package tickcast.gateway;

import tickcast.protocol.DepthBook;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.Channel;
import tickcast.protocol.sbe.Side;

/** Which part of a book, and whether the price, was changed by a message or by several. Confined to a shard. */
final class BookChange {
    private boolean everything;
    private boolean price;
    private boolean bidTouched;
    private boolean askTouched;
    private long bestBid;
    private long bestAsk;

    void clear() {
        everything = false;
        price = false;
        bidTouched = false;
        askTouched = false;
    }

    void everything() {
        everything = true;
    }

    /** There was a trade. */
    void price() {
        price = true;
    }

    /** Whether a view shows that the price changed. */
    boolean priceOf(View view) {
        return price && view.form() == Subprotocol.V1 && view.has(Channel.PRICE);
    }

    /** Takes what a later message changed. */
    void add(BookChange later) {
        everything |= later.everything;
        price |= later.price;
        if (later.bidTouched) {
            touch(Side.BUY, later.bestBid);
        }
        if (later.askTouched) {
            touch(Side.SELL, later.bestAsk);
        }
    }

    void touch(Side side, long price) {
        if (side == Side.BUY) {
            bestBid = bidTouched ? Math.max(bestBid, price) : price;
            bidTouched = true;
        } else {
            bestAsk = askTouched ? Math.min(bestAsk, price) : price;
            askTouched = true;
        }
    }

    /**
     * Whether one of the {@code depth} best levels of a side changed.
     *
     * @param book as it is after the change: the best price that was touched is still within the depth, or a level moved up
     */
    boolean reaches(Side side, DepthBook book, int depth) {
        if (everything) {
            return true;
        }
        boolean buy = side == Side.BUY;
        if (buy ? !bidTouched : !askTouched) {
            return false;
        }
        if (book.depth(side) < depth) {
            return true;
        }
        long worst = book.price(side, depth - 1);
        return buy ? bestBid >= worst : bestAsk <= worst;
    }
}
