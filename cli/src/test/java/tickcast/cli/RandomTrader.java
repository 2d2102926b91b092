package tickcast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** What an account asks for, at random: mostly of what it has open, near the market, and now and then something wrong. */
final class RandomTrader {
    private static final int TICKS = 2;
    private static final int LOTS = 12;
    private static final int TOO_MANY_LOTS = 50;
    private static final long LONG_AGO_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String account;
    private final List<Instrument> instruments;
    private final PlainVenue venue;
    private final SplittableRandom random;
    private final List<String> names = new ArrayList<>();

    /** @param venue tells what the account had open the last time that it was looked at */
    RandomTrader(String account, List<Instrument> instruments, PlainVenue venue, SplittableRandom random) {
        this.account = account;
        this.instruments = instruments;
        this.venue = venue;
        this.random = random;
    }

    Function<JsonNode, ClientMessage.OrderMessage> next() {
        int kind = random.nextInt(40);
        if (kind == 0) {
            return cancelAll();
        } else if (kind < 4) {
            return cancel();
        } else if (kind < 13) {
            return replace();
        }
        return kind < 15 ? question() : place();
    }

    Function<JsonNode, ClientMessage.OrderMessage> place() {
        var instrument = instruments.get(random.nextInt(instruments.size()));
        boolean market = random.nextInt(10) == 0;
        var type = market ? OrderType.MARKET : OrderType.LIMIT;
        var timeInForce = timeInForce(market);
        boolean postOnly =
                !market && (timeInForce == TimeInForce.GTC || timeInForce == TimeInForce.DAY) && random.nextInt(5) == 0;
        long price = market ? 0 : price(instrument);
        long quantity = quantity();
        var side = side();
        var mode = random.nextBoolean() ? null : SelfTradePrevention.get((short) random.nextInt(4));
        String name = name();
        var validity = validity();
        boolean validate = random.nextInt(20) == 0;
        return id -> new ClientMessage.PlaceOrder(
                id,
                name,
                instrument.symbol(),
                side,
                type,
                timeInForce,
                postOnly,
                price,
                quantity,
                validity,
                mode,
                validate);
    }

    private Function<JsonNode, ClientMessage.OrderMessage> cancel() {
        var validity = validity();
        String name = oldName();
        if (name.isEmpty()) {
            long orderId = orderId();
            return id -> new ClientMessage.CancelOrder(id, orderId, "", validity);
        }
        return id -> new ClientMessage.CancelOrder(id, 0, name, validity);
    }

    /** Of an open order mostly to the same price, and often to a little less or more. */
    private Function<JsonNode, ClientMessage.OrderMessage> replace() {
        var validity = validity();
        String name = oldName();
        long orderId = name.isEmpty() ? orderId() : 0;
        var order = name.isEmpty() ? venue.order(account, orderId) : venue.order(account, name);
        var instrument = instruments.get(order == null ? 0 : order.placed.symbolId() - 1);
        boolean same = order != null && !order.isMarket() && random.nextInt(4) != 0;
        long price = same ? order.price : price(instrument);
        long changed = same ? order.total + (random.nextInt(5) - 3) * Decimal8.ONE : 0;
        long quantity = changed > 0 ? changed : quantity();
        return id -> new ClientMessage.ReplaceOrder(id, orderId, name, price, quantity, validity);
    }

    private Function<JsonNode, ClientMessage.OrderMessage> cancelAll() {
        String symbol = random.nextBoolean()
                ? instruments.get(random.nextInt(instruments.size())).symbol()
                : "";
        var side = random.nextInt(3) == 0 ? null : side();
        return id -> new ClientMessage.CancelAll(id, symbol, side);
    }

    /** Its answer depends on the moment; that there is one is what matters here. */
    private Function<JsonNode, ClientMessage.OrderMessage> question() {
        String name = oldName();
        return switch (random.nextInt(6)) {
            case 0 -> ClientMessage.Orders::new;
            case 1 -> ClientMessage.ListPositions::new;
            case 2 -> ClientMessage.ShowAccount::new;
            case 3 -> id -> new ClientMessage.CancelAllAfter(id, 600_000);
            case 4 -> id -> new ClientMessage.FindOrder(id, name.isEmpty() ? 1 : 0, name);
            default -> id -> new ClientMessage.CancelAllAfter(id, 0);
        };
    }

    Function<JsonNode, ClientMessage.OrderMessage> cancelOnDisconnect() {
        var scope = CancelScope.values()[random.nextInt(CancelScope.values().length)];
        int graceMillis = random.nextInt(3) == 0 ? 600_000 : random.nextInt(20);
        boolean onClose = random.nextBoolean();
        return id -> new ClientMessage.CancelOnDisconnect(id, scope, graceMillis, onClose, "");
    }

    private TimeInForce timeInForce(boolean market) {
        if (market) {
            return random.nextBoolean() ? TimeInForce.IOC : TimeInForce.FOK;
        }
        return switch (random.nextInt(8)) {
            case 0 -> TimeInForce.IOC;
            case 1 -> TimeInForce.FOK;
            case 2, 3 -> TimeInForce.DAY;
            default -> TimeInForce.GTC;
        };
    }

    private Side side() {
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }

    private long price(Instrument instrument) {
        long off = random.nextInt(60) == 0 ? 1 : 0;
        return instrument.referencePrice() + (random.nextInt(2 * TICKS + 1) - TICKS) * instrument.tickSize() + off;
    }

    private long quantity() {
        long off = random.nextInt(60) == 0 ? 1 : 0;
        int lots = random.nextInt(40) == 0 ? TOO_MANY_LOTS : 1 + random.nextInt(LOTS);
        return lots * Decimal8.ONE + off;
    }

    /** None, a new one, or one that the account has used before, on whatever day. */
    private String name() {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return "";
        }
        if (kind == 1 && !names.isEmpty()) {
            return oldName();
        }
        String name = account.charAt(0) + "-" + names.size();
        names.add(name);
        return name;
    }

    private String oldName() {
        int recent = Math.min(names.size(), 60);
        return recent == 0 || random.nextBoolean() ? "" : names.get(names.size() - 1 - random.nextInt(recent));
    }

    /** All that it has used, on whatever day. */
    List<String> names() {
        return names;
    }

    private long orderId() {
        var open = venue.openOrders(account);
        return open.isEmpty() || random.nextInt(6) == 0
                ? 1 + random.nextInt(5_000)
                : open.get(random.nextInt(open.size())).id();
    }

    /** So far from any doubt that no clock matters. */
    private ClientMessage.Validity validity() {
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return switch (random.nextInt(16)) {
            case 0 -> new ClientMessage.Validity(now, 60_000);
            case 1 -> new ClientMessage.Validity(now - LONG_AGO_NANOS, 100);
            default -> ClientMessage.Validity.NOT_SAID;
        };
    }
}
