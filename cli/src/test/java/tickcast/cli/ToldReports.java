package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.ServerMessage.ExecutionReport;

/** What must hold of all reports that accounts were told, whatever was asked for: nothing here knows who should trade with whom. */
final class ToldReports {
    private static final Set<String> ENDS = Set.of("filled", "canceled", "rejected", "expired");

    private ToldReports() {}

    /** No hole in the numbers, quantities conserve, and no order leaves a state that ends it. */
    static void assertSound(List<ExecutionReport> account) {
        var newest = new HashMap<Long, ExecutionReport>();
        var traded = new HashMap<Long, BigDecimal>();
        for (int i = 0; i < account.size(); i++) {
            var report = account.get(i);
            assertEquals(i + 1, report.accountSeq());
            var before = newest.put(report.orderId(), report);
            assertTrue(before == null || !ENDS.contains(before.orderStatus()), () -> before + " and then " + report);
            boolean first = report.execType().equals("new") || report.execType().equals("rejected");
            assertEquals(first, before == null, report::toString);
            if (report.execType().equals("trade")) {
                traded.merge(report.orderId(), report.lastQuantity(), BigDecimal::add);
            }
            var sum = traded.getOrDefault(report.orderId(), BigDecimal.ZERO);
            assertEquals(0, sum.compareTo(report.cumulativeQuantity()), report::toString);
            var rest = report.quantity().subtract(sum);
            boolean ended = ENDS.contains(report.orderStatus());
            assertEquals(0, report.leavesQuantity().compareTo(ended ? BigDecimal.ZERO : rest), report::toString);
            assertEquals(report.orderStatus().equals("filled"), rest.signum() == 0, report::toString);
        }
    }

    /** Each trade has two sides, which agree with what everybody was told of it. */
    static void assertTwoSided(Collection<List<ExecutionReport>> accounts, List<PlainTold.PublicTrade> tape) {
        var byTrade = new HashMap<Long, List<ExecutionReport>>();
        accounts.forEach(reports -> reports.stream()
                .filter(report -> report.execType().equals("trade"))
                .forEach(report -> byTrade.computeIfAbsent(report.tradeId(), id -> new ArrayList<>())
                        .add(report)));
        assertEquals(tape.size(), byTrade.size());
        for (var trade : tape) {
            var sides = Map.of("taker", JsonNames.of(trade.aggressor()));
            var told = byTrade.get(trade.tradeId());
            assertEquals(2, told.size(), told::toString);
            assertEquals(
                    Set.of("maker", "taker"),
                    Set.of(told.get(0).liquidity(), told.get(1).liquidity()));
            assertEquals(
                    Set.of("buy", "sell"),
                    Set.of(told.get(0).side(), told.get(1).side()));
            for (var side : told) {
                assertEquals(trade.symbol(), side.symbol());
                assertEquals(0, Decimal8.toBigDecimal(trade.price()).compareTo(side.lastPrice()), side::toString);
                assertEquals(0, Decimal8.toBigDecimal(trade.quantity()).compareTo(side.lastQuantity()), side::toString);
                assertEquals(sides.getOrDefault(side.liquidity(), side.side()), side.side());
            }
        }
    }
}
