package tickcast.client;

import com.fasterxml.jackson.databind.JsonNode;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * An order to place.
 *
 * @param clientOrderId the caller's name for it, empty for none
 * @param price mantissa with exponent −8; 0 for a market order
 * @param quantity mantissa with exponent −8
 */
public record OrderRequest(
        String symbol,
        Side side,
        OrderType orderType,
        TimeInForce timeInForce,
        boolean postOnly,
        long price,
        long quantity,
        String clientOrderId) {

    /** Rests in the book until it is traded or cancelled. */
    public static OrderRequest limit(String symbol, Side side, long price, long quantity) {
        return new OrderRequest(symbol, side, OrderType.LIMIT, TimeInForce.GTC, false, price, quantity, "");
    }

    /** Trades at once at what the book offers; the rest is cancelled. */
    public static OrderRequest market(String symbol, Side side, long quantity) {
        return new OrderRequest(symbol, side, OrderType.MARKET, TimeInForce.IOC, false, 0, quantity, "");
    }

    public OrderRequest withTimeInForce(TimeInForce chosen) {
        return new OrderRequest(symbol, side, orderType, chosen, postOnly, price, quantity, clientOrderId);
    }

    /** It is refused rather than trading at once. */
    public OrderRequest withPostOnly() {
        return new OrderRequest(symbol, side, orderType, timeInForce, true, price, quantity, clientOrderId);
    }

    public OrderRequest withClientOrderId(String chosen) {
        return new OrderRequest(symbol, side, orderType, timeInForce, postOnly, price, quantity, chosen);
    }

    ClientMessage.PlaceOrder message(JsonNode id, long timestampMillis) {
        return new ClientMessage.PlaceOrder(
                id, clientOrderId, symbol, side, orderType, timeInForce, postOnly, price, quantity, timestampMillis);
    }
}
