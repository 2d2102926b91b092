package tickcast.protocol.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.sbe.TradingStatus;

/** What the gateway says in JSON, other than market data. Fields that are null are left out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerMessage.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ServerMessage.Subscribed.class, name = "subscribed"),
    @JsonSubTypes.Type(value = ServerMessage.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = ServerMessage.Replayed.class, name = "replayed"),
    @JsonSubTypes.Type(value = ServerMessage.Unsubscribed.class, name = "unsubscribed"),
    @JsonSubTypes.Type(value = ServerMessage.SymbolList.class, name = "symbols"),
    @JsonSubTypes.Type(value = ServerMessage.Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = ServerMessage.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = ServerMessage.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerMessage.Nack.class, name = "nack"),
    @JsonSubTypes.Type(value = ServerMessage.DisconnectTerms.class, name = "cancelOnDisconnect"),
    @JsonSubTypes.Type(value = ServerMessage.DeadManTimer.class, name = "cancelAllAfter"),
    @JsonSubTypes.Type(value = ServerMessage.Authenticated.class, name = "authenticated"),
    @JsonSubTypes.Type(value = ServerMessage.OrderList.class, name = "orders"),
    @JsonSubTypes.Type(value = ServerMessage.OrderHistory.class, name = "order"),
    @JsonSubTypes.Type(value = ServerMessage.ExecutionsResumed.class, name = "executionsResumed"),
    @JsonSubTypes.Type(value = ServerMessage.PositionList.class, name = "positions"),
    @JsonSubTypes.Type(value = ServerMessage.AccountState.class, name = "account"),
    @JsonSubTypes.Type(value = ServerMessage.ExecutionReport.class, name = "executionReport"),
    @JsonSubTypes.Type(value = ServerMessage.Error.class, name = "error"),
    @JsonSubTypes.Type(value = ServerMessage.Warning.class, name = "warning"),
})
public sealed interface ServerMessage {

    /** The message as text. */
    default String toJson() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write " + this, e);
        }
    }

    /**
     * Reads a message.
     *
     * @throws UnknownMessageException when its type is none of these
     * @throws MalformedMessageException when it is no message at all
     */
    static ServerMessage parse(String text) {
        try {
            return Json.MAPPER.readValue(text, ServerMessage.class);
        } catch (InvalidTypeIdException e) {
            if (e.getTypeId() != null) {
                throw new UnknownMessageException(e.getTypeId());
            }
            throw malformed(text, e);
        } catch (JsonProcessingException e) {
            throw malformed(text, e);
        }
    }

    private static MalformedMessageException malformed(String text, JsonProcessingException cause) {
        return new MalformedMessageException("No message of the gateway: " + JsonFields.shorten(text), cause);
    }

    /**
     * First message of a session.
     *
     * @param version of the gateway
     * @param account for which the session trades
     * @param epoch identity of the feed, 0 when there is none yet
     * @param seq newest sequence of the feed
     * @param serverTime ms since the Unix epoch
     */
    record Welcome(
            String version,
            String sessionId,
            String account,
            String subprotocol,
            long epoch,
            long seq,
            long heartbeatMillis,
            long serverTime)
            implements ServerMessage {}

    /** An instrument as clients see it. */
    record Listing(String symbol, int symbolId, BigDecimal tickSize, BigDecimal lotSize, String status) {
        public static Listing of(Instrument instrument, TradingStatus status) {
            return new Listing(
                    instrument.symbol(),
                    instrument.symbolId(),
                    Decimal8.toBigDecimal(instrument.tickSize()),
                    Decimal8.toBigDecimal(instrument.lotSize()),
                    JsonNames.of(status));
        }
    }

    /** A symbol that was asked for and not given. */
    record RejectedSymbol(String symbol, String code, String error) {}

    /**
     * @param symbols what is subscribed from now on
     * @param channels granted, by name
     * @param depth granted, levels of a side; null where the whole book is sent
     * @param maxRate granted, updates of a symbol in a second; null where every one is sent
     * @param onSlow granted, by name
     * @param resume what is being resumed, as it was asked for; {@link Resumed} tells the outcome. Null when nothing is
     * @param replay what is being replayed; {@link Replayed} tells the outcome. Null when nothing is
     */
    record Subscribed(
            JsonNode messageId,
            List<Listing> symbols,
            List<RejectedSymbol> rejected,
            List<String> channels,
            Integer depth,
            Double maxRate,
            String onSlow,
            long epoch,
            ObjectNode resume,
            ObjectNode replay)
            implements ServerMessage {

        /** @param past what the symbols begin with, null for snapshots */
        public static Subscribed of(
                JsonNode messageId,
                List<Listing> symbols,
                List<RejectedSymbol> rejected,
                List<String> channels,
                Integer depth,
                Double maxRate,
                OnSlow onSlow,
                long epoch,
                ClientMessage.Past past) {
            return new Subscribed(
                    messageId,
                    symbols,
                    rejected,
                    channels,
                    depth,
                    maxRate,
                    JsonNames.of(onSlow),
                    epoch,
                    PastFields.resumeJson(past),
                    PastFields.replayJson(past));
        }

        /** Symbols that begin with snapshots and are sent every update. */
        public Subscribed(
                JsonNode messageId,
                List<Listing> symbols,
                List<RejectedSymbol> rejected,
                List<String> channels,
                Integer depth,
                long epoch) {
            this(messageId, symbols, rejected, channels, depth, null, null, epoch, null, null);
        }
    }

    /**
     * What became of a resume.
     *
     * @param messageId of its subscribe
     * @param outcome a {@link PastOutcome}
     * @param count market data messages that were sent
     * @param seq all up to this of the feed has been sent about the symbols; what follows continues it, or is a snapshot
     */
    record Resumed(JsonNode messageId, PastOutcome outcome, long count, long seq) implements ServerMessage {}

    /**
     * A replay has ended, in live data or for good.
     *
     * @param messageId of its subscribe
     * @param outcome a {@link PastOutcome}
     * @param count market data messages that were sent
     * @param seq all up to this of the feed has been sent about the symbols
     */
    record Replayed(JsonNode messageId, PastOutcome outcome, long count, long seq) implements ServerMessage {}

    record Unsubscribed(JsonNode messageId, List<String> symbols, List<RejectedSymbol> rejected)
            implements ServerMessage {}

    record SymbolList(JsonNode messageId, List<Listing> symbols) implements ServerMessage {}

    /** @param timestamp the client's own, as it came; serverTime is ms since the Unix epoch */
    record Pong(JsonNode messageId, JsonNode timestamp, long serverTime) implements ServerMessage {}

    /**
     * The session is alive.
     *
     * @param seq newest sequence about the symbols that the session subscribes, 0 when there is none
     * @param ageMillis how long ago that was published, null when there is none
     * @param feedSeq newest sequence of the whole feed
     */
    record Heartbeat(long seq, Long ageMillis, long feedSeq, long serverTime) implements ServerMessage {}

    /** The answer to a message about orders, which tells what is left of the message rate. */
    sealed interface OrderReply extends ServerMessage {
        /** Of the message that is answered. */
        JsonNode messageId();

        OrderReply withLimits(Tokens limits);
    }

    /** How many messages about orders the session and the account may send at once now. */
    record Tokens(long session, long account) {}

    /**
     * A risk limit that a request would have broken.
     *
     * @param limit its name in the file of limits
     * @param allowed what it allows
     * @param value what the request would have made of it
     * @param used how much of it was used before
     */
    record Breach(String limit, BigDecimal allowed, BigDecimal value, BigDecimal used) {}

    /**
     * @param count how many orders a cancelAll cancelled, null for other messages
     * @param duplicate true when this repeats what became of an earlier order of the clientOrderId, else null
     * @param validated true when the order was only to be checked and would have been sent, else null
     */
    record Ack(
            JsonNode messageId,
            Long orderId,
            String clientOrderId,
            String orderStatus,
            Integer count,
            Boolean duplicate,
            Boolean validated,
            Tokens limits)
            implements OrderReply {
        public Ack(JsonNode messageId, Long orderId, String clientOrderId, String orderStatus, Integer count) {
            this(messageId, orderId, clientOrderId, orderStatus, count, null, null, null);
        }

        /** The answer to a repeated order. */
        public Ack asDuplicate() {
            return new Ack(messageId, orderId, clientOrderId, orderStatus, count, true, validated, limits);
        }

        @Override
        public Ack withLimits(Tokens newLimits) {
            return new Ack(messageId, orderId, clientOrderId, orderStatus, count, duplicate, validated, newLimits);
        }
    }

    /**
     * @param duplicate true when this repeats what became of an earlier order of the clientOrderId, else null
     * @param breach the risk limit, null when it is about something else
     * @param retryAfterMillis when there will be room again, null when that is not known
     */
    record Nack(
            JsonNode messageId,
            String code,
            String error,
            String field,
            Long orderId,
            String clientOrderId,
            Boolean duplicate,
            Breach breach,
            Long retryAfterMillis,
            Tokens limits)
            implements OrderReply {
        public Nack(JsonNode messageId, String code, String error, String field, Long orderId, String clientOrderId) {
            this(messageId, code, error, field, orderId, clientOrderId, null, null, null, null);
        }

        /** The answer to a repeated order. */
        public Nack asDuplicate() {
            return new Nack(
                    messageId, code, error, field, orderId, clientOrderId, true, breach, retryAfterMillis, limits);
        }

        public Nack withBreach(Breach newBreach) {
            return new Nack(
                    messageId,
                    code,
                    error,
                    field,
                    orderId,
                    clientOrderId,
                    duplicate,
                    newBreach,
                    retryAfterMillis,
                    limits);
        }

        public Nack withRetryAfter(long millis) {
            return new Nack(messageId, code, error, field, orderId, clientOrderId, duplicate, breach, millis, limits);
        }

        @Override
        public Nack withLimits(Tokens newLimits) {
            return new Nack(
                    messageId,
                    code,
                    error,
                    field,
                    orderId,
                    clientOrderId,
                    duplicate,
                    breach,
                    retryAfterMillis,
                    newLimits);
        }
    }

    /**
     * What is cancelled when the connection is lost.
     *
     * @param scope a {@link CancelScope} by name
     * @param takenOver how many sessions' orders this one has taken over with this, before anything of theirs was cancelled
     */
    record DisconnectTerms(
            JsonNode messageId, String scope, int graceMillis, boolean onClose, int takenOver, Tokens limits)
            implements OrderReply {
        @Override
        public DisconnectTerms withLimits(Tokens newLimits) {
            return new DisconnectTerms(messageId, scope, graceMillis, onClose, takenOver, newLimits);
        }
    }

    /**
     * The account's dead-man timer.
     *
     * @param timeoutMillis 0 when it is not set
     * @param triggerTime when all orders will be cancelled, ms since the Unix epoch; null when it is not set
     */
    record DeadManTimer(JsonNode messageId, int timeoutMillis, Long triggerTime, Tokens limits) implements OrderReply {
        @Override
        public DeadManTimer withLimits(Tokens newLimits) {
            return new DeadManTimer(messageId, timeoutMillis, triggerTime, newLimits);
        }
    }

    /** An open order. */
    record OpenOrder(
            long orderId,
            String clientOrderId,
            String symbol,
            String side,
            String orderType,
            String timeInForce,
            BigDecimal price,
            BigDecimal quantity,
            BigDecimal leavesQuantity,
            BigDecimal cumulativeQuantity,
            String orderStatus) {}

    /** The session trades for this account from now on. */
    record Authenticated(JsonNode messageId, String account) implements ServerMessage {}

    /** @param after ask for the next ones with this, null when these are the last */
    record OrderList(JsonNode messageId, List<OpenOrder> orders, Long after, Tokens limits) implements OrderReply {
        public OrderList(JsonNode messageId, List<OpenOrder> orders, Long after) {
            this(messageId, orders, after, null);
        }

        @Override
        public OrderList withLimits(Tokens newLimits) {
            return new OrderList(messageId, orders, after, newLimits);
        }
    }

    /**
     * An order, open or not.
     *
     * @param history its reports, oldest first
     * @param truncated true when it has older reports that are not told, null otherwise
     */
    record OrderHistory(
            JsonNode messageId, OpenOrder order, List<ExecutionReport> history, Boolean truncated, Tokens limits)
            implements OrderReply {
        public OrderHistory(JsonNode messageId, OpenOrder order, List<ExecutionReport> history, Boolean truncated) {
            this(messageId, order, history, truncated, null);
        }

        @Override
        public OrderHistory withLimits(Tokens newLimits) {
            return new OrderHistory(messageId, order, history, truncated, newLimits);
        }
    }

    /**
     * What became of a {@code resumeExecutions}.
     *
     * @param count how many reports of the past follow at once
     * @param seq the newest {@code accountSeq} of them, or of what was there before what is live
     */
    record ExecutionsResumed(JsonNode messageId, ExecutionsOutcome outcome, long count, long seq, Tokens limits)
            implements OrderReply {
        public ExecutionsResumed(JsonNode messageId, ExecutionsOutcome outcome, long count, long seq) {
            this(messageId, outcome, count, seq, null);
        }

        @Override
        public ExecutionsResumed withLimits(Tokens newLimits) {
            return new ExecutionsResumed(messageId, outcome, count, seq, newLimits);
        }
    }

    /**
     * What an account holds of a symbol. Exact but for the average price.
     *
     * @param quantity bought less sold
     * @param averagePrice of what is held, null when nothing is
     * @param realisedProfit of all that was closed
     * @param markPrice of the newest trade, or the reference price before the first; null when there is neither
     * @param unrealisedProfit what closing at that price would add, null without one
     */
    record HeldPosition(
            String symbol,
            BigDecimal quantity,
            BigDecimal averagePrice,
            BigDecimal realisedProfit,
            BigDecimal markPrice,
            BigDecimal unrealisedProfit) {}

    /** @param accountSeq the newest report that it contains */
    record PositionList(JsonNode messageId, long accountSeq, List<HeldPosition> positions, Tokens limits)
            implements OrderReply {
        public PositionList(JsonNode messageId, long accountSeq, List<HeldPosition> positions) {
            this(messageId, accountSeq, positions, null);
        }

        @Override
        public PositionList withLimits(Tokens newLimits) {
            return new PositionList(messageId, accountSeq, positions, newLimits);
        }
    }

    /**
     * How an account stands.
     *
     * @param accountSeq the newest report that it contains
     * @param openOrders how many
     * @param realisedProfit of all symbols
     * @param unrealisedProfit of all symbols that have a price
     * @param tradingDay its date, null when it is not known
     * @param tradingDayEnds ms since the Unix epoch, null when it is not known
     */
    record AccountState(
            JsonNode messageId,
            String account,
            long accountSeq,
            int openOrders,
            List<HeldPosition> positions,
            BigDecimal realisedProfit,
            BigDecimal unrealisedProfit,
            String tradingDay,
            Long tradingDayEnds,
            Tokens limits)
            implements OrderReply {
        @Override
        public AccountState withLimits(Tokens newLimits) {
            return new AccountState(
                    messageId,
                    account,
                    accountSeq,
                    openOrders,
                    positions,
                    realisedProfit,
                    unrealisedProfit,
                    tradingDay,
                    tradingDayEnds,
                    newLimits);
        }
    }

    /**
     * A change of an order's state.
     *
     * @param accountSeq numbers the account's reports 1, 2, 3 …
     * @param reason why it was cancelled or rejected, null otherwise
     * @param liquidity {@code maker} or {@code taker} for a trade, null otherwise
     * @param timestamp when the exchange matched, ms since the Unix epoch
     * @param placedBy the session that placed the order, null when it is not known
     */
    record ExecutionReport(
            long accountSeq,
            long orderId,
            String clientOrderId,
            String symbol,
            String side,
            String orderType,
            String timeInForce,
            String execType,
            String orderStatus,
            String reason,
            BigDecimal price,
            BigDecimal quantity,
            BigDecimal leavesQuantity,
            BigDecimal cumulativeQuantity,
            BigDecimal lastPrice,
            BigDecimal lastQuantity,
            Long tradeId,
            String liquidity,
            long timestamp,
            String placedBy)
            implements ServerMessage {}

    record Error(JsonNode messageId, String code, String message, String field, List<RejectedSymbol> rejected)
            implements ServerMessage {
        public static Error of(Refusal refusal) {
            return new Error(refusal.messageId(), refusal.code().name(), refusal.getMessage(), refusal.field(), null);
        }
    }

    /**
     * Something that the client should know; the session goes on.
     *
     * @param code one of {@link SlowWarning}, or another
     * @param lagMillis how long the oldest byte has been waiting for the client, null when this is about something else
     * @param lagBytes how many bytes wait
     * @param action what is done about it, the name of an {@link OnSlow}
     * @param merged messages that were not sent since the client fell behind, null while it is behind
     * @param trades how many of them were trades
     */
    record Warning(String code, String message, Long lagMillis, Long lagBytes, String action, Long merged, Long trades)
            implements ServerMessage {
        public Warning(String code, String message) {
            this(code, message, null, null, null, null, null);
        }
    }
}
