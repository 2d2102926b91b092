package tickcast.client;

import java.util.ArrayList;
import java.util.List;
import tickcast.protocol.DepthBook;
import tickcast.protocol.sbe.Side;

/**
 * A copy of a book, safe from any thread.
 *
 * @param seq newest sequence about the symbol that the levels include, 0 when the form does not tell it (v1)
 * @param verified whether chain and checksum prove that this is the exchange's book; never so with v1
 * @param bids best first
 * @param asks best first
 */
public record BookView(String symbol, long seq, boolean verified, List<PriceLevel> bids, List<PriceLevel> asks) {

    /** A price and what is wanted or offered there, both as mantissas with exponent −8. */
    public record PriceLevel(long price, long quantity) {}

    public BookView {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    static BookView of(String symbol, DepthBook book) {
        return new BookView(symbol, book.levelsSeq(), book.valid(), levels(book, Side.BUY), levels(book, Side.SELL));
    }

    private static List<PriceLevel> levels(DepthBook book, Side side) {
        var levels = new ArrayList<PriceLevel>(book.depth(side));
        for (int rank = 0; rank < book.depth(side); rank++) {
            levels.add(new PriceLevel(book.price(side, rank), book.quantity(side, rank)));
        }
        return levels;
    }
}
