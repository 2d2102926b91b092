package tickcast.cli;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import tickcast.client.TickcastClient;

/** A command about an account, which a gateway answers. */
abstract class AccountSubcommand extends Subcommand {
    @Mixin
    private AccountOption account;

    @Mixin
    private ClientOptions gateway;

    final Configuration configuration() {
        return configuration(account, gateway);
    }

    /** Asks one thing and shows the answer; returns the exit status. */
    final <T> int ask(Function<TickcastClient, CompletableFuture<T>> question, Consumer<T> show) {
        var configuration = configuration();
        var client = TickcastClient.builder(configuration.url())
                .account(configuration.account())
                .build();
        try {
            GatewayCall.connect(client, configuration.url(), stop());
            show.accept(GatewayCall.answer(question.apply(client), stop()));
            return ExitStatus.OK;
        } finally {
            GatewayCall.close(client);
        }
    }
}
