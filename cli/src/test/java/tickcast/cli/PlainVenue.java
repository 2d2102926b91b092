package tickcast.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tickcast.client.BookView;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * What clients are owed for their requests, as plainly as it can be said: the open orders lie in one list, those with the
 * oldest priority first, and every question is answered by going through it.
 */
final class PlainVenue {
    private final List<Instrument> instruments;
    /** By priority. */
    private final List<PlainOrder> open = new ArrayList<>();

    private final Map<Long, PlainOrder> orders = new TreeMap<>();
    private final Map<String, Map<String, PlainOrder>> byClientOrderId = new HashMap<>();
    private final PlainTold told = new PlainTold();

    PlainVenue(List<Instrument> instruments) {
        this.instruments = instruments;
    }

    List<PlainOrder> openOrders(String account) {
        return open.stream()
                .filter(order -> order.placed.account().equals(account))
                .sorted(Comparator.comparingLong(PlainOrder::id))
                .toList();
    }

    /** The account's order of that id, null when it has none. */
    PlainOrder order(String account, long orderId) {
        var order = orders.get(orderId);
        return order != null && order.placed.account().equals(account) ? order : null;
    }

    /** The account's order of that name in this trading day, null when it has none. */
    PlainOrder order(String account, String clientOrderId) {
        return byClientOrderId.getOrDefault(account, Map.of()).get(clientOrderId);
    }

    PlainTold told() {
        return told;
    }

    /** Of the newest trade, or the reference price. */
    long markPrice(String symbol) {
        long mark = 0;
        for (var instrument : instruments) {
            mark = instrument.symbol().equals(symbol) ? instrument.referencePrice() : mark;
        }
        for (var trade : told.trades()) {
            mark = trade.symbol().equals(symbol) ? trade.price() : mark;
        }
        return mark;
    }

    /** Best first. */
    List<BookView.PriceLevel> levels(String symbol, Side side) {
        var levels = new TreeMap<Long, Long>();
        open.stream()
                .filter(order -> order.symbol.equals(symbol) && order.placed.side() == side)
                .forEach(order ->
                        levels.merge(side == Side.BUY ? -order.price : order.price, order.leaves(), Long::sum));
        return levels.entrySet().stream()
                .map(level -> new BookView.PriceLevel(Math.abs(level.getKey()), level.getValue()))
                .toList();
    }

    /** @param late whether it came after the time until which it was valid */
    void apply(PlainRequest request, boolean late) {
        told.begin(request);
        switch (request.kind()) {
            case PLACE -> place(request, late);
            case CANCEL -> {
                var order = target(request, late);
                if (order != null) {
                    end(order, ExecType.CANCELED, Reason.CLIENT_REQUEST);
                }
            }
            case REPLACE -> {
                var order = target(request, late);
                if (order != null) {
                    replace(order, request.price(), request.quantity());
                }
            }
            case CANCEL_ALL -> {
                told.begin(null);
                int count = endAll(
                        order -> order.placed.account().equals(request.account())
                                && (request.symbolId() == 0 || order.placed.symbolId() == request.symbolId())
                                && (request.side() == null || order.placed.side() == request.side())
                                && (request.placedBy() == 0 || order.placed.sessionId() == request.placedBy()),
                        ExecType.CANCELED,
                        request.reason());
                told.answer(request, "ack of " + count);
            }
        }
    }

    void dayEnds() {
        told.begin(null);
        endAll(order -> order.placed.timeInForce() == TimeInForce.DAY, ExecType.EXPIRED, Reason.DAY_ENDED);
        freeNames();
    }

    /**
     * What was open ends, oldest first.
     *
     * @param dayEnded whether the trading day has ended meanwhile
     * @param feedSeq how far the feed has come: the ids of trades go on from there
     */
    void startsAgain(boolean dayEnded, long feedSeq) {
        told.tradeIdsAfter(feedSeq);
        told.begin(null);
        open.sort(Comparator.comparingLong(PlainOrder::id));
        for (var order : List.copyOf(open)) {
            if (dayEnded && order.placed.timeInForce() == TimeInForce.DAY) {
                end(order, ExecType.EXPIRED, Reason.DAY_ENDED);
            } else {
                end(order, ExecType.CANCELED, Reason.EXCHANGE_RESTART);
            }
        }
        if (dayEnded) {
            freeNames();
        }
    }

    private void freeNames() {
        byClientOrderId.values().forEach(ids -> ids.values().removeIf(order -> order.ended != null));
    }

    private void place(PlainRequest request, boolean late) {
        var ids = byClientOrderId.computeIfAbsent(request.account(), name -> new HashMap<>());
        var original = ids.get(request.clientOrderId());
        if (original != null) {
            told.answer(request, PlainTold.again(original));
            return;
        }
        // What came late was only sent because it might have been a repeat: its name is not used up.
        var placed = request.cameLate() ? request.unnamed() : request;
        var order =
                new PlainOrder(placed, instruments.get(request.symbolId() - 1).symbol());
        orders.put(order.id(), order);
        if (!placed.clientOrderId().isEmpty()) {
            ids.put(placed.clientOrderId(), order);
        }
        var refusal = late || request.cameLate() ? Reason.TOO_LATE : refusal(order);
        if (refusal != Reason.NONE) {
            end(order, ExecType.REJECTED, refusal);
            return;
        }
        told.tell(order, ExecType.NEW);
        trade(order);
    }

