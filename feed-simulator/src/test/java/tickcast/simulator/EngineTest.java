package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickcast.protocol.sbe.OrderType.LIMIT;
import static tickcast.protocol.sbe.OrderType.MARKET;
import static tickcast.protocol.sbe.Side.BUY;
import static tickcast.protocol.sbe.Side.SELL;
import static tickcast.protocol.sbe.TimeInForce.FOK;
import static tickcast.protocol.sbe.TimeInForce.GTC;
import static tickcast.protocol.sbe.TimeInForce.IOC;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TradingStatus;

class EngineTest extends EngineRig {
    EngineTest() {
        super(OrderBook.MAX_LEVELS);
    }

    @BeforeEach
    void openSymbol() {
        engine.addSymbol(SYMBOL, 5, 10);
    }

    @Test
    void limitOrderRests() {
        limit(1, ALICE, BUY, 100, 20);
        expect("accepted 1", "bid 20 @ 100");
    }

    @Test
    void levelsAddUpAndStaySorted() {
        limit(1, ALICE, SELL, 110, 20);
        limit(2, ALICE, SELL, 105, 20);
        limit(3, BOB, SELL, 110, 30);
        expect("accepted 1", "ask 20 @ 110", "accepted 2", "ask 20 @ 105", "accepted 3", "ask 50 @ 110");
        assertEquals(105, engine.book(SYMBOL).side(SELL).level(0).price());
        assertEquals(110, engine.book(SYMBOL).side(SELL).level(1).price());
    }

    @Test
    void olderOrderOfTheSamePriceTradesFirst() {
        limit(1, ALICE, SELL, 100, 20);
        limit(2, ALICE, SELL, 100, 20);
        events.take();
        limit(3, BOB, BUY, 100, 30);
        expect(
                "accepted 3",
                "traded 3 with 1, 20 @ 100, leaving 10 and 0",
                "traded 3 with 2, 10 @ 100, leaving 0 and 10",
                "ask 10 @ 100");
    }

    @Test
    void betterPriceTradesFirstAtTheRestingPrice() {
        limit(1, ALICE, BUY, 95, 20);
        limit(2, ALICE, BUY, 100, 20);
        events.take();
        limit(3, BOB, SELL, 95, 30);
        expect(
                "accepted 3",
                "traded 3 with 2, 20 @ 100, leaving 10 and 0",
                "bid 0 @ 100",
                "traded 3 with 1, 10 @ 95, leaving 0 and 10",
                "bid 10 @ 95");
    }

    @Test
    void remainderRestsOnItsOwnSide() {
        limit(1, ALICE, SELL, 100, 20);
        events.take();
        limit(2, BOB, BUY, 105, 50);
        expect("accepted 2", "traded 2 with 1, 20 @ 100, leaving 30 and 0", "ask 0 @ 100", "bid 30 @ 105");
    }

    @Test
    void marketOrderSweepsAndItsRemainderIsCanceled() {
        limit(1, ALICE, SELL, 100, 20);
        limit(2, ALICE, SELL, 500, 20);
        events.take();
        submit(3, BOB, BUY, MARKET, GTC, false, 0, 50);
        expect(
                "accepted 3",
                "traded 3 with 1, 20 @ 100, leaving 30 and 0",
                "ask 0 @ 100",
                "traded 3 with 2, 20 @ 500, leaving 10 and 0",
                "ask 0 @ 500",
                "canceled 3 10 IOC_REMAINDER");
    }

    @Test
    void marketSellOrderOnAnEmptyBookIsCanceled() {
        submit(1, BOB, SELL, MARKET, IOC, false, 0, 50);
        expect("accepted 1", "canceled 1 50 IOC_REMAINDER");
    }

