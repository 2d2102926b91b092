package tickcast.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** What a client says, parsed and checked field by field. {@link #id} is a text or a whole number, or null. */
public sealed interface ClientMessage {
    /** Comes back as {@code messageId}; null when the client gave none. */
    JsonNode id();

    /** A message about orders; it is answered with {@code ack} or {@code nack}. */
    sealed interface OrderMessage extends ClientMessage {}

    /**
     * @param symbols 1 or more texts, not yet looked up; {@code *} stands for all
     * @param channels what to send; never empty
     * @param depth most levels of a side, 1 to 255
     * @param maxRate most updates of a symbol's book and price in a second, 0.1 to 1000; 0 for every one
     * @param past what comes before live data instead of a snapshot of now; null for such a snapshot
     */
    record Subscribe(
            JsonNode id,
            List<String> symbols,
            Set<Channel> channels,
            int depth,
            double maxRate,
            OnSlow onSlow,
            Past past)
            implements ClientMessage {
        public static final int DEFAULT_DEPTH = 10;

        /** One that begins with a snapshot. */
        public Subscribe(JsonNode id, List<String> symbols, Set<Channel> channels, int depth) {
            this(id, symbols, channels, depth, null);
        }

        /** One that is sent every update, and conflated when it does not keep up. */
        public Subscribe(JsonNode id, List<String> symbols, Set<Channel> channels, int depth, Past past) {
            this(id, symbols, channels, depth, 0, OnSlow.CONFLATE, past);
        }
    }

    /** History that a subscription begins with. */
    sealed interface Past {}

    /**
     * All that the client missed.
     *
     * @param epoch of the feed that it saw
     * @param seq the newest of the feed up to which it has everything of the symbols
     */
    record Resume(long epoch, long seq) implements Past {}

    /**
     * The state of the symbols at a place of the past, and what followed.
     *
     * @param to where it ends, itself included; null when it goes on into live data
     * @param speed so many times as fast as it was published; infinite for as fast as the client reads
     */
    record Replay(Place from, Place to, double speed) implements Past {}

    /**
     * A place in the feed, by one of two.
     *
     * @param seq 0 when it is a time
     * @param timeNanos the first message that was published then or later, ns since the Unix epoch; 0 when it is a sequence
     */
    record Place(long seq, long timeNanos) {}

    record Unsubscribe(JsonNode id, List<String> symbols) implements ClientMessage {}

    record Symbols(JsonNode id) implements ClientMessage {}

    /** @param timestamp whatever the client stamped; comes back as it is, null when there was none */
    record Ping(JsonNode id, JsonNode timestamp) implements ClientMessage {}

    /**
     * Until when a request may be executed.
     *
     * @param timestampNanos when the client made it, ns since the Unix epoch; 0 when it did not say
     * @param recvWindowMillis how long after that it may be executed; 0 for ever
     */
    record Validity(long timestampNanos, long recvWindowMillis) {
        public static final Validity NOT_SAID = new Validity(0, 0);

        private static final long NANOS_PER_MILLI = 1_000_000;

        /** When it ends, ns since the Unix epoch; 0 for never. */
        public long untilNanos() {
            return recvWindowMillis == 0 ? 0 : timestampNanos + recvWindowMillis * NANOS_PER_MILLI;
        }
    }

    /**
     * @param clientOrderId the client's own name for it, empty when it gave none
     * @param price mantissa, 0 for a market order
     * @param quantity mantissa, above 0
     * @param selfTradePrevention what is done when it meets an order of the same account; null for what holds for the account
     * @param validateOnly everything is checked and nothing is sent
     */
    record PlaceOrder(
            JsonNode id,
            String clientOrderId,
            String symbol,
            Side side,
            OrderType orderType,
            TimeInForce timeInForce,
            boolean postOnly,
            long price,
            long quantity,
            Validity validity,
            SelfTradePrevention selfTradePrevention,
            boolean validateOnly)
            implements OrderMessage {

        /** One that is valid for ever. */
        public PlaceOrder(
                JsonNode id,
                String clientOrderId,
                String symbol,
                Side side,
                OrderType orderType,
                TimeInForce timeInForce,
                boolean postOnly,
                long price,
                long quantity,
                long timestampMillis) {
            this(
                    id,
                    clientOrderId,
                    symbol,
                    side,
                    orderType,
                    timeInForce,
                    postOnly,
                    price,
                    quantity,
                    new Validity(timestampMillis * Validity.NANOS_PER_MILLI, 0),
                    null,
                    false);
        }

        public PlaceOrder withValidity(Validity newValidity) {
            return new PlaceOrder(
                    id,
                    clientOrderId,
                    symbol,
                    side,
                    orderType,
                    timeInForce,
                    postOnly,
                    price,
                    quantity,
                    newValidity,
                    selfTradePrevention,
                    validateOnly);
        }
    }

    /**
     * @param orderId the exchange's name for the order, 0 when it is named by {@code clientOrderId}
     * @param clientOrderId the client's, empty when it is named by {@code orderId}
     */
    record CancelOrder(JsonNode id, long orderId, String clientOrderId, Validity validity) implements OrderMessage {
        public CancelOrder(JsonNode id, long orderId, String clientOrderId) {
            this(id, orderId, clientOrderId, Validity.NOT_SAID);
        }
    }

    /** Names the order as {@link CancelOrder} does; price and total quantity are the new ones, as mantissas. */
    record ReplaceOrder(JsonNode id, long orderId, String clientOrderId, long price, long quantity, Validity validity)
            implements OrderMessage {
        public ReplaceOrder(JsonNode id, long orderId, String clientOrderId, long price, long quantity) {
            this(id, orderId, clientOrderId, price, quantity, Validity.NOT_SAID);
        }
    }

    /**
     * Cancels the account's open orders.
     *
     * @param symbol only those in this one; of all symbols when empty
     * @param side only those of this one; of both when null
     */
    record CancelAll(JsonNode id, String symbol, Side side) implements OrderMessage {}

    /**
     * What is to be cancelled when the session's connection is lost.
     *
     * @param graceMillis how long after that
     * @param onClose when the client closes in order, too
     * @param takesOver a session of the account that was before this one, and whose orders become this one's; empty for none
     */
    record CancelOnDisconnect(JsonNode id, CancelScope scope, int graceMillis, boolean onClose, String takesOver)
            implements OrderMessage {}

    /** Cancels all orders of the account, unless it is said again in time. @param timeoutMillis 0 for never */
    record CancelAllAfter(JsonNode id, int timeoutMillis) implements OrderMessage {}

    /** Says which account the session trades for. */
    record Auth(JsonNode id, String account) implements ClientMessage {}

    /** Asks about the account, or chooses what the session hears of it. */
    sealed interface AccountMessage extends OrderMessage {}

    /**
     * Asks for the account's open orders, oldest first.
     *
     * @param symbol those of this symbol only, all when empty
     * @param limit most orders of the answer, 1 to {@link #MOST}
     * @param after only orders with a higher orderId
     */
    record Orders(JsonNode id, String symbol, int limit, long after) implements AccountMessage {
        public static final int MOST = 1_000;

        /** Asks for the first of all. */
        public Orders(JsonNode id) {
            this(id, "", MOST, 0);
        }
    }

    /** Asks for an order and its history, open or not. Names it as {@link CancelOrder} does. */
    record FindOrder(JsonNode id, long orderId, String clientOrderId) implements AccountMessage {}

    /**
     * Asks for the account's execution reports that the client missed.
     *
     * @param seq the newest {@code accountSeq} up to which it has them all; {@link #FROM_NOW} when it wants none
     */
    record ResumeExecutions(JsonNode id, long seq) implements AccountMessage {
        public static final long FROM_NOW = -1;
    }

    /** @param enabled whether reports about orders that other sessions of the account placed are sent */
    record DropCopy(JsonNode id, boolean enabled) implements AccountMessage {}

    /** Asks for what the account holds of each symbol. */
    record ListPositions(JsonNode id) implements AccountMessage {}

    /** Asks how the account stands. */
    record ShowAccount(JsonNode id) implements AccountMessage {}
}
