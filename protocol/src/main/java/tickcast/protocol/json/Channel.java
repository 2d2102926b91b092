package tickcast.protocol.json;

/** What a subscriber wants to hear of a symbol. */
public enum Channel {
    PRICE,
    BOOK,
    TRADES
}