    private Reason refusal(PlainOrder order) {
        if (order.placed.postOnly() && !reached(order).isEmpty()) {
            return Reason.POST_ONLY_WOULD_TRADE;
        }
        return order.placed.timeInForce() == TimeInForce.FOK ? fillOrKill(order) : Reason.NONE;
    }

    private Reason fillOrKill(PlainOrder order) {
        long missing = order.total;
        for (var other : reached(order)) {
            if (!order.mayNotTradeWith(other)) {
                missing -= other.leaves();
            } else if (order.placed.mode() != SelfTradePrevention.CANCEL_OLDEST) {
                return Reason.SELF_TRADE;
            }
            if (missing <= 0) {
                return Reason.NONE;
            }
        }
        return Reason.FOK_NOT_FILLABLE;
    }

    private void replace(PlainOrder order, long price, long total) {
        var instrument = instruments.get(order.placed.symbolId() - 1);
        if (price % instrument.tickSize() != 0) {
            told.refuse(order, Reason.PRICE_NOT_ON_TICK);
        } else if (total % instrument.lotSize() != 0) {
            told.refuse(order, Reason.QUANTITY_NOT_ON_LOT);
        } else if (total <= order.traded) {
            told.refuse(order, Reason.QUANTITY_TOO_SMALL);
        } else if (order.placed.postOnly() && wouldTrade(order, price)) {
            told.refuse(order, Reason.POST_ONLY_WOULD_TRADE);
        } else {
            boolean keepsPriority = price == order.price && total <= order.total;
            order.price = price;
            order.total = total;
            told.tell(order, ExecType.REPLACED);
            if (!keepsPriority) {
                open.remove(order);
                trade(order);
            }
        }
    }

    private boolean wouldTrade(PlainOrder order, long price) {
        return open.stream()
                .filter(other -> other.symbol.equals(order.symbol) && other.buys() != order.buys())
                .anyMatch(other -> order.buys() ? other.price <= price : other.price >= price);
    }

    private void trade(PlainOrder incoming) {
        for (var other : reached(incoming)) {
            if (incoming.leaves() == 0) {
                break;
            }
            if (incoming.mayNotTradeWith(other)) {
                if (incoming.placed.mode() != SelfTradePrevention.CANCEL_NEWEST) {
                    end(other, ExecType.CANCELED, Reason.SELF_TRADE);
                }
                if (incoming.placed.mode() != SelfTradePrevention.CANCEL_OLDEST) {
                    end(incoming, ExecType.CANCELED, Reason.SELF_TRADE);
                    return;
                }
            } else {
                long quantity = Math.min(incoming.leaves(), other.leaves());
                var trade = told.trade(incoming, other, quantity);
                fill(incoming, trade, "taker");
                fill(other, trade, "maker");
            }
        }
        if (incoming.leaves() > 0 && incoming.mayRest()) {
            open.add(incoming);
        } else if (incoming.leaves() > 0) {
            end(incoming, ExecType.CANCELED, Reason.IOC_REMAINDER);
        }
    }

    private void fill(PlainOrder order, PlainTold.PublicTrade trade, String liquidity) {
        order.traded += trade.quantity();
        if (order.traded == order.total) {
            order.ended = OrderStatus.FILLED;
            open.remove(order);
        }
        told.fill(order, trade, liquidity);
    }

    private int endAll(Predicate<PlainOrder> wanted, ExecType execType, Reason reason) {
        var found = open.stream()
                .filter(wanted)
                .sorted(Comparator.comparingInt((PlainOrder order) -> order.placed.symbolId())
                        .thenComparingLong(PlainOrder::id))
                .toList();
        found.forEach(order -> end(order, execType, reason));
        return found.size();
    }

    private void end(PlainOrder order, ExecType execType, Reason reason) {
        order.ended = OrderStatus.valueOf(execType.name());
        order.reason = reason;
        open.remove(order);
        told.tell(order, execType);
    }

    /** The orders that the incoming one reaches, in the order in which it would trade with them. */
    private List<PlainOrder> reached(PlainOrder incoming) {
        return open.stream()
                .filter(other -> other.symbol.equals(incoming.symbol) && other.buys() != incoming.buys())
                .filter(incoming::reaches)
                .sorted(Comparator.comparingLong(other -> incoming.buys() ? other.price : -other.price))
                .toList();
    }

    /** The open order that the request is about; null when it is refused. */
    private PlainOrder target(PlainRequest request, boolean late) {
        var order = request.orderId() != 0
                ? order(request.account(), request.orderId())
                : order(request.account(), request.clientOrderId());
        if (order == null || order.ended != null) {
            String id = request.orderId() != 0 ? " " + request.orderId() : "";
            String name = request.clientOrderId().isEmpty() ? "" : " " + request.clientOrderId();
            told.answer(request, "nack UNKNOWN_ORDER" + id + name);
            return null;
        }
        if (late) {
            told.refuse(order, Reason.TOO_LATE);
            return null;
        }
        return order;
    }
}
