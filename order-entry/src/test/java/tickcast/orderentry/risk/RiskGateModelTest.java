package tickcast.orderentry.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;

/**
 * Random requests, answers and trades, against a model that adds everything up anew each time. The exchange is behind by
 * a random number of requests, as it is when it is busy.
 */
class RiskGateModelTest {
    private static final int STEPS = 20_000;
    private static final long MAX_POSITION = 60;
    private static final long MAX_OPEN_ORDERS = 8;
    private static final long MAX_SYMBOL_OPEN_ORDERS = 6;
    /** The first ones trade most. */
    private static final String[] ACCOUNTS =
            IntStream.range(0, 20).mapToObj(i -> "account-" + i).toArray(String[]::new);

    private final List<ModelOrder> orders = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final ArrayDeque<ModelRequest> unanswered = new ArrayDeque<>();
    private final RiskGate gate = new RiskGate(
            new RiskLimits(
                    new SymbolLimits(
                            SymbolLimits.NONE,
                            SymbolLimits.NONE,
                            SymbolLimits.NONE,
                            MAX_POSITION,
                            MAX_SYMBOL_OPEN_ORDERS,
                            null),
                    new AccountLimits(MAX_OPEN_ORDERS, SymbolLimits.NONE, SymbolLimits.NONE),
                    Map.of(),
                    Map.of()),
            1_000_000,
            board());
    private Random random;
    private long lastSeq;
    private int refused;
    private int passed;

    private static final class ModelOrder {
        private long id;
        private String account;
        private int symbolId;
        private Side side;
        private boolean rests;
        private long price;
        private long quantity;
        private long cumulative;
        private boolean told;
        private boolean closed;
        private long replaceSeq;
        private long replaceQuantity;

        private long exposure() {
            return closed ? 0 : Math.max(quantity, replaceQuantity) - cumulative;
        }
    }

