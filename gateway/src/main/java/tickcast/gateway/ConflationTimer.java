package tickcast.gateway;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** Gives a shard its turn when a conflated update is due and there is nothing to read. Confined to the shard. */
final class ConflationTimer {
    private final EventLoop eventLoop;
    private final ConflationSchedule schedule;
    private final Runnable wake;
    private long setNanos;
    private boolean set;

    ConflationTimer(EventLoop eventLoop, ConflationSchedule schedule, Runnable wake) {
        this.eventLoop = eventLoop;
        this.schedule = schedule;
        this.wake = wake;
    }

    /** The turn is over; what is scheduled still, is due later. */
    void setForNext() {
        if (schedule.isEmpty()) {
            return;
        }
        long due = schedule.nextNanos();
        if (!set || due - setNanos < 0) {
            set = true;
            setNanos = due;
            long delay = Math.max(0, due - System.nanoTime());
            eventLoop.schedule(() -> ring(due), delay, TimeUnit.NANOSECONDS);
        }
    }

    /** One that was overtaken by an earlier one does nothing. */
    private void ring(long due) {
        if (set && setNanos == due) {
            set = false;
            wake.run();
        }
    }
}
