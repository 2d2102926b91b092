package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private final Liveness liveness = new Liveness(1_000, 500, 0);

    @Test
    void aSilentClientIsPingedOnceAndThenGivenUp() {
        assertEquals("WAIT", at(999));
        assertEquals("PING", at(1_000));
        assertEquals("WAIT", at(1_100));
        assertEquals("WAIT", at(1_499));
        assertEquals("GIVE_UP", at(1_500));
    }

    @Test
    void anAnswerIsAsGoodAsAnything() {
        at(1_000);
        liveness.heard(TimeUnit.MILLISECONDS.toNanos(1_100));
        assertEquals("WAIT", at(1_100));
        assertEquals("WAIT", at(2_000));
        assertEquals(900, liveness.silentMillis(TimeUnit.MILLISECONDS.toNanos(2_000)));
        assertEquals("PING", at(2_100));
    }

    @Test
    void whoIsNotListenedToIsNotGivenUp() {
        at(1_000);
        assertEquals(Liveness.Verdict.WAIT, liveness.look(false, TimeUnit.MILLISECONDS.toNanos(9_000)));
        assertEquals("WAIT", at(9_900));
        assertEquals("PING", at(10_000));
    }

    private String at(long millis) {
        return liveness.look(true, TimeUnit.MILLISECONDS.toNanos(millis)).toString();
    }
}
