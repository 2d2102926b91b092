package tickcast.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time, in order, on threads of an executor that many share. */
final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);
    /** Tasks in one turn; then other users of the executor get theirs. */
    private static final int TURN = 256;

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Thread runner;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    /** Runs the task on the executor. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            executor.execute(this::turn);
        }
    }

    /** Runs the task at once on the calling thread, which must be the executor's, or after the one that runs now. */
    void executeHere(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            turn();
        }
    }

    /** Whether the calling thread is inside a task. */
    boolean inside() {
        return runner == Thread.currentThread();
    }

    private void turn() {
        runner = Thread.currentThread();
        int left = waiting.get();
        for (int done = 0; left > 0 && done < TURN; done++) {
            run(tasks.remove());
            if (left == 1) {
                runner = null; // the next turn may begin elsewhere as soon as the count is 0
            }
            left = waiting.decrementAndGet();
            if (left > 0) {
                runner = Thread.currentThread();
            }
        }
        if (left > 0) {
            runner = null;
            executor.execute(this::turn);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task of a client failed; the client goes on", e);
        }
    }
}
