package tickcast.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tickcast.client.TickcastClient;
import tickcast.protocol.json.ServerMessage.AccountState;

@Command(
        name = "account",
        description = "Shows how an account stands: open orders, profits, positions and the trading day.",
        footer = {"", "Example:", "  tickcast account --account desk"})
final class AccountCommand implements Callable<Integer> {
    private static final String ROW = "%-16s %s%n";

    @Mixin
    private AccountOption account;

    @Mixin
    private ClientOptions gateway;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return AccountQuestion.ask(
                common, common.configuration(account, gateway), TickcastClient::account, this::print);
    }

    private void print(AccountState state) {
        var out = spec.commandLine().getOut();
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
