package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
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
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** Orders of users in a book of recorded ones. Recorded orders have ids below 100, those of users above. */
class UserFillsTest extends EngineRig {
    private final PrintedTrades trades = new PrintedTrades();
    private RecordedBook recorded;

    UserFillsTest() {
        super(Integer.MAX_VALUE);
    }

    @BeforeEach
    void openSymbol() {
        engine.addSymbol(SYMBOL, 1, 1);
        recorded = new RecordedBook(engine.book(SYMBOL), new OrderIndex(), new OrderPool(), new UserFills(), trades);
    }

    @Test
    void anOrderWaitsBehindWhatRestedWhenItCame() {
        recorded.add(1, BUY, 100, 30);
        recorded.add(2, BUY, 100, 20);
        limit(101, ALICE, BUY, 100, 10);
        recorded.add(3, BUY, 100, 40);
        recorded.execute(1, 30, 0, true);
        recorded.execute(2, 5, 0, true);
        expectTrades("accepted 101");
        recorded.execute(2, 15, 0, true);
        expectTrades();
        recorded.execute(3, 7, 0, true);
        expectTrades("traded 0 with 101, 7 @ 100, leaving 0 and 3");
        recorded.execute(3, 20, 0, true);
        expectTrades("traded 0 with 101, 3 @ 100, leaving 17 and 0");
        recorded.execute(3, 13, 0, true);
        expectTrades();
        expectBids();
    }

    @Test
    void theQueueShortensByCancelsAndReplacements() {
        recorded.add(1, SELL, 100, 30);
        recorded.add(2, SELL, 100, 20);
        recorded.add(3, SELL, 100, 20);
        limit(101, ALICE, SELL, 100, 10);
        recorded.delete(1);
        recorded.reduce(2, 19);
        recorded.replace(3, 4, 100, 20);
        recorded.execute(4, 1, 0, true);
        expectTrades("accepted 101");
        recorded.execute(2, 1, 0, true);
        expectTrades();
        recorded.execute(4, 2, 0, true);
        expectTrades("traded 0 with 101, 2 @ 100, leaving 0 and 8");
    }

    @Test
    void usersOfOnePriceTradeInTheOrderInWhichTheyCame() {
        limit(101, ALICE, BUY, 100, 10);
        limit(102, BOB, BUY, 100, 10);
        recorded.add(1, BUY, 100, 5);
        limit(103, ALICE, BUY, 100, 10);
        events.take();
        recorded.execute(1, 2, 0, true);
        expectTrades("traded 0 with 101, 2 @ 100, leaving 0 and 8");
        recorded.executeLevel(BUY, 100, 13);
        expectTrades("traded 0 with 101, 8 @ 100, leaving 5 and 0", "traded 0 with 102, 5 @ 100, leaving 0 and 5");
        recorded.trade(100, 100, SELL);
        expectTrades("traded 0 with 102, 5 @ 100, leaving 95 and 0", "traded 0 with 103, 10 @ 100, leaving 85 and 0");
    }

    @Test
    void whatIsTradedThroughTradesAtItsOwnPrice() {
        recorded.add(1, BUY, 99, 50);
        recorded.add(2, BUY, 101, 5);
        limit(101, ALICE, BUY, 101, 10);
        limit(102, BOB, BUY, 100, 10);
        limit(103, BOB, BUY, 98, 10);
        events.take();
        recorded.execute(1, 15, 0, true);
        expectTrades("traded 0 with 101, 10 @ 101, leaving 5 and 0", "traded 0 with 102, 5 @ 100, leaving 0 and 5");
        assertEquals(List.of("15 @ 99 SELL"), trades.take());
        expectBids("bid 5 @ 101", "bid 5 @ 100", "bid 35 @ 99", "bid 10 @ 98");
    }

    @Test
    void anUnprintedExecutionFillsNobody() {
        recorded.add(1, BUY, 99, 50);
        limit(101, ALICE, BUY, 100, 10);
        events.take();
        recorded.execute(1, 50, 0, false);
        expectTrades();
    }

    @Test
    void theOrdersPriceDecidesNotThatOfTheExecution() {
        recorded.add(1, BUY, 100, 50);
        limit(101, ALICE, BUY, 100, 10);
        events.take();
        recorded.execute(1, 20, 98, true);
        expectTrades();
        assertEquals(List.of("20 @ 98 SELL"), trades.take());
    }

    @Test
    void aRecordedOrderThatCrossesMeetsUsersAtTheirPrices() {
        limit(101, ALICE, BUY, 101, 10);
        limit(102, BOB, BUY, 100, 10);
        limit(103, BOB, BUY, 99, 10);
        events.take();
        recorded.add(1, SELL, 100, 12);
        expectTrades("traded 0 with 101, 10 @ 101, leaving 2 and 0", "traded 0 with 102, 2 @ 100, leaving 0 and 8");
        assertEquals(List.of(), trades.take());
        assertEquals(12, recorded.order(1).leavesQuantity());
        assertEquals(0, recorded.order(1).available());
        expectBids("bid 8 @ 100", "bid 10 @ 99");
    }

