package tickcast.protocol;

import tickcast.protocol.sbe.Side;

/** Receives decoded v1 messages. Times are milliseconds since the Unix epoch. */
public interface V1Listener {
    void onPrice(int symbolId, double price, long timeMillis);

    /** One whole side of a book, best first. */
    void onBook(int symbolId, Side side, double[] prices, double[] quantities);

    /** @param aggressor {@link Side#NULL_VAL} for an auction, or when the venue does not tell */
    void onTrade(int symbolId, Side aggressor, double price, double quantity, long tradeId, long timeMillis);
}
