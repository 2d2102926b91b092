package tickcast.orderentry.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;

/** One order per lot of 1; prices around 100. */
class RiskGateTest {
    private static final int ACME = 1;
    private static final int COIN = 2;
    private static final long ONE = Decimal8.ONE;
    private static final long NONE = SymbolLimits.NONE;

    private final MarketBoard market = new MarketBoard();
    private final RiskGate gate = new RiskGate(RiskLimits.UNLIMITED, 1_000, market);
    private long lastSeq;

    RiskGateTest() {
        market.define(ACME, "ACME", 100 * ONE);
        market.define(COIN, "COIN", 0);
    }

    @Test
    void accountsOfWhichThereIsNothingToKnowAreNotKept() {
        ofSymbol(new SymbolLimits(10 * ONE, NONE, NONE, NONE, NONE, null));
        for (int i = 0; i < 1_000; i++) {
            String account = "session-" + i;
            assertNull(check(account, ACME, Side.BUY, OrderType.LIMIT, 100 * ONE, ONE, null), "to look at only");
            assertNull(gate.selfTradePrevention(account, ACME));
            assertEquals(
                    ErrorCode.MAX_QUANTITY, place(account, Side.BUY, 11, 100).code());
            place(account, Side.BUY, 5, 100);
            place(account, Side.SELL, 5, 100);
            assertEquals(1, gate.accounts());
            gate.reported(lastSeq - 1, account, "", ACME, Side.BUY, false, 100 * ONE, 0, 5 * ONE, 5 * ONE);
            gate.reported(lastSeq, account, "", ACME, Side.SELL, false, 100 * ONE, 0, 5 * ONE, 5 * ONE);
            gate.reported(0, account, "", 0, Side.BUY, false, 0, 0, 0, 0);
            gate.position(account, ACME, 0);
            gate.answered(lastSeq);
            assertEquals(0, gate.accounts());
        }
    }

    @Test
    void accountsAreKeptForTheirPositionsAndClientOrderIds() {
        gate.position("holder", ACME, ONE);
        gate.placed(++lastSeq, "named", "c1", ACME, Side.BUY, false, 100 * ONE, ONE);
        gate.reported(lastSeq, "named", "c1", ACME, Side.BUY, false, 100 * ONE, 0, 0, 0);
        gate.placed(++lastSeq, "forgotten", "c1", ACME, Side.BUY, false, 100 * ONE, ONE);
        gate.reported(lastSeq, "forgotten", "c1", ACME, Side.BUY, false, 100 * ONE, 0, 0, 0);
        gate.answered(lastSeq);
        assertEquals(3, gate.accounts());
        gate.notUsed("forgotten", "c1");
        assertFalse(gate.hasUsed("forgotten", "c1"));
        assertEquals(2, gate.accounts());
        gate.newDay();
        assertEquals(1, gate.accounts());
        gate.position("holder", ACME, 0);
        assertEquals(0, gate.accounts());
    }

    @Test
    void withoutLimitsEverythingPasses() {
        assertNull(place("alice", Side.BUY, 1_000_000, 1_000_000_000));
        assertNull(replace("alice", lastSeq, 1_000_000, 1));
    }

    @Test
    void maxQuantity() {
        ofSymbol(new SymbolLimits(10 * ONE, NONE, NONE, NONE, NONE, null));
        assertNull(place("alice", Side.BUY, 10, 100));
        assertRefused(ErrorCode.MAX_QUANTITY, "max-quantity", "10", "11", "0", place("alice", Side.BUY, 11, 100));
        assertRefused(ErrorCode.MAX_QUANTITY, "max-quantity", "10", "11", "0", replace("alice", 1, 11, 100));
    }

    @Test
    void maxNotionalIsExactBeyondSixtyFourBits() {
        ofSymbol(new SymbolLimits(NONE, Decimal8.parse("90000000000"), NONE, NONE, NONE, null));
        assertNull(place("alice", Side.BUY, 90, 1_000_000_000));
        assertRefused(
                ErrorCode.MAX_NOTIONAL,
                "max-notional",
                "90000000000",
                "90000000000.00000001",
                "0",
                check("alice", ACME, Side.BUY, OrderType.LIMIT, Decimal8.parse("90000000000.00000001"), ONE, null));
        assertRefused(
                ErrorCode.MAX_NOTIONAL,
                "max-notional",
                "90000000000",
                "1000000000000000",
                "0",
                place("alice", Side.SELL, 1_000_000, 1_000_000_000));
    }

