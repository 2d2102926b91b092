package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.ServerMessage;

class KeptSubscriptionsTest {
    private static final List<String> SYMBOL = List.of(FeedScript.SYMBOL);
    private static final KeptSubscriptions.Terms TERMS = new KeptSubscriptions.Terms(EnumSet.allOf(Channel.class), 10);

    private final List<List<String>> asked = new ArrayList<>();
    private final ArrayDeque<CompletableFuture<ServerMessage.Subscribed>> answers = new ArrayDeque<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final KeptSubscriptions kept = new KeptSubscriptions(
            (symbols, terms) -> {
                asked.add(symbols);
                answers.add(new CompletableFuture<>());
                return answers.getLast();
            },
            (delayMillis, task) -> later.add(task),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
            new Random(1),
            new ClientListener() {},
            new ClientCounters());

    @BeforeEach
    void subscribe() {
        kept.granted(SYMBOL, TERMS, List.of(ScriptedSession.listing()));
    }

    @Test
    void whatWasRefusedAfterAReconnectIsAskedForAgain() {
        kept.up();
        refuse();
        later.remove().run();
        assertEquals(List.of(SYMBOL, SYMBOL), asked);
    }

    @Test
    void whatWasRefusedAfterAReconnectIsNotAskedForWhenNoLongerWanted() {
        kept.up();
        refuse();
        kept.forget(SYMBOL, List.of());
        later.remove().run();
        assertEquals(List.of(SYMBOL), asked);
    }

    @Test
    void aSnapshotIsNotAskedForWhenNoLongerWanted() {
        kept.resync(FeedScript.SYMBOL, "gap");
        kept.forget(SYMBOL, List.of());
        later.remove().run();
        assertEquals(List.of(), asked);
        subscribe();
        kept.resync(FeedScript.SYMBOL, "gap");
        later.remove().run();
        assertEquals(List.of(SYMBOL), asked);
    }

    private void refuse() {
        answers.remove().completeExceptionally(new RequestRefusedException("FEED_NOT_READY", "wait", List.of()));
    }
}
