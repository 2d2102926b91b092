package tickcast.cli;

import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tickcast.client.TickcastClient;
import tickcast.protocol.json.ServerMessage.OpenOrder;
import tickcast.protocol.json.ServerMessage.OrderHistory;

@Command(
        name = "orders",
        description = "Lists an account's open orders, or shows one order, open or not, with all that happened to it.",
        footer = {
            "",
            "Examples:",
            "  tickcast orders --symbol AAPL",
            "  tickcast orders 17",
            "  tickcast orders --client-order-id exit-1"
        })
final class OrdersCommand extends AccountSubcommand {
    private static final String ROW = "%-12s %-16s %-5s %16s %16s %16s  %-4s %-16s %s%n";

    /** Which orders. */
    static final class Choice {
        @Parameters(paramLabel = "ORDER_ID", arity = "0..1", description = "The exchange's number of one order.")
        private Long orderId;

        @Option(names = "--client-order-id", paramLabel = "ID", description = "Your own name of one order.")
        private String clientOrderId;

        @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only open orders in this symbol.")
        private String symbol;
    }

    @ArgGroup(multiplicity = "0..1")
    private Choice choice;

    @Override
    public Integer call() {
        if (choice != null && choice.orderId != null) {
            return ask(client -> client.order(choice.orderId), this::print);
        }
        if (choice != null && choice.clientOrderId != null) {
            return ask(client -> client.order(choice.clientOrderId), this::print);
        }
        boolean all = choice == null || choice.symbol == null;
        return ask(all ? TickcastClient::orders : client -> client.orders(choice.symbol), this::print);
    }

    private void print(OrderHistory found) {
        print(List.of(found.order()));
        var out = out();
        out.println();
        if (found.truncated() != null) {
            out.println("... older reports are not shown");
        }
        found.history().forEach(report -> out.println(OrderSession.line(report)));
    }

    private void print(List<OpenOrder> orders) {
        var out = out();
        out.printf(ROW, "ORDER", "SYMBOL", "SIDE", "PRICE", "QUANTITY", "DONE", "TIF", "STATUS", "CLIENT ORDER ID");
        for (var order : orders) {
            out.printf(
                    ROW,
                    order.orderId(),
                    order.symbol(),
                    order.side(),
                    order.price() == null ? "market" : order.price().toPlainString(),
                    order.quantity().toPlainString(),
                    order.cumulativeQuantity().toPlainString(),
                    order.timeInForce(),
                    order.orderStatus(),
                    order.clientOrderId() == null ? "-" : order.clientOrderId());
        }
    }
}