    @Test
    void whatRemainsOfACrossingOrderIsThereForOthers() {
        limit(101, ALICE, BUY, 100, 10);
        recorded.add(1, SELL, 100, 12);
        limit(102, BOB, BUY, 100, 5);
        expectTrades(
                "accepted 101",
                "traded 0 with 101, 10 @ 100, leaving 2 and 0",
                "accepted 102",
                "traded 102 with 1, 2 @ 100, leaving 3 and 12");
        recorded.replace(1, 2, 99, 20);
        expectTrades("traded 0 with 102, 3 @ 100, leaving 5 and 0");
        assertEquals(5, recorded.order(2).available());
    }

    @Test
    void quantityThatIsTakenIsNotThereForASecondUser() {
        recorded.add(1, SELL, 100, 10);
        recorded.add(2, SELL, 101, 10);
        limit(101, ALICE, BUY, 100, 7);
        limit(102, BOB, BUY, 101, 7);
        expectTrades(
                "accepted 101",
                "traded 101 with 1, 7 @ 100, leaving 0 and 10",
                "accepted 102",
                "traded 102 with 1, 3 @ 100, leaving 4 and 10",
                "traded 102 with 2, 4 @ 101, leaving 0 and 10");
        assertEquals(10, engine.book(SYMBOL).side(SELL).level(0).recordedQuantity());
        recorded.execute(1, 10, 0, true);
        assertEquals(List.of("10 @ 100 BUY"), trades.take());
    }

    @Test
    void whatWasTakenStaysTakenWhenTheOrderChanges() {
        recorded.add(1, SELL, 100, 10);
        limit(101, ALICE, BUY, 100, 4);
        recorded.reduce(1, 3);
        assertEquals(3, recorded.order(1).available());
        recorded.execute(1, 2, 0, true);
        assertEquals(1, recorded.order(1).available());
        recorded.replace(1, 2, 101, 20);
        assertEquals(16, recorded.order(2).available());
        recorded.replace(2, 3, 101, 3);
        assertEquals(0, recorded.order(3).available());
        recorded.replace(3, 4, 101, 5);
        assertEquals(2, recorded.order(4).available());
    }

    @Test
    void whatComesAnewToALevelWasTakenByNobody() {
        recorded.level(SELL, 100, 10);
        limit(101, ALICE, BUY, 100, 10);
        recorded.level(SELL, 100, 4);
        recorded.level(SELL, 100, 9);
        events.take();
        submit(102, BOB, BUY, LIMIT, IOC, false, 100, 20);
        expectTrades("accepted 102", "traded 102 with 0, 5 @ 100, leaving 15 and 9", "canceled 102 15 IOC_REMAINDER");
    }

    @Test
    void aLevelThatGrowsMeetsUsersWithWhatIsNew() {
        recorded.level(SELL, 100, 10);
        limit(101, ALICE, BUY, 100, 25);
        expectTrades("accepted 101", "traded 101 with 0, 10 @ 100, leaving 15 and 10");
        recorded.level(SELL, 100, 13);
        expectTrades("traded 0 with 101, 3 @ 100, leaving 0 and 12");
        recorded.level(SELL, 100, 2);
        recorded.level(SELL, 100, 6);
        expectTrades("traded 0 with 101, 4 @ 100, leaving 0 and 8");
    }

    @Test
    void anOrderBehindAUserOfALevelThatGrows() {
        recorded.level(BUY, 100, 10);
        limit(101, ALICE, BUY, 100, 5);
        recorded.level(BUY, 100, 30);
        recorded.level(BUY, 100, 20);
        events.take();
        recorded.executeLevel(BUY, 100, 10);
        expectTrades();
        recorded.executeLevel(BUY, 100, 2);
        expectTrades("traded 0 with 101, 2 @ 100, leaving 0 and 3");
        expectBids("bid 11 @ 100");
    }

    @Test
    void userAgainstUserWithRecordedQuantityBetween() {
        limit(101, ALICE, SELL, 100, 5);
        recorded.add(1, SELL, 100, 5);
        limit(102, ALICE, SELL, 100, 5);
        recorded.add(2, SELL, 99, 5);
        events.take();
        limit(103, BOB, BUY, 100, 17);
        expectTrades(
                "accepted 103",
                "traded 103 with 2, 5 @ 99, leaving 12 and 5",
                "traded 103 with 101, 5 @ 100, leaving 7 and 0",
                "traded 103 with 1, 5 @ 100, leaving 2 and 5",
                "traded 103 with 102, 2 @ 100, leaving 0 and 3");
    }

