package tickcast.orderentry.archive;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers of the archive on their way to the thread that asked. */
public final class ArchiveInbox {
    private final Queue<ArchiveTask> answered = new ConcurrentLinkedQueue<>();
    private final Runnable wake;

    /** @param wake lets the thread call {@link #deliver} soon; called by the archive's thread */
    public ArchiveInbox(Runnable wake) {
        this.wake = wake;
    }

    /** On the archive's thread. */
    void add(ArchiveTask task) {
        answered.add(task);
        wake.run();
    }

    /** Whether there is something to deliver. */
    public boolean hasAnswers() {
        return !answered.isEmpty();
    }

    /** On the thread that asked: tells all that has been answered. */
    public void deliver() {
        for (var task = answered.poll(); task != null; task = answered.poll()) {
            task.tell();
        }
    }
}