    @Test
    void iocTradesWithinItsLimitOnly() {
        limit(1, ALICE, SELL, 100, 20);
        limit(2, ALICE, SELL, 105, 20);
        events.take();
        submit(3, BOB, BUY, LIMIT, IOC, false, 100, 30);
        expect(
                "accepted 3",
                "traded 3 with 1, 20 @ 100, leaving 10 and 0",
                "ask 0 @ 100",
                "canceled 3 10 IOC_REMAINDER");
    }

    @Test
    void fokTradesWholly() {
        limit(1, ALICE, SELL, 100, 20);
        limit(2, ALICE, SELL, 105, 20);
        events.take();
        submit(3, BOB, BUY, LIMIT, FOK, false, 105, 40);
        expect(
                "accepted 3",
                "traded 3 with 1, 20 @ 100, leaving 20 and 0",
                "ask 0 @ 100",
                "traded 3 with 2, 20 @ 105, leaving 0 and 0",
                "ask 0 @ 105");
    }

    @Test
    void fokThatCannotBeFilledIsRejected() {
        limit(1, ALICE, SELL, 100, 20);
        limit(2, ALICE, SELL, 110, 20);
        events.take();
        submit(3, BOB, BUY, LIMIT, FOK, false, 105, 40);
        submit(4, BOB, SELL, MARKET, FOK, false, 0, 10);
        expect("rejected 3 FOK_NOT_FILLABLE", "rejected 4 FOK_NOT_FILLABLE");
    }

    @Test
    void fokBehindAnOwnOrderIsRejected() {
        limit(1, BOB, SELL, 100, 20);
        limit(2, ALICE, SELL, 100, 40);
        events.take();
        submit(3, BOB, BUY, LIMIT, FOK, false, 100, 40);
        expect("rejected 3 SELF_TRADE");
    }

    @Test
    void postOnlyRestsOrIsRejected() {
        limit(1, ALICE, SELL, 100, 20);
        events.take();
        submit(2, BOB, BUY, LIMIT, GTC, true, 100, 20);
        submit(3, BOB, BUY, LIMIT, GTC, true, 95, 20);
        submit(4, BOB, BUY, MARKET, IOC, true, 0, 20);
        expect("rejected 2 POST_ONLY_WOULD_TRADE", "accepted 3", "bid 20 @ 95", "rejected 4 POST_ONLY_WOULD_TRADE");
    }

    @Test
    void cancelTakesTheRestOut() {
        limit(1, ALICE, BUY, 100, 30);
        limit(2, BOB, SELL, 100, 10);
        events.take();
        engine.cancel(1, ALICE, Reason.CLIENT_REQUEST);
        engine.cancel(1, ALICE, Reason.CLIENT_REQUEST);
        expect("canceled 1 20 CLIENT_REQUEST", "bid 0 @ 100", "cancelRejected 1 UNKNOWN_ORDER");
    }

    @Test
    void orderOfAnotherAccountIsUnknown() {
        limit(1, ALICE, BUY, 100, 30);
        events.take();
        engine.cancel(1, BOB, Reason.CLIENT_REQUEST);
        engine.replace(1, BOB, 100, 10);
        expect("cancelRejected 1 UNKNOWN_ORDER", "cancelRejected 1 UNKNOWN_ORDER");
    }

    @Test
    void lessQuantityKeepsPriority() {
        limit(1, ALICE, SELL, 100, 30);
        limit(2, ALICE, SELL, 100, 30);
        events.take();
        engine.replace(1, ALICE, 100, 20);
        limit(3, BOB, BUY, 100, 20);
        expect(
                "replaced 1 20 of 20 @ 100",
                "ask 50 @ 100",
                "accepted 3",
                "traded 3 with 1, 20 @ 100, leaving 0 and 0",
                "ask 30 @ 100");
    }

    @Test
    void sameTermsChangeNothing() {
        limit(1, ALICE, SELL, 100, 30);
        events.take();
        engine.replace(1, ALICE, 100, 30);
        expect("replaced 1 30 of 30 @ 100");
    }

