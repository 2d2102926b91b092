package tickcast.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * What an exchange owes its clients once more, as plainly as it can be said: all orders lie in one list, those with the
 * oldest priority first, and every question is answered by going through it. Tells the reports in the words of
 * {@link ReportLog.Line#summary}. Prices and quantities are whole numbers.
 */
final class ReferenceVenue {
    /** A request; what it does not need is null or 0. Of a new order the id is given by the orders journal. */
    record Ask(
            Kind kind,
            long seq,
            String account,
            long session,
            long orderId,
            String clientOrderId,
            int symbolId,
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            SelfTradePrevention mode,
            long price,
            long quantity,
            long validUntil) {}

    enum Kind {
        PLACE,
        CANCEL,
        REPLACE,
        MASS_CANCEL
    }

    static final class Entry {
        private final Ask ask;
        private long price;
        private long total;
        private long traded;
        private OrderStatus ended;
        private Reason reason = Reason.NONE;

        private Entry(Ask ask) {
            this.ask = ask;
            price = ask.type() == OrderType.LIMIT ? ask.price() : ask.side() == Side.BUY ? Long.MAX_VALUE : 0;
            total = ask.quantity();
        }

        private long leaves() {
            return ended == null ? total - traded : 0;
        }

        private OrderStatus status() {
            if (ended != null) {
                return ended;
            }
            return traded == 0 ? OrderStatus.NEW : OrderStatus.PARTIALLY_FILLED;
        }
    }

    private final int symbols;
    /** By priority. */
    private final List<Entry> open = new ArrayList<>();

    private final Map<String, Map<String, Entry>> byClientOrderId = new HashMap<>();
    private final Map<String, Map<Integer, Long>> positions = new HashMap<>();
    private List<String> told = new ArrayList<>();
    /** The request that the next report answers. */
    private long answers;

    ReferenceVenue(int symbols) {
        this.symbols = symbols;
    }

    /** The reports since the last call. */
    List<String> take() {
        List<String> taken = told;
        told = new ArrayList<>();
        return taken;
    }

    List<Long> openIds() {
        return open.stream().map(entry -> entry.ask.seq()).sorted().toList();
    }

    Map<String, Map<Integer, Long>> positions() {
        return positions;
    }

    void apply(Ask ask, long now) {
        answers = ask.seq();
        boolean late = ask.validUntil() != 0 && ask.validUntil() < now;
        switch (ask.kind()) {
            case PLACE -> place(ask, late);
            case CANCEL -> {
                Entry order = target(ask);
                if (order != null && !refusedAsLate(order, late)) {
                    end(order, OrderStatus.CANCELED, Reason.CLIENT_REQUEST);
                }
            }
            case REPLACE -> {
                Entry order = target(ask);
                if (order != null && !refusedAsLate(order, late)) {
                    replace(order, ask.price(), ask.quantity());
                }
            }
            case MASS_CANCEL -> {
                answers = 0;
                endAll(
                        order -> order.ask.account().equals(ask.account())
                                && (ask.symbolId() == 0 || order.ask.symbolId() == ask.symbolId())
                                && (ask.side() == null || order.ask.side() == ask.side())
                                && (ask.session() == 0 || order.ask.session() == ask.session()),
                        OrderStatus.CANCELED,
                        Reason.DEAD_MAN);
            }
        }
    }

    void dayEnds() {
        answers = 0;
        endAll(order -> order.ask.timeInForce() == TimeInForce.DAY, OrderStatus.EXPIRED, Reason.DAY_ENDED);
        byClientOrderId.values().forEach(ids -> ids.values().removeIf(order -> order.ended != null));
    }

    /** The next of the open orders ends because the exchange has restarted; whether there was one. */
    boolean endNextAtRestart(boolean anotherDay) {
        answers = 0;
        var next = open.stream().min(Comparator.comparingLong(order -> order.ask.seq()));
        next.ifPresent(order -> {
            boolean expires = anotherDay && order.ask.timeInForce() == TimeInForce.DAY;
            end(
                    order,
                    expires ? OrderStatus.EXPIRED : OrderStatus.CANCELED,
                    expires ? Reason.DAY_ENDED : Reason.EXCHANGE_RESTART);
        });
        return next.isPresent();
    }

    private void place(Ask ask, boolean late) {
        var ids = byClientOrderId.computeIfAbsent(ask.account(), name -> new HashMap<>());
        Entry original = ids.get(ask.clientOrderId());
        if (original != null) {
            String type = original.ended == OrderStatus.REJECTED ? "REJECTED" : "RESTATED";
            tell(original, type, original.status(), original.reason, "");
            told.set(told.size() - 1, told.get(told.size() - 1).replace("answers", "repeated for"));
            return;
        }
        Entry order = new Entry(ask);
        if (!ask.clientOrderId().isEmpty()) {
            ids.put(ask.clientOrderId(), order);
        }
        Reason refusal = late ? Reason.TOO_LATE : refusal(order);
        if (refusal != Reason.NONE) {
            order.ended = OrderStatus.REJECTED;
            order.reason = refusal;
            tell(order, "REJECTED", OrderStatus.REJECTED, refusal, "");
            return;
        }
        tell(order, "NEW", order.status(), Reason.NONE, "");
        trade(order);
    }

    private Reason refusal(Entry order) {
        if (order.ask.symbolId() > symbols) {
            return Reason.UNKNOWN_SYMBOL;
        }
        if (order.ask.type() == OrderType.LIMIT && order.price <= 0) {
            return Reason.PRICE_NOT_ON_TICK;
        }
        if (order.total <= 0) {
            return Reason.QUANTITY_NOT_ON_LOT;
        }
        if (order.ask.timeInForce() != TimeInForce.FOK) {
            return Reason.NONE;
        }
        long missing = order.total;
        for (Entry other : reached(order)) {
            if (!mayNotTrade(order, other)) {
                missing -= other.leaves();
            } else if (order.ask.mode() != SelfTradePrevention.CANCEL_OLDEST) {
                return Reason.SELF_TRADE;
            }
            if (missing <= 0) {
                return Reason.NONE;
            }
        }
        return Reason.FOK_NOT_FILLABLE;
    }

    private void replace(Entry order, long price, long total) {
        Reason refusal = Reason.NONE;
        if (price <= 0) {
            refusal = Reason.PRICE_NOT_ON_TICK;
        } else if (total <= 0) {
            refusal = Reason.QUANTITY_NOT_ON_LOT;
        } else if (total <= order.traded) {
            refusal = Reason.QUANTITY_TOO_SMALL;
        }
        if (refusal != Reason.NONE) {
            tell(order, "CANCEL_REJECTED", order.status(), refusal, "");
            return;
        }
        boolean keepsPriority = price == order.price && total <= order.total;
        order.price = price;
        order.total = total;
        tell(order, "REPLACED", order.status(), Reason.NONE, "");
        if (!keepsPriority) {
            open.remove(order);
            trade(order);
        }
    }

    private void trade(Entry incoming) {
        for (Entry other : reached(incoming)) {
            if (incoming.leaves() == 0) {
                break;
            }
            if (mayNotTrade(incoming, other)) {
                if (incoming.ask.mode() != SelfTradePrevention.CANCEL_NEWEST) {
                    end(other, OrderStatus.CANCELED, Reason.SELF_TRADE);
                }
                if (incoming.ask.mode() != SelfTradePrevention.CANCEL_OLDEST) {
                    end(incoming, OrderStatus.CANCELED, Reason.SELF_TRADE);
                    return;
                }
            } else {
                long quantity = Math.min(incoming.leaves(), other.leaves());
                fill(incoming, quantity, other.price, "taking");
                fill(other, quantity, other.price, "resting");
            }
        }
        boolean stays = incoming.ask.type() == OrderType.LIMIT
                && (incoming.ask.timeInForce() == TimeInForce.GTC || incoming.ask.timeInForce() == TimeInForce.DAY);
        if (incoming.leaves() > 0 && stays) {
            open.add(incoming);
        } else if (incoming.leaves() > 0) {
            end(incoming, OrderStatus.CANCELED, Reason.IOC_REMAINDER);
        }
    }

    private void fill(Entry order, long quantity, long price, String how) {
        order.traded += quantity;
        positions
                .computeIfAbsent(order.ask.account(), name -> new HashMap<>())
                .merge(order.ask.symbolId(), order.ask.side() == Side.BUY ? quantity : -quantity, Long::sum);
        if (order.traded == order.total) {
            order.ended = OrderStatus.FILLED;
            open.remove(order);
        }
        tell(order, "TRADE", order.status(), Reason.NONE, " " + quantity + " @ " + price + " " + how);
    }

    private void endAll(Predicate<Entry> wanted, OrderStatus status, Reason reason) {
        open.stream()
                .filter(wanted)
                .sorted(Comparator.comparingInt((Entry order) -> order.ask.symbolId())
                        .thenComparing(order -> order.ask.seq()))
                .toList()
                .forEach(order -> end(order, status, reason));
    }

    private void end(Entry order, OrderStatus status, Reason reason) {
        order.ended = status;
        order.reason = reason;
        open.remove(order);
        tell(order, status.name(), status, reason, "");
    }

    /** The orders that the incoming one reaches, in the order in which it would trade with them. */
    private List<Entry> reached(Entry incoming) {
        boolean buys = incoming.ask.side() == Side.BUY;
        return open.stream()
                .filter(other -> other.ask.symbolId() == incoming.ask.symbolId())
                .filter(other -> other.ask.side() != incoming.ask.side())
                .filter(other -> buys ? other.price <= incoming.price : other.price >= incoming.price)
                .sorted(Comparator.comparingLong(other -> buys ? other.price : -other.price))
                .toList();
    }

    private static boolean mayNotTrade(Entry incoming, Entry other) {
        return incoming.ask.account().equals(other.ask.account()) && incoming.ask.mode() != SelfTradePrevention.NONE;
    }

    /** The open order of the account that the request names, null when there is none, which is told. */
    private Entry target(Ask ask) {
        for (Entry order : open) {
            boolean named = ask.orderId() != 0
                    ? order.ask.seq() == ask.orderId()
                    : order.ask.clientOrderId().equals(ask.clientOrderId());
            if (named && order.ask.account().equals(ask.account())) {
                return order;
            }
        }
        told.add("%s %d CANCEL_REJECTED REJECTED UNKNOWN_ORDER, leaves 0 answers %d"
                .formatted(ask.account(), ask.orderId(), ask.seq()));
        return null;
    }

    private boolean refusedAsLate(Entry order, boolean late) {
        if (late) {
            tell(order, "CANCEL_REJECTED", order.status(), Reason.TOO_LATE, "");
        }
        return late;
    }

    private void tell(Entry order, String type, OrderStatus status, Reason reason, String trade) {
        told.add("%s %d %s %s%s%s, leaves %d%s"
                .formatted(
                        order.ask.account(),
                        order.ask.seq(),
                        type,
                        status,
                        reason == Reason.NONE ? "" : " " + reason,
                        trade,
                        order.leaves(),
                        answers == 0 ? "" : " answers " + answers));
        answers = 0;
    }
}
