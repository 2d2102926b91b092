package tickcast.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * An order to place.
 *
 * @param price mantissa with exponent −8; 0 for a market order
 * @param quantity mantissa with exponent −8
 * @param clientOrderId the caller's name for it, empty for none
 * @param recvWindowMillis how long after it was sent it may be executed, by this machine's clock, up to 60,000; 0 for ever
 * @param selfTradePrevention what is done when it meets an order of the same account; null for what holds for the account
 */
public record OrderRequest(
        String symbol,
        Side side,
        OrderType orderType,
        TimeInForce timeInForce,
        boolean postOnly,
        long price,
        long quantity,
        String clientOrderId,
        int recvWindowMillis,
        SelfTradePrevention selfTradePrevention) {

    /** Rests in the book until it is traded or cancelled. */
    public static OrderRequest limit(String symbol, Side side, long price, long quantity) {
        return new OrderRequest(symbol, side, OrderType.LIMIT, TimeInForce.GTC, false, price, quantity, "", 0, null);
    }

    /** Trades at once at what the book offers; the rest is cancelled. */
    public static OrderRequest market(String symbol, Side side, long quantity) {
        return new OrderRequest(symbol, side, OrderType.MARKET, TimeInForce.IOC, false, 0, quantity, "", 0, null);
    }

    public OrderRequest withTimeInForce(TimeInForce chosen) {
        return with(chosen, postOnly, clientOrderId, recvWindowMillis, selfTradePrevention);
    }

    /** It is refused rather than trading at once. */
    public OrderRequest withPostOnly() {
        return with(timeInForce, true, clientOrderId, recvWindowMillis, selfTradePrevention);
    }

    public OrderRequest withClientOrderId(String chosen) {
        return with(timeInForce, postOnly, chosen, recvWindowMillis, selfTradePrevention);
    }

    /** It is refused rather than executed later than {@code chosen} after it was sent. */
    public OrderRequest withRecvWindow(Duration chosen) {
        return with(timeInForce, postOnly, clientOrderId, Math.toIntExact(chosen.toMillis()), selfTradePrevention);
    }

    public OrderRequest withSelfTradePrevention(SelfTradePrevention chosen) {
        return with(timeInForce, postOnly, clientOrderId, recvWindowMillis, chosen);
    }

    private OrderRequest with(
            TimeInForce newTimeInForce,
            boolean newPostOnly,
            String newClientOrderId,
            int newRecvWindowMillis,
            SelfTradePrevention newSelfTradePrevention) {
        return new OrderRequest(
                symbol,
                side,
                orderType,
                newTimeInForce,
                newPostOnly,
                price,
                quantity,
                newClientOrderId,
                newRecvWindowMillis,
                newSelfTradePrevention);
    }

    ClientMessage.PlaceOrder message(JsonNode id, long timestampMillis, boolean validateOnly) {
        return new ClientMessage.PlaceOrder(
                id,
                clientOrderId,
                symbol,
                side,
                orderType,
                timeInForce,
                postOnly,
                price,
                quantity,
                new ClientMessage.Validity(TimeUnit.MILLISECONDS.toNanos(timestampMillis), recvWindowMillis),
                selfTradePrevention,
                validateOnly);
    }
}
