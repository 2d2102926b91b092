package tickcast.simulator.recording;

import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

/**
 * The best bid and ask after an update of the book; price and quantity are 0 where a side is empty.
 *
 * @param line where the recording tells it
 */
record BestPrices(long line, long id, long bidPrice, long bidQuantity, long askPrice, long askQuantity) {
    BestPrices {
        bidPrice = bidQuantity == 0 ? 0 : bidPrice;
        askPrice = askQuantity == 0 ? 0 : askPrice;
    }

    static BestPrices of(DepthBook book, long line, long id) {
        boolean bids = book.depth(Side.BUY) > 0;
        boolean asks = book.depth(Side.SELL) > 0;
        return new BestPrices(
                line,
                id,
                bids ? book.price(Side.BUY, 0) : 0,
                bids ? book.quantity(Side.BUY, 0) : 0,
                asks ? book.price(Side.SELL, 0) : 0,
                asks ? book.quantity(Side.SELL, 0) : 0);
    }

    boolean samePrices(BestPrices other) {
        return bidPrice == other.bidPrice
                && bidQuantity == other.bidQuantity
                && askPrice == other.askPrice
                && askQuantity == other.askQuantity;
    }

    /** For the user. */
    String shown() {
        return "best bid " + shown(bidPrice, bidQuantity) + ", best ask " + shown(askPrice, askQuantity);
    }

    private static String shown(long price, long quantity) {
        return quantity == 0 ? "none" : Decimal8.format(quantity) + " at " + Decimal8.format(price);
    }
}
