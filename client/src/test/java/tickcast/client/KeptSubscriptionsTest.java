package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickcast.protocol.json.ServerMessage;

class KeptSubscriptionsTest {
    private static final List<String> SYMBOL = List.of(FeedScript.SYMBOL);
    private static final SubscriptionTerms TERMS = SubscriptionTerms.DEFAULT;

    private final List<List<String>> asked = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<List<String>> resumed = new ArrayList<>();
    private final List<String> resumable = new ArrayList<>();
    private final ArrayDeque<CompletableFuture<ServerMessage.Subscribed>> answers = new ArrayDeque<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final KeptSubscriptions kept = new KeptSubscriptions(
            (symbols, terms, except, resumed) -> {
                this.resumed.add(resumed);
                asked.add(symbols);
                ended.addAll(except);
                answers.add(new CompletableFuture<>());
                return answers.getLast();
            },
            () -> resumable,
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
        kept.forget(SYMBOL);
        later.remove().run();
        assertEquals(List.of(SYMBOL), asked);
    }

    @Test
    void aSnapshotIsNotAskedForWhenNoLongerWanted() {
        kept.resync(FeedScript.SYMBOL, "gap");
        kept.forget(SYMBOL);
        later.remove().run();
        assertEquals(List.of(), asked);
        subscribe();
        kept.resync(FeedScript.SYMBOL, "gap");
        later.remove().run();
        assertEquals(List.of(SYMBOL), asked);
    }

    @Test
    void ofAllSymbolsThoseThatWereUnsubscribedAreUnsubscribedAgain() {
        kept.granted(List.of("*"), TERMS, List.of(ScriptedSession.listing()));
        kept.forget(List.of("AAPL", "MSFT"));
        kept.granted(List.of("MSFT"), TERMS, List.of(listing("MSFT")));
        kept.up();
        assertEquals(List.of(List.of("*", "MSFT")), asked);
        assertEquals(List.of("AAPL"), ended);
        refuse();
        later.remove().run();
        assertEquals(List.of("AAPL", "AAPL"), ended);
        kept.resync("AAPL", "gap");
        assertEquals(0, later.size(), "nobody wants it");
        kept.granted(List.of("*"), TERMS, List.of());
        kept.up();
        assertEquals(List.of("AAPL", "AAPL"), ended);
    }

    @Test
    void whatCanBeResumedIsAskedForApart() {
        kept.granted(List.of("AAPL"), TERMS, List.of(listing("AAPL")));
        resumable.add("AAPL");
        kept.up();
        assertEquals(List.of(List.of("AAPL"), SYMBOL), asked);
        assertEquals(List.of(List.of("AAPL"), List.of()), resumed);
    }

    @Test
    void allSymbolsAreResumedFromWhereOneOfThemStopped() {
        kept.granted(List.of("*"), TERMS, List.of(listing("AAPL"), listing("MSFT")));
        kept.forget(List.of("MSFT"));
        resumable.addAll(List.of("AAPL", "MSFT"));
        kept.up();
        assertEquals(List.of(List.of("*")), asked);
        assertEquals(List.of(List.of("AAPL")), resumed);
    }

    @Test
    void snapshotsAreAskedForWhenTooManyResume() {
        resumable.addAll(SYMBOL);
        kept.up();
        answers.remove().completeExceptionally(new RequestRefusedException("TOO_MANY_REPLAYS", "wait", List.of()));
        assertEquals(List.of(SYMBOL, SYMBOL), asked);
        assertEquals(List.of(SYMBOL, List.of()), resumed);
    }

    @Test
    void aResumeIsTriedAgainWhenTheFeedIsNotReady() {
        resumable.addAll(SYMBOL);
        kept.up();
        refuse();
        later.remove().run();
        assertEquals(List.of(SYMBOL, SYMBOL), resumed);
    }

    private static ServerMessage.Listing listing(String symbol) {
        return new ServerMessage.Listing(symbol, 7, BigDecimal.ONE, BigDecimal.ONE, "open");
    }

    private void refuse() {
        answers.remove().completeExceptionally(new RequestRefusedException("FEED_NOT_READY", "wait", List.of()));
    }
}