    @Test
    void aMarketOrderIsMeasuredAtTheReferencePrice() {
        ofSymbol(new SymbolLimits(NONE, 1_000 * ONE, NONE, NONE, NONE, null));
        assertNull(check("alice", ACME, Side.BUY, OrderType.MARKET, 0, 10 * ONE, null));
        market.traded(ACME, 101 * ONE);
        assertRefused(
                ErrorCode.MAX_NOTIONAL,
                "max-notional",
                "1000",
                "1010",
                "0",
                check("alice", ACME, Side.BUY, OrderType.MARKET, 0, 10 * ONE, null));
        var unknown = check("alice", COIN, Side.BUY, OrderType.MARKET, 0, 10 * ONE, null);
        assertEquals(ErrorCode.NO_REFERENCE_PRICE, unknown.code());
    }

    @Test
    void thePriceCollarMovesWithTheLastTrade() {
        ofSymbol(new SymbolLimits(NONE, NONE, 5 * ONE, NONE, NONE, null));
        assertNull(place("alice", Side.BUY, 1, 105));
        assertNull(place("alice", Side.SELL, 1, 95));
        assertRefused(ErrorCode.PRICE_COLLAR, "price-collar", "5", "6", "0", place("alice", Side.BUY, 1, 106));
        assertRefused(ErrorCode.PRICE_COLLAR, "price-collar", "5", "6", "0", place("alice", Side.SELL, 1, 94));
        assertEquals(
                "Price 94 is 6 % from the reference price 100, above 5 %; from 95 to 105 is allowed",
                place("alice", Side.SELL, 1, 94).message());
        market.traded(ACME, 110 * ONE);
        assertNull(place("alice", Side.BUY, 1, 106));
        assertEquals(ErrorCode.PRICE_COLLAR, replace("alice", 1, 1, 100).code());
        assertEquals(
                ErrorCode.NO_REFERENCE_PRICE,
                check("alice", COIN, Side.BUY, OrderType.LIMIT, ONE, ONE, null).code());
    }

    @Test
    void thePositionIsMeasuredAtItsWorst() {
        ofSymbol(new SymbolLimits(NONE, NONE, NONE, 10 * ONE, NONE, null));
        assertNull(place("alice", Side.BUY, 6, 100));
        assertRefused(ErrorCode.MAX_POSITION, "max-position", "10", "11", "6", place("alice", Side.BUY, 5, 100));
        assertNull(place("alice", Side.SELL, 10, 101));
        assertEquals(ErrorCode.MAX_POSITION, place("alice", Side.SELL, 1, 101).code());
        assertNull(place("bob", Side.BUY, 10, 100));
        trade(1, "alice", Side.BUY, 6, 6, 6);
        // 6 long, nothing open to buy, 10 open to sell: 4 more long, 4 short at worst
        assertNull(place("alice", Side.SELL, 6, 101));
        assertRefused(ErrorCode.MAX_POSITION, "max-position", "10", "11", "10", place("alice", Side.SELL, 1, 101));
        assertNull(place("alice", Side.BUY, 4, 100));
        assertRefused(ErrorCode.MAX_POSITION, "max-position", "10", "11", "10", place("alice", Side.BUY, 1, 100));
    }

    @Test
    void whatIsAboveALoweredLimitMayBeReduced() {
        gate.position("alice", ACME, 50 * ONE);
        ofSymbol(new SymbolLimits(NONE, NONE, NONE, 10 * ONE, NONE, null));
        assertRefused(ErrorCode.MAX_POSITION, "max-position", "10", "51", "50", place("alice", Side.BUY, 1, 100));
        assertNull(place("alice", Side.SELL, 60, 100));
    }

