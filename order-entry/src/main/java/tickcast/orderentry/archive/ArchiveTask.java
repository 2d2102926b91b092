package tickcast.orderentry.archive;

/**
 * A question to the archive. It belongs to the archive's thread from when it is submitted until it is told to be answered,
 * and to the thread that asks at all other times.
 */
public abstract class ArchiveTask {
    private final ArchiveInbox inbox;
    private final Runnable answered;

    /** @param answered called by the thread that asked when the answer is there */
    ArchiveTask(ArchiveInbox inbox, Runnable answered) {
        this.inbox = inbox;
        this.answered = answered;
    }

    /** What {@link #work} came to. */
    enum Progress {
        ANSWERED,
        MORE_TO_DO,
        /** It can go on when more was read, or later. */
        WAITS
    }

    /** Does a bounded piece of it. */
    abstract Progress work(ArchiveIndex index, DocumentReader documents, long nowNanos);

    /** The executions cannot be read: answers so. */
    abstract void unreadable();

    void deliver() {
        inbox.add(this);
    }

    void tell() {
        answered.run();
    }
}