    /** @param price 0 for a new order */
    private record ModelRequest(long seq, ModelOrder order, long price, long quantity) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theGateKnowsWhatAddsUp(long seed) {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> place();
                case 3 -> replace();
                case 4, 5 -> answer();
                case 6 -> trade();
                default -> cancelByTheExchange();
            }
            orders.removeIf(order -> order.closed);
            assertEquals(known(), gate.accounts());
        }
        assertTrue(refused > STEPS / 20 && passed > STEPS / 20, refused + " refused, " + passed + " passed");
    }

    /** How many accounts have an order, or a position. */
    private long known() {
        return Arrays.stream(ACCOUNTS)
                .filter(account -> orders.stream().anyMatch(order -> order.account.equals(account))
                        || positions.getOrDefault(account + 1, 0L) != 0
                        || positions.getOrDefault(account + 2, 0L) != 0)
                .count();
    }

    private void place() {
        var order = new ModelOrder();
        order.account = ACCOUNTS[random.nextInt(random.nextInt(20) + 1)];
        order.symbolId = 1 + random.nextInt(2);
        order.side = random.nextBoolean() ? Side.BUY : Side.SELL;
        order.rests = random.nextInt(4) > 0;
        order.price = 1 + random.nextInt(3);
        order.quantity = 1 + random.nextInt(20);
        var refusal = gate.check(
                order.account,
                order.symbolId,
                order.side,
                OrderType.LIMIT,
                order.rests,
                order.price,
                order.quantity,
                null);
        assertEquals(expected(order), refusal == null ? null : refusal.code());
        count(refusal);
        if (refusal == null) {
            order.id = ++lastSeq;
            orders.add(order);
            unanswered.add(new ModelRequest(order.id, order, 0, order.quantity));
            gate.placed(
                    order.id, order.account, "", order.symbolId, order.side, order.rests, order.price, order.quantity);
        }
    }

    private ErrorCode expected(ModelOrder order) {
        long open = orders.stream()
                .filter(other -> other.rests && other.account.equals(order.account))
                .count();
        long openInSymbol = orders.stream()
                .filter(other -> other.rests && other.account.equals(order.account) && other.symbolId == order.symbolId)
                .count();
        if (order.rests && (open >= MAX_OPEN_ORDERS || openInSymbol >= MAX_SYMBOL_OPEN_ORDERS)) {
            return ErrorCode.TOO_MANY_OPEN_ORDERS;
        }
        return worst(order) + order.quantity > MAX_POSITION ? ErrorCode.MAX_POSITION : null;
    }

    private long worst(ModelOrder order) {
        long held = positions.getOrDefault(order.account + order.symbolId, 0L);
        long open = orders.stream()
                .filter(other -> other.account.equals(order.account)
                        && other.symbolId == order.symbolId
                        && other.side == order.side)
                .mapToLong(ModelOrder::exposure)
                .sum();
        return (order.side == Side.BUY ? held : -held) + open;
    }

    private void replace() {
        var order = any();
        if (order == null) {
            return;
        }
        long price = 1 + random.nextInt(3);
        long quantity = 1 + random.nextInt(30);
        boolean milder = price == order.price && quantity <= order.quantity;
        long more = Math.max(order.exposure(), quantity - order.cumulative) - order.exposure();
        boolean tooMuch = !milder && more > 0 && worst(order) + more > MAX_POSITION;
        var refusal = gate.checkReplace(order.account, order.id, "", price, quantity);
        assertEquals(tooMuch ? ErrorCode.MAX_POSITION : null, refusal == null ? null : refusal.code());
        count(refusal);
        if (refusal == null) {
            order.replaceSeq = ++lastSeq;
            order.replaceQuantity = Math.max(order.replaceQuantity, quantity);
            unanswered.add(new ModelRequest(lastSeq, order, price, quantity));
            gate.replaceSent(lastSeq, order.account, order.id, "", quantity);
        }
    }

    /** The exchange takes the next request. */
    private void answer() {
        var request = unanswered.poll();
        if (request == null) {
            return;
        }
        var order = request.order();
        if (request.price() == 0) {
            answerNew(order);
        } else if (!order.closed && request.quantity() > order.cumulative && random.nextInt(4) > 0) {
            order.price = request.price();
            order.quantity = request.quantity();
            report(order, 0);
        }
        if (order.replaceSeq <= request.seq()) {
            order.replaceQuantity = 0;
        }
        gate.answered(request.seq());
    }

    private void answerNew(ModelOrder order) {
        switch (random.nextInt(5)) {
            case 0 -> order.closed = true; // it repeated another: nothing is reported of it
            case 1 -> close(order);
            default -> {
                order.told = true;
                report(order, 0);
                if (!order.rests) {
                    fill(order, 1 + random.nextInt((int) order.quantity));
                    close(order);
                }
            }
        }
    }

    private void trade() {
        var order = any();
        if (order != null && order.told) {
            fill(order, 1 + random.nextInt((int) (order.quantity - order.cumulative)));
        }
    }

    private void fill(ModelOrder order, long quantity) {
        order.cumulative += quantity;
        order.closed = order.cumulative == order.quantity;
        positions.merge(order.account + order.symbolId, order.side == Side.BUY ? quantity : -quantity, Long::sum);
        report(order, quantity);
    }

    private void cancelByTheExchange() {
        var order = any();
        if (order != null && order.told && random.nextInt(3) == 0) {
            close(order);
        }
    }

    private void close(ModelOrder order) {
        order.closed = true;
        report(order, 0);
    }

    private void report(ModelOrder order, long traded) {
        gate.reported(
                order.id,
                order.account,
                "",
                order.symbolId,
                order.side,
                !order.closed,
                order.price,
                order.quantity - order.cumulative,
                order.cumulative,
                traded);
    }

    private ModelOrder any() {
        return orders.isEmpty() ? null : orders.get(random.nextInt(orders.size()));
    }

    private void count(RiskRefusal refusal) {
        if (refusal == null) {
            passed++;
        } else {
            refused++;
        }
    }

    private static MarketBoard board() {
        var board = new MarketBoard();
        board.define(1, "ACME", 1);
        board.define(2, "COIN", 1);
        return board;
    }
}
