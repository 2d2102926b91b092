package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import tickcast.protocol.Decimal16;
import tickcast.protocol.Decimal8;
import tickcast.protocol.NetPosition;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.ServerMessage.HeldPosition;

/** Puts how an account stands into JSON messages. Confined to its desk's thread. */
final class AccountStatements {
    private final AccountBook book;
    private final OpenOrders openOrders;
    private final OrderMessages messages;
    private final IntToLongFunction markPrices;

    /** @param markPrices by symbol id, mantissas; 0 when there is none */
    AccountStatements(AccountBook book, OpenOrders openOrders, OrderMessages messages, IntToLongFunction markPrices) {
        this.book = book;
        this.openOrders = openOrders;
        this.messages = messages;
        this.markPrices = markPrices;
    }

    ServerMessage.PositionList positions(JsonNode messageId, String account) {
        return new ServerMessage.PositionList(messageId, book.accountSeq(account), held(account));
    }

    ServerMessage.AccountState state(JsonNode messageId, String account) {
        var held = held(account);
        boolean dayIsKnown = book.dayEndNanos() != 0;
        return new ServerMessage.AccountState(
                messageId,
                account,
                book.accountSeq(account),
                openOrders.count(account),
                held,
                held.stream().map(HeldPosition::realisedProfit).reduce(BigDecimal.ZERO, BigDecimal::add),
                held.stream()
                        .map(HeldPosition::unrealisedProfit)
                        .filter(profit -> profit != null)
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                dayIsKnown ? LocalDate.ofEpochDay(book.day()).toString() : null,
                dayIsKnown ? TimeUnit.NANOSECONDS.toMillis(book.dayEndNanos()) : null,
                null);
    }

    private List<HeldPosition> held(String account) {
        return book.positions(account).stream()
                .filter(position -> !position.isEmpty())
                .map(this::held)
                .toList();
    }

    private HeldPosition held(NetPosition position) {
        long mark = markPrices.applyAsLong(position.symbolId());
        boolean flat = position.netQuantity() == 0;
        return new HeldPosition(
                messages.symbol(position.symbolId()),
                Decimal8.toBigDecimal(position.netQuantity()),
                flat ? null : Decimal8.toBigDecimal(position.averagePrice()),
                Decimal16.toBigDecimal(position.realisedProfit()),
                mark == 0 ? null : Decimal8.toBigDecimal(mark),
                flat ? BigDecimal.ZERO : mark == 0 ? null : Decimal16.toBigDecimal(position.unrealisedProfit(mark)));
    }
}
