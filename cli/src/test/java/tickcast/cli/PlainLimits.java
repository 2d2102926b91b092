package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** The risk limits and halts of a test, counted on what a {@link PlainVenue} has open when nothing is under way. */
final class PlainLimits {
    static final String BOUND_ACCOUNT = "carol";
    private static final long MAX_QUANTITY = 40 * Decimal8.ONE;
    private static final int MAX_OPEN_ORDERS = 6;
    private static final long MAX_POSITION = 60 * Decimal8.ONE;

    static final String FILE = """
            defaults { max-quantity = 40 }
            accounts { carol { max-open-orders = 6, max-position = 60, self-trade-prevention = cancel-both } }
            """;

    private final PlainVenue venue;
    private final List<Instrument> instruments;
    final Set<String> haltedAccounts = new HashSet<>();
    final Set<String> haltedSymbols = new HashSet<>();

    PlainLimits(PlainVenue venue, List<Instrument> instruments) {
        this.venue = venue;
        this.instruments = instruments;
    }

    /** The code with which the request is refused before it is sent; null when it is sent. */
    String refusal(String account, ClientMessage.OrderMessage message) {
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        if (message instanceof ClientMessage.PlaceOrder order) {
            var instrument = instruments.stream()
                    .filter(each -> each.symbol().equals(order.symbol()))
                    .findFirst()
                    .orElseThrow();
            return refusal(account, order, instrument, now);
        } else if (message instanceof ClientMessage.ReplaceOrder replace) {
            var named = replace.orderId() != 0
                    ? venue.order(account, replace.orderId())
                    : venue.order(account, replace.clientOrderId());
            return refusal(account, replace, named == null || named.ended != null ? null : named, now);
        } else if (message instanceof ClientMessage.CancelOrder cancel) {
            return isLate(cancel.validity(), now) ? "TOO_LATE" : null;
        }
        return null;
    }

    /** A repeat is sent in any case. */
    private String refusal(String account, ClientMessage.PlaceOrder order, Instrument instrument, long nowNanos) {
        if (order.orderType() == OrderType.LIMIT && order.price() % instrument.tickSize() != 0) {
            return "PRICE_NOT_ON_TICK";
        }
        if (order.quantity() % instrument.lotSize() != 0) {
            return "QUANTITY_NOT_ON_LOT";
        }
        if (!order.clientOrderId().isEmpty() && venue.order(account, order.clientOrderId()) != null) {
            return null;
        }
        return isLate(order.validity(), nowNanos) ? "TOO_LATE" : refusal(account, order);
    }

    private String refusal(String account, ClientMessage.PlaceOrder order) {
        boolean rests = order.orderType() == OrderType.LIMIT
                && (order.timeInForce() == TimeInForce.GTC || order.timeInForce() == TimeInForce.DAY);
        boolean bound = account.equals(BOUND_ACCOUNT);
        if (isHalted(account, order.symbol())) {
            return "HALTED";
        }
        if (order.quantity() > MAX_QUANTITY) {
            return "MAX_QUANTITY";
        }
        if (bound && rests && venue.openOrders(account).size() >= MAX_OPEN_ORDERS) {
            return "TOO_MANY_OPEN_ORDERS";
        }
        if (bound && worst(account, order.symbol(), order.side()) + order.quantity() > MAX_POSITION) {
            return "MAX_POSITION";
        }
        return bound && order.selfTradePrevention() == SelfTradePrevention.NONE ? "SELF_TRADE_PREVENTION" : null;
    }

    /** @param order null when there is none that is open */
    private String refusal(String account, ClientMessage.ReplaceOrder replace, PlainOrder order, long nowNanos) {
        var instrument = order == null ? null : instruments.get(order.placed.symbolId() - 1);
        if (order != null && replace.price() % instrument.tickSize() != 0) {
            return "PRICE_NOT_ON_TICK";
        }
        if (order != null && replace.quantity() % instrument.lotSize() != 0) {
            return "QUANTITY_NOT_ON_LOT";
        }
        if (isLate(replace.validity(), nowNanos)) {
            return "TOO_LATE";
        }
        if (order == null || replace.price() == order.price && replace.quantity() <= order.total) {
            return null;
        }
        if (isHalted(account, order.symbol)) {
            return "HALTED";
        }
        if (replace.quantity() > MAX_QUANTITY) {
            return "MAX_QUANTITY";
        }
        long more = replace.quantity() - order.total;
        boolean exceeds = more > 0 && worst(account, order.symbol, order.placed.side()) + more > MAX_POSITION;
        return account.equals(BOUND_ACCOUNT) && exceeds ? "MAX_POSITION" : null;
    }

    private static boolean isLate(ClientMessage.Validity validity, long nowNanos) {
        return validity.recvWindowMillis() != 0 && validity.untilNanos() < nowNanos;
    }

    /** Whatever was under way when: limits are never exceeded. */
    void assertKept() {
        var open = venue.openOrders(BOUND_ACCOUNT);
        assertTrue(open.size() <= MAX_OPEN_ORDERS, () -> open.size() + " open orders");
        for (var order : open) {
            long worst = worst(BOUND_ACCOUNT, order.symbol, order.placed.side());
            assertTrue(worst <= MAX_POSITION, () -> "position could become " + Decimal8.format(worst));
        }
    }

    private boolean isHalted(String account, String symbol) {
        return haltedAccounts.contains(account) || haltedSymbols.contains(symbol);
    }

    /** What would be held of that side if all its open orders traded and none of the other's. */
    private long worst(String account, String symbol, Side side) {
        long open = venue.openOrders(account).stream()
                .filter(order -> order.symbol.equals(symbol) && order.placed.side() == side)
                .mapToLong(PlainOrder::leaves)
                .sum();
        var position = venue.told().positions(account).get(symbol);
        long held = position == null ? 0 : Decimal8.ofDecimal(position.quantity);
        return open + (side == Side.BUY ? held : -held);
    }
}
