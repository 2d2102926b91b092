package tickcast.cli;

import java.util.ArrayList;
import java.util.List;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** An order of {@link PlainVenue}, open or not. */
final class PlainOrder {
    final PlainRequest placed;
    final String symbol;
    final List<ServerMessage.ExecutionReport> history = new ArrayList<>();
    long price;
    long total;
    long traded;
    /** Null while it is open. */
    OrderStatus ended;

    Reason reason = Reason.NONE;

    PlainOrder(PlainRequest placed, String symbol) {
        this.placed = placed;
        this.symbol = symbol;
        price = placed.price();
        total = placed.quantity();
    }

    long id() {
        return placed.seq();
    }

    boolean buys() {
        return placed.side() == Side.BUY;
    }

    boolean isMarket() {
        return placed.orderType() == OrderType.MARKET;
    }

    boolean mayRest() {
        return !isMarket() && (placed.timeInForce() == TimeInForce.GTC || placed.timeInForce() == TimeInForce.DAY);
    }

    long leaves() {
        return ended == null ? total - traded : 0;
    }

    OrderStatus status() {
        if (ended != null) {
            return ended;
        }
        return traded == 0 ? OrderStatus.NEW : OrderStatus.PARTIALLY_FILLED;
    }

    boolean reaches(PlainOrder other) {
        return isMarket() || (buys() ? other.price <= price : other.price >= price);
    }

    boolean mayNotTradeWith(PlainOrder other) {
        return placed.account().equals(other.placed.account()) && placed.mode() != SelfTradePrevention.NONE;
    }

    ServerMessage.OpenOrder json() {
        return new ServerMessage.OpenOrder(
                id(),
                placed.clientOrderId().isEmpty() ? null : placed.clientOrderId(),
                symbol,
                JsonNames.of(placed.side()),
                JsonNames.of(placed.orderType()),
                JsonNames.of(placed.timeInForce()),
                isMarket() ? null : Decimal8.toBigDecimal(price),
                Decimal8.toBigDecimal(total),
                Decimal8.toBigDecimal(leaves()),
                Decimal8.toBigDecimal(traded),
                JsonNames.of(status()));
    }
}
