package tickcast.simulator.recording;

import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/**
 * What a recording tells. {@code key} is the recording's own number of a symbol, from 0 to {@link #MAX_KEY}; it is made
 * known by {@link #instrument} before it is used. Prices and quantities are mantissas with the exponent −8 and above 0 where
 * nothing else is said.
 *
 * <p>Formats that know orders use {@link #add}, {@link #execute}, {@link #reduce}, {@link #delete} and {@link #replace};
 * those that know totals only, or know them of some orders only, use {@link #level} and {@link #executeLevel}.
 */
public interface RecordedEvents {
    int MAX_KEY = 0xFFFF;

    /** The execution is at the resting order's own price. */
    long OWN_PRICE = 0;

    /**
     * A symbol, or new terms of one. The replay makes the tick size finer by itself when a price asks for it.
     *
     * @param tickSize step of prices, as far as it is known yet
     * @param lotSize step of quantities
     */
    void instrument(int key, String symbol, long tickSize, long lotSize);

    void status(int key, TradingStatus status);

    /** All symbols of the recording. */
    void statusOfAll(TradingStatus status);

    /** An order rests, behind all that rest at its price. */
    void add(int key, long orderId, Side side, long price, long quantity);

    /**
     * A resting order traded.
     *
     * @param price of the trade, {@link #OWN_PRICE} for that of the order
     * @param printed false when the trade is told elsewhere and must not be counted twice
     */
    void execute(int key, long orderId, long quantity, long price, boolean printed);

    /** That much less of the order rests. */
    void reduce(int key, long orderId, long quantity);

    /** The rest of the order is gone. */
    void delete(int key, long orderId);

    /** An order is gone; another one of its side rests instead, behind all at its price. */
    void replace(int key, long orderId, long newOrderId, long price, long quantity);

    /** An order that the recording never told of traded: it rested on that side at that price. */
    void executeLevel(int key, Side side, long price, long quantity);

    /** The total that rests at a price, known orders included; 0 = nothing, and the orders known there are gone. */
    void level(int key, Side side, long price, long quantity);

    /**
     * A trade that changes no book, such as one with a hidden order.
     *
     * @param aggressor {@link Side#NULL_VAL} when the venue does not tell
     */
    void trade(int key, long price, long quantity, Side aggressor);

    /** An auction's trade: all who took part paid one price. It changes no book. */
    void cross(int key, long price, long quantity);

    /** Nothing rests any more; what follows builds the book again. Levels that follow in the same record replace it. */
    void clear(int key);

    /** The book is not known from here to the next {@link #clear}; it is shown as empty and takes no orders. */
    void bookUnknown(int key, String reason);

    /** Something that the user should know. */
    void warning(String text);

    /** The recording contradicts itself, or what it is checked with. */
    void disagreement(String text);
}
