package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialExecutorTest {
    @Test
    void tasksOfManyThreadsRunOneAtATimeAndInTheOrderOfEach() throws InterruptedException {
        var threads = Executors.newFixedThreadPool(4);
        var serial = new SerialExecutor(threads);
        int[] newest = new int[4];
        var done = new CountDownLatch(4 * 5_000);
        int[] wrong = new int[1]; // plain on purpose: only right when tasks exclude each other
        for (int who = 0; who < 4; who++) {
            int me = who;
            threads.execute(() -> {
                for (int i = 1; i <= 5_000; i++) {
                    int number = i;
                    Runnable task = () -> {
                        wrong[0] += newest[me] == number - 1 && serial.inside() ? 0 : 1;
                        newest[me] = number;
                        done.countDown();
                    };
                    if (number % 2 == 0) {
                        serial.execute(task);
                    } else {
                        serial.executeHere(task);
                    }
                }
            });
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(0, wrong[0]);
        assertFalse(serial.inside());
        threads.shutdownNow();
    }

    @Test
    void aTaskFromInsideATaskRunsAfterIt() {
        var serial = new SerialExecutor(Runnable::run);
        var order = new ArrayList<String>();
        serial.executeHere(() -> {
            serial.executeHere(() -> order.add("inner"));
            order.add("outer");
        });
        assertEquals("[outer, inner]", order.toString());
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() {
        var serial = new SerialExecutor(Runnable::run);
        var order = new ArrayList<String>();
        serial.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        serial.execute(() -> order.add("next"));
        assertEquals("[next]", order.toString());
    }
}
