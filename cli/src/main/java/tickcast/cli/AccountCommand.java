package tickcast.cli;

import java.time.Instant;
import picocli.CommandLine.Command;
import tickcast.client.TickcastClient;
import tickcast.protocol.json.ServerMessage.AccountState;

@Command(
        name = "account",
        description = "Shows how an account stands: open orders, profits, positions and the trading day.",
        footer = {"", "Example:", "  tickcast account --account desk"})
final class AccountCommand extends AccountSubcommand {
    private static final String ROW = "%-16s %s%n";

    @Override
    public Integer call() {
        return ask(TickcastClient::account, this::print);
    }

    private void print(AccountState state) {
        var out = out();
        out.printf(ROW, "account", state.account());
        if (state.tradingDay() != null) {
            out.printf(
                    ROW, "trading day", state.tradingDay() + ", ends " + Instant.ofEpochMilli(state.tradingDayEnds()));
        }
        out.printf(ROW, "open orders", state.openOrders());
        out.printf(ROW, "reports", state.accountSeq());
        out.printf(ROW, "realised", PositionTable.plain(state.realisedProfit()));
        out.printf(ROW, "unrealised", PositionTable.plain(state.unrealisedProfit()));
        if (!state.positions().isEmpty()) {
            out.println();
            PositionTable.print(state.positions(), out);
        }
    }
}
