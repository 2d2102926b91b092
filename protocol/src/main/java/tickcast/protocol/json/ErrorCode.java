package tickcast.protocol.json;

import tickcast.protocol.sbe.Reason;

/** What an {@code error}, a {@code nack} or a refused symbol names as its cause. */
public enum ErrorCode {
    MALFORMED_JSON("The text is not one JSON object"),
    UNKNOWN_TYPE("No message has this type"),
    MISSING_FIELD("A required field is not there"),
    UNKNOWN_FIELD("The message has no such field"),
    INVALID_FIELD("A field's value is of the wrong kind or out of range"),
    UNKNOWN_SYMBOL("The exchange lists no such symbol"),
    NOT_SUBSCRIBED("The session does not subscribe the symbol"),
    RATE_LIMITED("Too many messages in too short a time; a session that goes on like that is closed"),
    FEED_NOT_READY("The gateway has not read the feed yet; try again"),
    ACCOUNT_REFUSED("The session may not trade for this account"),
    TOO_LATE_FOR_AUTH("The session has begun to trade, or has chosen its account already"),
    OUTCOME_PENDING("The exchange has not taken all requests that were sent before; ask again"),
    OUTCOME_UNKNOWN(
            "The request may have been sent, and may still be executed; ask for the order, or repeat it by the same"
                    + " clientOrderId"),
    HISTORY_NOT_KEPT("The gateway does not keep what is so old"),
    HISTORY_BUSY("The session has too many unanswered questions about the past; the message was not taken"),
    HISTORY_UNREADABLE("The gateway cannot read the executions; it says so in its log"),
    TOO_MANY_REPLAYS("History is being read for as many as may be; try later, or subscribe without resume or replay"),
    TOO_MANY_SYMBOLS("A replay has at most 100 symbols"),
    PRICE_NOT_ON_TICK("The price is no multiple of the symbol's tick size"),
    QUANTITY_NOT_ON_LOT("The quantity is no multiple of the symbol's lot size"),
    EXCHANGE_UNAVAILABLE("No exchange is running; the request was not sent"),
    ORDERS_BACKED_UP("The way to the exchange is full; the request was not sent"),
    TOO_MANY_OPEN_ORDERS("The account has its most open orders; the order was not sent"),
    EXCHANGE_SLOW(
            "The exchange has too many requests to answer, or one for too long; the request was not sent, try again"),
    MAX_QUANTITY("The quantity is above the risk limit of one order; the order was not sent"),
    MAX_NOTIONAL("Price times quantity is above the risk limit of one order; the order was not sent"),
    PRICE_COLLAR("The price is too far from the reference price; the order was not sent"),
    NO_REFERENCE_PRICE("A risk limit needs a reference price, and none is known yet; the order was not sent"),
    MAX_POSITION("With this order the position could pass its risk limit; the order was not sent"),
    SELF_TRADE_PREVENTION("The account may not trade with itself; the order was not sent"),
    UNKNOWN_ORDER("The account has no such open order"),
    SYMBOL_NOT_OPEN("The symbol is halted or closed"),
    POST_ONLY_WOULD_TRADE("A post-only order would have traded"),
    FOK_NOT_FILLABLE("A fill-or-kill order could not trade whole at once"),
    IOC_REMAINDER("What an immediate-or-cancel or market order could not trade was cancelled"),
    SELF_TRADE("The order would have traded with one of the same account"),
    LEVEL_LIMIT("That side of the book has its most price levels"),
    QUANTITY_TOO_SMALL("The new quantity is no more than what has traded"),
    DUPLICATE_CLIENT_ORDER_ID(
            "The account has used the clientOrderId in this trading day, and the outcome is not known any more"),
    CLIENT_REQUEST("The client cancelled the order"),
    EXCHANGE_RESTART("The exchange stopped while the order was open; it was cancelled"),
    TOO_LATE("The request came too late: it was valid until before it could be done"),
    DAY_ENDED("The trading day of a DAY order has ended"),
    SESSION_DISCONNECTED("A session that wanted its orders cancelled then has gone"),
    DEAD_MAN("The client did not prolong the time after which all is cancelled"),
    HALTED("An operator has halted the account or the symbol"),
    CLIENT_ORDER_ID_LIMIT("The account has used its most clientOrderIds of this trading day");

    private final String description;

    ErrorCode(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    /** The code of the exchange's reason, which is none of {@code NONE} and {@code NULL_VAL}. */
    public static ErrorCode of(Reason reason) {
        return valueOf(reason.name());
    }
}
