package tickcast.cli;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tickcast.client.TickcastClient;

/** Waits for what a gateway answers, and puts what goes wrong into words for the user. */
final class GatewayCall {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private GatewayCall() {}

    /** Connects; the gateway must be there. */
    static void connect(TickcastClient client, URI url, StopSignal stop) {
        connection(client.connect(), url, stop);
    }

    /** What connects to a gateway; it must be there. */
    static <T> T connection(CompletableFuture<T> connecting, URI url, StopSignal stop) {
        try {
            return get(connecting, stop);
        } catch (ExecutionException e) {
            throw noGateway(url, e);
        }
    }

    private static CommandFailedException noGateway(URI url, Throwable failure) {
        String reason = rootText(failure);
        String prefix = reason.contains(url.toString()) ? "" : "Cannot connect to " + url + ": ";
        return new CommandFailedException(
                prefix + reason + "; start a gateway with 'tickcast demo', or name another with --url", failure);
    }

    /** The answer to a request. */
    static <T> T answer(CompletableFuture<T> request, StopSignal stop) {
        try {
            return get(request, stop);
        } catch (ExecutionException e) {
            throw new CommandFailedException("The gateway did not do it: " + rootText(e), e);
        }
    }

    /** Closes and gives the gateway a moment to say goodbye. */
    static void close(TickcastClient client) {
        client.close();
        try {
            client.ended().get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return; // it is over either way
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T get(CompletableFuture<T> answer, StopSignal stop) throws ExecutionException {
        try {
            CompletableFuture.anyOf(answer, stop.future()).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!answer.isDone()) {
                throw new CommandFailedException("Stopped before the gateway answered");
            }
            return answer.get();
        } catch (TimeoutException e) {
            throw new CommandFailedException("The gateway did not answer within " + LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted", e);
        }
    }

    private static String rootText(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof ConnectException)) {
            root = root.getCause();
        }
        if (root instanceof ConnectException) {
            return "nothing listens there";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
