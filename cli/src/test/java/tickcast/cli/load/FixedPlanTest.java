package tickcast.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FixedPlanTest {
    @Test
    void everyThingHasItsTimeAndIsNotDoneBefore() {
        var plan = new FixedPlan(1_000);
        long first = 0;
        for (int i = 0; i < 20; i++) {
            assertTrue(plan.awaitNext());
            first = i == 0 ? plan.plannedNanos() : first;
            assertEquals(i, plan.number());
            assertEquals(first + i * 1_000_000L, plan.plannedNanos());
            assertTrue(System.nanoTime() - plan.plannedNanos() >= 0);
        }
    }

    @Test
    void stopEndsAWait() {
        var plan = new FixedPlan(0.001);
        assertTrue(plan.awaitNext());
        var waiting = CompletableFuture.supplyAsync(plan::awaitNext);
        plan.stop();
        assertFalse(waiting.orTimeout(30, TimeUnit.SECONDS).join());
    }
}