    @Test
    void aRejectedOrCancelledOrderFreesWhatItHeld() {
        ofSymbol(new SymbolLimits(NONE, NONE, NONE, 10 * ONE, 1, null));
        assertNull(place("alice", Side.BUY, 10, 100));
        report(lastSeq, "alice", Side.BUY, false, 0, 0);
        assertNull(place("alice", Side.BUY, 10, 100));
        report(lastSeq, "alice", Side.BUY, true, 10, 0);
        report(lastSeq, "alice", Side.BUY, false, 0, 0);
        assertNull(place("alice", Side.BUY, 10, 100));
    }

    @Test
    void openOrdersOfTheAccountAndOfTheSymbol() {
        gate.limits(new RiskLimits(
                new SymbolLimits(NONE, NONE, NONE, NONE, 2, null),
                new AccountLimits(3, NONE, NONE),
                Map.of(),
                Map.of()));
        assertNull(place("alice", Side.BUY, 1, 100));
        assertNull(place("alice", Side.BUY, 1, 100));
        assertRefused(
                ErrorCode.TOO_MANY_OPEN_ORDERS,
                "max-symbol-open-orders",
                "2",
                "3",
                "2",
                place("alice", Side.BUY, 1, 100));
        assertNull(place("alice", COIN, Side.BUY, 1, 100));
        assertRefused(
                ErrorCode.TOO_MANY_OPEN_ORDERS, "max-open-orders", "3", "4", "3", place("alice", COIN, Side.BUY, 1, 1));
        assertNull(gate.check("alice", ACME, Side.BUY, OrderType.LIMIT, false, 100 * ONE, ONE, null), "it never rests");
        assertNull(place("bob", Side.BUY, 1, 100));
    }

    @Test
    void aReplaceCountsForTheMostItMayBecome() {
        ofSymbol(new SymbolLimits(NONE, NONE, NONE, 10 * ONE, NONE, null));
        assertNull(place("alice", Side.BUY, 4, 100));
        long order = lastSeq;
        report(order, "alice", Side.BUY, true, 4, 0);
        assertRefused(ErrorCode.MAX_POSITION, "max-position", "10", "11", "4", replace("alice", order, 11, 100));
        assertNull(replace("alice", order, 8, 100));
        assertEquals(ErrorCode.MAX_POSITION, place("alice", Side.BUY, 3, 100).code());
        assertNull(replace("alice", order, 2, 100));
        assertEquals(
                ErrorCode.MAX_POSITION,
                place("alice", Side.BUY, 3, 100).code(),
                "the first may come before the second");
        gate.answered(lastSeq);
        report(order, "alice", Side.BUY, true, 2, 0);
        assertNull(place("alice", Side.BUY, 8, 100));
    }

    @Test
    void aReplaceOfWhatHasTradedInPart() {
        ofSymbol(new SymbolLimits(NONE, NONE, NONE, 10 * ONE, NONE, null));
        assertNull(place("alice", Side.BUY, 8, 100));
        long order = lastSeq;
        report(order, "alice", Side.BUY, true, 8, 0);
        trade(order, "alice", Side.BUY, 5, 8, 5);
        assertNull(replace("alice", order, 10, 100), "5 held and 5 more to buy");
        assertEquals(ErrorCode.MAX_POSITION, replace("alice", order, 11, 100).code());
    }

    @Test
    void aReplaceByTheClientsName() {
        ofSymbol(new SymbolLimits(10 * ONE, NONE, NONE, NONE, NONE, null));
        gate.placed(++lastSeq, "alice", "mine", ACME, Side.BUY, true, 100 * ONE, 5 * ONE);
        assertEquals(
                ErrorCode.MAX_QUANTITY,
                gate.checkReplace("alice", 0, "mine", 100 * ONE, 11 * ONE).code());
        assertNull(gate.checkReplace("bob", 0, "mine", 100 * ONE, 11 * ONE), "the exchange refuses it");
        assertNull(gate.checkReplace("bob", lastSeq, "", 100 * ONE, 11 * ONE), "the exchange refuses it");
    }

