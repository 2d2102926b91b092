package tickcast.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import tickcast.client.ClientListener;
import tickcast.protocol.DepthBook;
import tickcast.protocol.json.CloseCode;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;

/** Says on standard error what happens to the session, and remembers which books were proved right. */
abstract class SubscriberListener implements ClientListener {
    private final PrintWriter err;
    private final CompletableFuture<PastOutcome> replayed = new CompletableFuture<>();
    private final Set<String> proved = ConcurrentHashMap.newKeySet();

    SubscriberListener(PrintWriter err) {
        this.err = err;
    }

    /** Symbols of which at least one message was proved: chain and checksum. */
    Set<String> proved() {
        return proved;
    }

    @Override
    public void onFeedMessage(String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
        if (update == DepthBook.Update.APPLIED) {
            proved.add(symbol);
        }
    }

    @Override
    public void onDisconnected(int code, String reason) {
        if (code == CloseCode.NORMAL.code()) {
            return; // this program closed
        }
        err.println("connection lost: " + code + (reason.isEmpty() ? "" : " " + reason));
    }

    @Override
    public void onReconnecting(int attempt, long delayMillis, String cause) {
        err.printf("connecting again in %.1f s (%s)%n", delayMillis / 1000.0, cause);
    }

    @Override
    public void onResync(String symbol, String cause) {
        err.println(symbol + ": " + cause + "; asking for a snapshot");
    }

    @Override
    public void onWarning(ServerMessage.Warning warning) {
        err.println("warning of the gateway: " + warning.code() + ": " + warning.message());
    }

    @Override
    public void onResumed(ServerMessage.Resumed resumed) {
        err.printf("resumed: %s (%d messages)%n", resumed.outcome().description(), resumed.count());
    }

    @Override
    public void onReplayed(ServerMessage.Replayed message) {
        err.printf("replay: %s (%d messages)%n", message.outcome().description(), message.count());
        replayed.complete(message.outcome());
    }

    /** Done when a replay has ended or become live. */
    CompletableFuture<PastOutcome> replayed() {
        return replayed;
    }

    @Override
    public void onError(String text) {
        err.println(text);
    }
}
