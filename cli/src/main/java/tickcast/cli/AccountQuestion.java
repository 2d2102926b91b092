package tickcast.cli;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import tickcast.client.TickcastClient;

/** Asks a gateway one thing about an account and shows the answer. */
final class AccountQuestion {
    private AccountQuestion() {}

    /** Returns the exit status. */
    static <T> int ask(
            CommonOptions common,
            Configuration configuration,
            Function<TickcastClient, CompletableFuture<T>> question,
            Consumer<T> show) {
        var stop = common.program().stop();
        var client = TickcastClient.builder(configuration.url())
                .account(configuration.account())
                .build();
        try {
            GatewayCall.connect(client, configuration.url(), stop);
            show.accept(GatewayCall.answer(question.apply(client), stop));
            return ExitStatus.OK;
        } finally {
            GatewayCall.close(client);
        }
    }
}