    @Test
    void aRepeatedClientOrderIdHoldsNothingOnceAnswered() {
        ofSymbol(new SymbolLimits(NONE, NONE, NONE, 10 * ONE, NONE, null));
        gate.placed(++lastSeq, "alice", "mine", ACME, Side.BUY, true, 100 * ONE, 4 * ONE);
        assertTrue(gate.hasUsed("alice", "mine"), "before the answer, too");
        gate.reported(lastSeq, "alice", "mine", ACME, Side.BUY, true, 100 * ONE, 4 * ONE, 0, 0);
        gate.answered(lastSeq);
        assertTrue(gate.hasUsed("alice", "mine"));
        assertFalse(gate.hasUsed("bob", "mine"));
        assertFalse(gate.hasUsed("alice", "other"));
        gate.placed(++lastSeq, "alice", "mine", ACME, Side.BUY, true, 100 * ONE, 4 * ONE);
        assertEquals(ErrorCode.MAX_POSITION, place("alice", Side.BUY, 6, 100).code());
        gate.answered(lastSeq);
        assertNull(gate.check("alice", ACME, Side.BUY, OrderType.LIMIT, true, 100 * ONE, 6 * ONE, null));
        assertEquals(
                ErrorCode.MAX_POSITION,
                gate.checkReplace("alice", 0, "mine", 100 * ONE, 11 * ONE).code(),
                "the first order still has the name");
        gate.newDay();
        assertTrue(gate.hasUsed("alice", "mine"), "it is still open");
        gate.reported(1, "alice", "mine", ACME, Side.BUY, false, 100 * ONE, 0, 0, 0);
        gate.newDay();
        assertFalse(gate.hasUsed("alice", "mine"));
    }

    @Test
    void haltedUntilResumed() {
        assertNull(place("alice", Side.BUY, 5, 100));
        report(1, "alice", Side.BUY, true, 5, 0);
        gate.haltAccount("alice", true);
        assertEquals(ErrorCode.HALTED, place("alice", Side.BUY, 1, 100).code());
        assertEquals(ErrorCode.HALTED, replace("alice", 1, 6, 100).code());
        assertEquals(ErrorCode.HALTED, replace("alice", 1, 5, 101).code());
        assertNull(gate.checkReplace("alice", 1, "", 100 * ONE, 4 * ONE), "less of the same is less risk");
        assertNull(place("bob", Side.BUY, 1, 100));
        gate.haltAccount("alice", false);
        gate.haltSymbol("ACME", true);
        assertEquals(ErrorCode.HALTED, place("bob", Side.BUY, 1, 100).code());
        assertNull(place("bob", COIN, Side.BUY, 1, 100));
        assertEquals(
                List.of("alice", "bob"),
                gate.accountsWithOrders(ACME).stream().sorted().toList());
        assertEquals(List.of("bob"), gate.accountsWithOrders(COIN));
        gate.haltSymbol("ACME", false);
        assertNull(place("bob", Side.BUY, 1, 100));
    }

    @Test
    void theMostSpecificLimitHolds() {
        gate.limits(new RiskLimits(
                quantity(100),
                AccountLimits.UNLIMITED,
                Map.of("ACME", quantity(50), "COIN", quantity(500)),
                Map.of(
                        "alice",
                        new RiskLimits.OfAccount(
                                AccountLimits.UNLIMITED, quantity(60), Map.of("COIN", quantity(1_000))),
                        "carol",
                        new RiskLimits.OfAccount(AccountLimits.UNLIMITED, quantity(40), Map.of()))));
        assertMaxQuantity(50, "alice", ACME);
        assertMaxQuantity(1_000, "alice", COIN);
        assertMaxQuantity(50, "bob", ACME);
        assertMaxQuantity(500, "bob", COIN);
        assertMaxQuantity(40, "carol", ACME);
        assertMaxQuantity(40, "carol", COIN);
        gate.limits(new RiskLimits(quantity(7), AccountLimits.UNLIMITED, Map.of(), Map.of()));
        assertMaxQuantity(7, "alice", ACME);
        market.define(ACME, "OTHER", 0);
        assertMaxQuantity(7, "alice", ACME);
    }