    @Test
    void moreQuantityLosesPriority() {
        limit(1, ALICE, SELL, 100, 30);
        limit(2, ALICE, SELL, 100, 30);
        events.take();
        engine.replace(1, ALICE, 100, 40);
        limit(3, BOB, BUY, 100, 20);
        expect(
                "ask 30 @ 100",
                "replaced 1 40 of 40 @ 100",
                "ask 70 @ 100",
                "accepted 3",
                "traded 3 with 2, 20 @ 100, leaving 0 and 10",
                "ask 50 @ 100");
    }

    @Test
    void newPriceMayTradeAtOnce() {
        limit(1, ALICE, SELL, 100, 30);
        limit(2, BOB, BUY, 95, 50);
        events.take();
        engine.replace(2, BOB, 100, 40);
        expect(
                "bid 0 @ 95",
                "replaced 2 40 of 40 @ 100",
                "traded 2 with 1, 30 @ 100, leaving 10 and 0",
                "ask 0 @ 100",
                "bid 10 @ 100");
    }

    @Test
    void replaceCountsWhatHasTraded() {
        limit(1, ALICE, SELL, 100, 30);
        limit(2, BOB, BUY, 100, 10);
        events.take();
        engine.replace(1, ALICE, 100, 10);
        engine.replace(1, ALICE, 105, 20);
        expect("cancelRejected 1 QUANTITY_TOO_SMALL", "ask 0 @ 100", "replaced 1 10 of 20 @ 105", "ask 10 @ 105");
    }

    @Test
    void refusedReplaceLeavesTheOrderAlone() {
        limit(1, ALICE, SELL, 100, 30);
        submit(2, BOB, BUY, LIMIT, GTC, true, 95, 30);
        events.take();
        engine.replace(2, BOB, 100, 30);
        engine.replace(2, BOB, 96, 30);
        engine.replace(2, BOB, 90, 35);
        engine.replace(9, BOB, 90, 30);
        expect(
                "cancelRejected 2 POST_ONLY_WOULD_TRADE",
                "cancelRejected 2 PRICE_NOT_ON_TICK",
                "cancelRejected 2 QUANTITY_NOT_ON_LOT",
                "cancelRejected 9 UNKNOWN_ORDER");
        assertEquals(95, engine.order(2).price());
    }

    @Test
    void ownOrderStopsTheIncomingOne() {
        limit(1, ALICE, SELL, 100, 20);
        limit(2, BOB, SELL, 100, 20);
        limit(3, ALICE, SELL, 100, 20);
        events.take();
        limit(4, BOB, BUY, 100, 50);
        expect("accepted 4", "traded 4 with 1, 20 @ 100, leaving 30 and 0", "ask 40 @ 100", "canceled 4 30 SELF_TRADE");
    }

    @Test
    void exemptAccountTradesWithItself() {
        limit(-1, BookOrder.EXEMPT_ACCOUNT, SELL, 100, 20);
        events.take();
        limit(-2, BookOrder.EXEMPT_ACCOUNT, BUY, 100, 20);
        expect("accepted -2", "traded -2 with -1, 20 @ 100, leaving 0 and 0", "ask 0 @ 100");
    }

    @Test
    void haltedSymbolTakesCancelsOnly() {
        limit(1, ALICE, BUY, 100, 20);
        events.take();
        engine.status(SYMBOL, TradingStatus.HALTED);
        limit(2, ALICE, BUY, 100, 20);
        engine.replace(1, ALICE, 105, 20);
        engine.cancel(1, ALICE, Reason.CLIENT_REQUEST);
        engine.status(SYMBOL, TradingStatus.OPEN);
        limit(3, ALICE, BUY, 100, 20);
        expect(
                "rejected 2 SYMBOL_NOT_OPEN",
                "cancelRejected 1 SYMBOL_NOT_OPEN",
                "canceled 1 20 CLIENT_REQUEST",
                "bid 0 @ 100",
                "accepted 3",
                "bid 20 @ 100");
    }

