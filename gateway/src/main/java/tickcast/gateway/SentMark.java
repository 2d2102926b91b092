package tickcast.gateway;

/** Up to where a symbol's messages were sent, or told as not sent. Confined to a shard. */
final class SentMark {
    private long seq;
    private long messages;
    private long trades;

    /** Everything up to the symbol's newest message was sent or told. */
    void reach(SymbolChannel channel) {
        seq = channel.book().lastSeq();
        messages = channel.messages();
        trades = channel.trades();
    }

    void copy(SentMark other) {
        seq = other.seq;
        messages = other.messages;
        trades = other.trades;
    }

    /** One of the messages after {@link #seq} was sent. */
    void sent(boolean trade) {
        messages++;
        trades += trade ? 1 : 0;
    }

    /** What is not sent or told begins after this. */
    long seq() {
        return seq;
    }

    /** How many messages were neither sent nor told. */
    long merged(SymbolChannel channel) {
        return channel.messages() - messages;
    }

    /** How many of them were trades. */
    long mergedTrades(SymbolChannel channel) {
        return channel.trades() - trades;
    }
}