    @Test
    void selfTradePreventionMayNotBeTurnedOff() {
        ofSymbol(new SymbolLimits(NONE, NONE, NONE, NONE, NONE, SelfTradePrevention.CANCEL_OLDEST));
        assertEquals(SelfTradePrevention.CANCEL_OLDEST, gate.selfTradePrevention("alice", ACME));
        var refused = check("alice", ACME, Side.BUY, OrderType.LIMIT, ONE, ONE, SelfTradePrevention.NONE);
        assertEquals(ErrorCode.SELF_TRADE_PREVENTION, refused.code());
        assertNull(check("alice", ACME, Side.BUY, OrderType.LIMIT, ONE, ONE, SelfTradePrevention.CANCEL_BOTH));
        ofSymbol(SymbolLimits.UNLIMITED);
        assertNull(gate.selfTradePrevention("alice", ACME));
        assertNull(check("alice", ACME, Side.BUY, OrderType.LIMIT, ONE, ONE, SelfTradePrevention.NONE));
    }

    @Test
    void anUnknownSymbolWaitsForTheFeed() {
        assertEquals(
                ErrorCode.FEED_NOT_READY, place("alice", 3, Side.BUY, 1, 100).code());
        market.clear();
        assertEquals(ErrorCode.FEED_NOT_READY, place("alice", Side.BUY, 1, 100).code());
    }

    @Test
    void hashesOfClientOrderIdsDiffer() {
        assertEquals(IdHash.of("order-1"), IdHash.of("order-1"));
        assertNotEquals(IdHash.of("order-1"), IdHash.of("order-2"));
        assertNotEquals(IdHash.of(""), IdHash.of("\0"));
        assertTrue(IdHash.of("~".repeat(64)) >= 0);
    }

    private static SymbolLimits quantity(int max) {
        return new SymbolLimits(max * ONE, NONE, NONE, NONE, NONE, null);
    }

    private void assertMaxQuantity(int max, String account, int symbolId) {
        assertNull(check(account, symbolId, Side.BUY, OrderType.LIMIT, ONE, max * ONE, null));
        var refused = check(account, symbolId, Side.BUY, OrderType.LIMIT, ONE, max * ONE + 1, null);
        assertEquals(0, refused.allowed().compareTo(BigDecimal.valueOf(max)));
    }

    private void ofSymbol(SymbolLimits limits) {
        gate.limits(new RiskLimits(limits, AccountLimits.UNLIMITED, Map.of(), Map.of()));
    }

    private RiskRefusal check(
            String account,
            int symbolId,
            Side side,
            OrderType orderType,
            long price,
            long quantity,
            SelfTradePrevention selfTradePrevention) {
        return gate.check(account, symbolId, side, orderType, true, price, quantity, selfTradePrevention);
    }

    private RiskRefusal place(String account, Side side, int quantity, int price) {
        return place(account, ACME, side, quantity, price);
    }

    /** Checks the order and, when it passes, lets it be written. */
    private RiskRefusal place(String account, int symbolId, Side side, int quantity, int price) {
        var refusal = check(account, symbolId, side, OrderType.LIMIT, price * ONE, quantity * ONE, null);
        if (refusal == null) {
            gate.placed(++lastSeq, account, "", symbolId, side, true, price * ONE, quantity * ONE);
        }
        return refusal;
    }

    private RiskRefusal replace(String account, long orderId, int quantity, int price) {
        var refusal = gate.checkReplace(account, orderId, "", price * ONE, quantity * ONE);
        if (refusal == null) {
            gate.replaceSent(++lastSeq, account, orderId, "", quantity * ONE);
        }
        return refusal;
    }

    private void report(long orderId, String account, Side side, boolean open, int leaves, int cumulative) {
        gate.reported(orderId, account, "", ACME, side, open, 100 * ONE, leaves * ONE, cumulative * ONE, 0);
    }

    private void trade(long orderId, String account, Side side, int traded, int quantity, int cumulative) {
        gate.reported(
                orderId,
                account,
                "",
                ACME,
                side,
                cumulative < quantity,
                100 * ONE,
                (quantity - cumulative) * ONE,
                cumulative * ONE,
                traded * ONE);
    }

    private static void assertRefused(
            ErrorCode code, String limit, String allowed, String value, String used, RiskRefusal refusal) {
        assertEquals(
                List.of(code, limit, allowed, value, used),
                List.of(
                        refusal.code(),
                        refusal.limit(),
                        refusal.allowed().toPlainString(),
                        refusal.value().toPlainString(),
                        refusal.used().toPlainString()));
    }
}