    @Test
    void termsOffTheGridAreRejected() {
        engine.submit(1, ALICE, 99, BUY, LIMIT, GTC, false, 100, 10);
        engine.submit(2, ALICE, -1, BUY, LIMIT, GTC, false, 100, 10);
        limit(3, ALICE, BUY, 101, 10);
        limit(4, ALICE, BUY, -5, 10);
        limit(5, ALICE, BUY, 0, 10);
        limit(6, ALICE, BUY, 100, 11);
        limit(7, ALICE, BUY, 100, 0);
        limit(8, ALICE, BUY, 100, Long.MIN_VALUE);
        expect(
                "rejected 1 UNKNOWN_SYMBOL",
                "rejected 2 UNKNOWN_SYMBOL",
                "rejected 3 PRICE_NOT_ON_TICK",
                "rejected 4 PRICE_NOT_ON_TICK",
                "rejected 5 PRICE_NOT_ON_TICK",
                "rejected 6 QUANTITY_NOT_ON_LOT",
                "rejected 7 QUANTITY_NOT_ON_LOT",
                "rejected 8 QUANTITY_NOT_ON_LOT");
    }

    @Test
    void sideHasAtMostAThousandLevels() {
        for (int i = 1; i <= 1_000; i++) {
            limit(i, ALICE, BUY, 5L * i, 10);
        }
        limit(1_001, BOB, SELL, 5_010, 10);
        events.take();
        limit(1_002, ALICE, BUY, 5_005, 10);
        limit(1_003, ALICE, BUY, 5_000, 10);
        engine.replace(1_003, ALICE, 5_005, 10);
        engine.replace(1, ALICE, 5_005, 10);
        limit(1_004, ALICE, BUY, 5_010, 30);
        expect(
                "rejected 1002 LEVEL_LIMIT",
                "accepted 1003",
                "bid 20 @ 5000",
                "cancelRejected 1003 LEVEL_LIMIT",
                "bid 0 @ 5",
                "replaced 1 10 of 10 @ 5005",
                "bid 10 @ 5005",
                "accepted 1004",
                "traded 1004 with 1001, 10 @ 5010, leaving 20 and 0",
                "ask 0 @ 5010",
                "canceled 1004 20 LEVEL_LIMIT");
    }

    @Test
    void orderTradesAtMostAThousandTimes() {
        for (int i = 1; i <= 1_001; i++) {
            limit(i, ALICE, SELL, 100, 10);
        }
        events.take();
        submit(2_000, BOB, BUY, LIMIT, FOK, false, 100, 10_010);
        expect("rejected 2000 FOK_NOT_FILLABLE");
        limit(2_001, BOB, BUY, 100, 10_020);
        List<String> made = events.take();
        assertEquals(1_003, made.size());
        assertEquals(List.of("ask 10 @ 100", "canceled 2001 20 IOC_REMAINDER"), made.subList(1_001, 1_003));
    }

    @Test
    void totalOfALevelCannotOverflow() {
        long huge = Long.MAX_VALUE / 10 * 10;
        limit(1, ALICE, BUY, 100, huge);
        limit(2, ALICE, BUY, 100, 10);
        limit(3, ALICE, BUY, 95, 10);
        engine.replace(3, ALICE, 100, 10);
        submit(4, BOB, SELL, LIMIT, FOK, false, 95, huge);
        expect(
                "accepted 1",
                "bid " + huge + " @ 100",
                "rejected 2 LEVEL_LIMIT",
                "accepted 3",
                "bid 10 @ 95",
                "cancelRejected 3 LEVEL_LIMIT",
                "accepted 4",
                "traded 4 with 1, " + huge + " @ 100, leaving 0 and 0",
                "bid 0 @ 100");
    }

    private void expect(String... expected) {
        assertEquals(List.of(expected), events.take());
    }
}