    @Test
    void fillOrKillCountsWhatIsThereOnly() {
        recorded.add(1, SELL, 100, 10);
        limit(101, ALICE, BUY, 100, 4);
        events.take();
        submit(102, BOB, BUY, LIMIT, FOK, false, 100, 7);
        submit(103, BOB, BUY, LIMIT, FOK, false, 100, 6);
        submit(104, BOB, BUY, MARKET, FOK, false, 0, 1);
        expectTrades(
                "rejected 102 FOK_NOT_FILLABLE",
                "accepted 103",
                "traded 103 with 1, 6 @ 100, leaving 0 and 10",
                "rejected 104 FOK_NOT_FILLABLE");
    }

    @Test
    void immediateOrdersTakeWhatIsThere() {
        recorded.add(1, BUY, 100, 10);
        recorded.add(2, BUY, 98, 10);
        submit(101, ALICE, SELL, LIMIT, IOC, false, 99, 15);
        submit(102, ALICE, SELL, MARKET, GTC, false, 0, 15);
        expectTrades(
                "accepted 101",
                "traded 101 with 1, 10 @ 100, leaving 5 and 10",
                "canceled 101 5 IOC_REMAINDER",
                "accepted 102",
                "traded 102 with 2, 10 @ 98, leaving 5 and 10",
                "canceled 102 5 IOC_REMAINDER");
    }

    @Test
    void postOnlyLooksAtTheMarketAsItIsShown() {
        recorded.add(1, SELL, 100, 10);
        limit(101, ALICE, BUY, 100, 10);
        events.take();
        submit(102, BOB, BUY, LIMIT, GTC, true, 100, 5);
        submit(103, BOB, BUY, LIMIT, GTC, true, 99, 5);
        expectTrades("rejected 102 POST_ONLY_WOULD_TRADE", "accepted 103");
    }

    @Test
    void anOwnOrderBehindARecordedOneStopsTheIncoming() {
        recorded.add(1, SELL, 100, 10);
        limit(101, ALICE, SELL, 100, 10);
        events.take();
        limit(102, ALICE, BUY, 100, 15);
        expectTrades("accepted 102", "traded 102 with 1, 10 @ 100, leaving 5 and 10", "canceled 102 5 SELF_TRADE");
    }

    @Test
    void ordersOfOneAccountAreBothFilledByTheRecording() {
        limit(101, ALICE, BUY, 100, 5);
        limit(102, ALICE, SELL, 102, 5);
        recorded.add(1, SELL, 99, 3);
        recorded.add(2, BUY, 103, 3);
        expectTrades(
                "accepted 101",
                "accepted 102",
                "traded 0 with 101, 3 @ 100, leaving 0 and 2",
                "traded 0 with 102, 3 @ 102, leaving 0 and 2");
    }

    @Test
    void replacedAndCanceledOrders() {
        recorded.add(1, BUY, 100, 10);
        recorded.add(2, SELL, 103, 10);
        limit(101, ALICE, BUY, 100, 10);
        limit(102, BOB, BUY, 100, 10);
        engine.replace(101, ALICE, 100, 8);
        engine.replace(101, ALICE, 103, 8);
        engine.cancel(102, BOB, Reason.CLIENT_REQUEST);
        recorded.execute(1, 10, 0, true);
        expectTrades(
                "accepted 101",
                "accepted 102",
                "replaced 101 8 of 8 @ 100",
                "replaced 101 8 of 8 @ 103",
                "traded 101 with 2, 8 @ 103, leaving 0 and 10",
                "canceled 102 10 CLIENT_REQUEST");
        expectBids();
    }

    @Test
    void aHiddenTradeTradesThroughUsersOnTheSideThatRested() {
        recorded.add(1, BUY, 99, 10);
        recorded.add(2, SELL, 103, 10);
        limit(101, ALICE, BUY, 100, 10);
        limit(102, BOB, SELL, 102, 10);
        events.take();
        recorded.trade(101, 5, SELL);
        recorded.trade(101, 5, BUY);
        expectTrades();
        recorded.trade(100, 3, BUY);
        recorded.trade(100, 4, SELL);
        expectTrades("traded 0 with 101, 4 @ 100, leaving 0 and 6");
        recorded.trade(103, 5, BUY);
        expectTrades("traded 0 with 102, 5 @ 102, leaving 0 and 5");
        assertEquals(
                List.of("5 @ 101 SELL", "5 @ 101 BUY", "3 @ 100 BUY", "4 @ 100 SELL", "5 @ 103 BUY"), trades.take());
    }

