package tickcast.client;

import org.agrona.DirectBuffer;
import tickcast.protocol.DepthBook;
import tickcast.protocol.Instrument;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/**
 * What a client tells its user. Calls come one at a time and in order; each happens before the next, though not always on the same
 * thread. While a call runs nothing else of this client does, so do not wait in one, above all not for an answer of the gateway.
 * An exception is logged, and the client goes on.
 *
 * <p>Prices and quantities are mantissas with exponent −8 in every form ({@link tickcast.protocol.Decimal8}), times nanoseconds since
 * the Unix epoch.
 */
public interface ClientListener {
    /** The session stands; what was subscribed before is being subscribed again. */
    default void onConnected(ServerMessage.Welcome welcome) {}

    /** The session is over: there are no books until the next one, open requests have failed. */
    default void onDisconnected(int code, String reason) {}

    /**
     * The next attempt to connect is due in {@code delayMillis}.
     *
     * @param attempt 1 for the first after a connection that worked
     * @param cause why there is none now
     */
    default void onReconnecting(int attempt, long delayMillis, String cause) {}

    /** Something is wrong that the client deals with, or that answers no request. */
    default void onError(String text) {}

    default void onWarning(ServerMessage.Warning warning) {}

    default void onHeartbeat(ServerMessage.Heartbeat heartbeat) {}

    /**
     * The gateway subscribed symbols without being asked for them now: they were listed since all symbols were subscribed, or it
     * had to begin the feed anew, in which those {@code rejected} are gone. Snapshots follow.
     */
    default void onSubscribed(ServerMessage.Subscribed granted) {}

    /**
     * After a reconnect: what was missed of the symbols has been told in order, and their books go on. Or it could not be had, as the
     * outcome says: then their books begin anew with snapshots.
     */
    default void onResumed(ServerMessage.Resumed resumed) {}

    /** A replay has become live, has come to its end, or could not be made. */
    default void onReplayed(ServerMessage.Replayed replayed) {}

    /** A definition came; SBE and JSON. */
    default void onInstrument(Instrument instrument, TradingStatus status) {}

    /** Trading in a symbol opened, halted or closed; SBE and JSON. */
    default void onStatus(String symbol, TradingStatus status) {}

    /** The newest price; v1 only, elsewhere it is that of the newest trade. */
    default void onPrice(String symbol, long price, long timeNanos) {}

    /**
     * The book changed. With SBE and JSON it is proved right; with v1 one side was replaced.
     *
     * @param book to be read during the call only, and not to be changed
     */
    default void onBook(String symbol, DepthBook book) {}

    /** @param aggressor side of the incoming order; {@link Side#NULL_VAL} for an auction, or when the venue does not tell */
    default void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {}

    /**
     * Messages about a symbol were not sent, because of its rate or because this client does not keep up; its book as it is now
     * follows, unless books are not subscribed. SBE and JSON.
     *
     * @param merged how many
     * @param trades how many of them were trades
     */
    default void onConflated(String symbol, long merged, long trades) {}

    /**
     * A message of the feed as it came, before it is told in the calls above; SBE, and JSON put into the same form.
     *
     * @param message the SBE message with its header, valid during the call only
     * @param update what the book made of it, null when the channels granted do not let a book be kept
     */
    default void onFeedMessage(String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {}

    /** A symbol's book was lost; a fresh snapshot is asked for. */
    default void onResync(String symbol, String cause) {}

    /**
     * After a reconnect of a client with an account: the {@code count} reports that were missed follow, then what is live. With
     * another outcome than {@code RESUMED} they cannot be had: ask for orders and positions anew. Told at the first connect, too.
     */
    default void onExecutionsResumed(ServerMessage.ExecutionsResumed resumed) {}

    /** An order of the account changed. A client with an account is told each report once, in the order of their numbers. */
    default void onExecutionReport(ServerMessage.ExecutionReport report) {}
}
