package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.InstrumentDirectory;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

class OrderValidatorTest {
    private final OrderValidator validator = new OrderValidator(GatewayRig.instruments());

    @Test
    void goodOrder() throws Refusal {
        assertEquals(GatewayRig.ACME, check("ACME", "100.01", "3"));
        assertEquals(GatewayRig.COIN, check("COIN", "0.5", "0.1"));
    }

    @Test
    void offTickNamesTheNearestPrices() {
        assertRefused(
                ErrorCode.PRICE_NOT_ON_TICK,
                "price",
                "Field price is 100.015, must be a multiple of the tick size 0.01 of ACME; nearest: 100.01 or 100.02",
                "ACME",
                "100.015",
                "3");
    }

    @Test
    void belowTheFirstTickOnlyTheFirstIsNear() {
        assertRefused(
                ErrorCode.PRICE_NOT_ON_TICK,
                "price",
                "Field price is 0.001, must be a multiple of the tick size 0.01 of ACME; nearest: 0.01",
                "ACME",
                "0.001",
                "3");
    }

    @Test
    void offLotNamesTheNearestQuantities() {
        assertRefused(
                ErrorCode.QUANTITY_NOT_ON_LOT,
                "quantity",
                "Field quantity is 0.25, must be a multiple of the lot size 0.1 of COIN; nearest: 0.2 or 0.3",
                "COIN",
                "10.5",
                "0.25");
    }

    @Test
    void nothingAboveTheMaximumIsProposed() {
        var odd = new InstrumentDirectory();
        odd.add(new Instrument(7, "ODD", 3, 7 * Decimal8.ONE, 3));
        var order = GatewayRig.place("", "ODD", Side.BUY, ClientMessageParser.MAX_QUANTITY, 3);
        var refusal = assertThrows(Refusal.class, () -> new OrderValidator(odd).check(order, GatewayRig.id(1)));
        assertEquals(
                "Field quantity is 1000000, must be a multiple of the lot size 7 of ODD; nearest: 999999",
                refusal.getMessage());
    }

    @Test
    void unknownSymbol() {
        assertRefused(
                ErrorCode.UNKNOWN_SYMBOL,
                "symbol",
                "Field symbol is ACMEE, must be one of the 2 listed in the answer to symbols",
                "ACMEE",
                "100",
                "3");
    }

    @Test
    void noInstrumentsYet() {
        var empty = new OrderValidator(new InstrumentDirectory());
        var order = GatewayRig.buy("", 1, 100);
        var refusal = assertThrows(Refusal.class, () -> empty.check(order, GatewayRig.id(1)));
        assertEquals(ErrorCode.FEED_NOT_READY, refusal.code());
    }

    @Test
    void aMarketOrderHasNoPriceToCheck() throws Refusal {
        var order = new ClientMessage.PlaceOrder(
                null, "", "ACME", Side.SELL, OrderType.MARKET, TimeInForce.IOC, false, 0, Decimal8.ONE, 0);
        assertEquals(GatewayRig.ACME, validator.check(order, GatewayRig.id(1)));
    }

    @Test
    void newTermsAreCheckedToo() {
        var replace = new ClientMessage.ReplaceOrder(null, 1, "", Decimal8.ONE, Decimal8.ONE / 2);
        var refusal = assertThrows(Refusal.class, () -> validator.check(replace, GatewayRig.ACME, GatewayRig.id(1)));
        assertEquals(ErrorCode.QUANTITY_NOT_ON_LOT, refusal.code());
    }

    private Instrument check(String symbol, String price, String quantity) throws Refusal {
        return validator.check(order(symbol, price, quantity), GatewayRig.id(1));
    }

    private void assertRefused(
            ErrorCode code, String field, String message, String symbol, String price, String quantity) {
        var order = order(symbol, price, quantity);
        var refusal = assertThrows(Refusal.class, () -> validator.check(order, GatewayRig.id(9)));
        assertEquals(code, refusal.code());
        assertEquals(field, refusal.field());
        assertEquals(message, refusal.getMessage());
        assertEquals(GatewayRig.id(9), refusal.messageId());
    }

    private static ClientMessage.PlaceOrder order(String symbol, String price, String quantity) {
        return GatewayRig.place("", symbol, Side.BUY, Decimal8.parse(quantity), Decimal8.parse(price));
    }
}