    @Test
    void aHiddenTradeOfAnUnknownSideTradesThroughBetterPricesOnly() {
        limit(101, ALICE, BUY, 100, 10);
        limit(102, BOB, SELL, 102, 10);
        events.take();
        recorded.trade(101, 5, Side.NULL_VAL);
        recorded.trade(100, 5, Side.NULL_VAL);
        recorded.trade(102, 5, Side.NULL_VAL);
        expectTrades();
        recorded.trade(99, 5, Side.NULL_VAL);
        recorded.trade(103, 6, Side.NULL_VAL);
        expectTrades("traded 0 with 101, 5 @ 100, leaving 0 and 5", "traded 0 with 102, 6 @ 102, leaving 0 and 4");
    }

    @Test
    void anAuctionFillsBetterPricesOfBothSidesAtItsOwn() {
        limit(101, ALICE, BUY, 103, 4);
        limit(102, ALICE, BUY, 101, 4);
        limit(103, ALICE, BUY, 100, 4);
        recorded.cross(100, 6);
        expectTrades(
                "accepted 101",
                "accepted 102",
                "accepted 103",
                "traded 0 with 101, 4 @ 100, leaving 2 and 0",
                "traded 0 with 102, 2 @ 100, leaving 0 and 2");
        limit(104, BOB, SELL, 105, 4);
        recorded.cross(106, 1);
        expectTrades("accepted 104", "traded 0 with 104, 1 @ 106, leaving 0 and 3");
        assertEquals(List.of("6 @ 100 NULL_VAL", "1 @ 106 NULL_VAL"), trades.take());
    }

    @Test
    void nobodyIsFilledWhileTheSymbolIsHalted() {
        recorded.add(1, BUY, 100, 10);
        limit(101, ALICE, BUY, 101, 10);
        events.take();
        engine.status(SYMBOL, TradingStatus.HALTED);
        recorded.execute(1, 10, 0, true);
        recorded.executeLevel(BUY, 99, 5);
        recorded.trade(98, 5, SELL);
        recorded.cross(98, 5);
        recorded.add(2, SELL, 100, 5);
        expectTrades();
        engine.cancel(101, ALICE, Reason.CLIENT_REQUEST);
        expectTrades("canceled 101 10 CLIENT_REQUEST");
    }

    @Test
    void whatCameDuringAHaltIsMetWhenTheSymbolOpens() {
        limit(101, ALICE, BUY, 101, 10);
        limit(102, BOB, SELL, 105, 10);
        events.take();
        engine.status(SYMBOL, TradingStatus.HALTED);
        recorded.add(1, SELL, 101, 3);
        recorded.add(2, SELL, 100, 4);
        recorded.add(3, SELL, 102, 5);
        recorded.level(BUY, 106, 20);
        engine.status(SYMBOL, TradingStatus.OPEN);
        expectTrades();
        recorded.opened();
        expectTrades(
                "traded 0 with 102, 10 @ 105, leaving 10 and 0",
                "traded 0 with 101, 4 @ 101, leaving 0 and 6",
                "traded 0 with 101, 3 @ 101, leaving 0 and 3");
        recorded.opened();
        expectTrades();
        expectBids("bid 20 @ 106", "bid 3 @ 101");
    }

    @Test
    void usersStayWhenTheRecordedOrdersAreCleared() {
        recorded.add(1, BUY, 100, 10);
        limit(101, ALICE, BUY, 100, 10);
        limit(102, ALICE, BUY, 99, 10);
        recorded.add(2, BUY, 99, 10);
        recorded.clear();
        expectBids("bid 10 @ 100", "bid 10 @ 99");
        recorded.add(1, BUY, 100, 10);
        events.take();
        recorded.execute(1, 4, 0, true);
        expectTrades("traded 0 with 101, 4 @ 100, leaving 0 and 6");
    }

    @Test
    void oneTradeMeetsAtMostAThousandUsers() {
        for (int i = 0; i < OrderBook.MAX_TRADES + 5; i++) {
            limit(101 + i, ALICE, BUY, 100 + i % 2, 1);
        }
        events.take();
        recorded.executeLevel(BUY, 99, 5_000);
        assertEquals(OrderBook.MAX_TRADES, tradeEvents().size());
        recorded.executeLevel(BUY, 99, 5_000);
        assertEquals(5, tradeEvents().size());
        recorded.executeLevel(BUY, 99, 5_000);
        assertTrue(tradeEvents().isEmpty());
    }

    private List<String> tradeEvents() {
        return events.takeWithoutLevels();
    }

    private void expectTrades(String... expected) {
        assertEquals(List.of(expected), tradeEvents());
    }

    private void expectBids(String... expected) {
        assertEquals(List.of(expected), EventLog.levels(engine.book(SYMBOL).side(BUY)));
    }
}
