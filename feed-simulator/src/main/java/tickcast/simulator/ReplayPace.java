package tickcast.simulator;

/**
 * Plans when what was recorded at one time is published at another. Until its speed changes or it is paused the plan
 * never shifts, however late its events are made. Pure; times are nanoseconds since the epoch.
 */
final class ReplayPace {
    private ReplaySpeed speed;
    private boolean started;
    private boolean paused;
    private long stepsLeft;
    /** That was recorded then … */
    private long anchorRecordedNanos;
    /** … is published now. */
    private long anchorNanos;

    ReplayPace(ReplaySpeed speed) {
        this.speed = speed;
    }

    /** When that is due which was recorded at that time; {@link Background#NEVER} while paused. */
    long plannedNanos(long recordedNanos, long nowNanos) {
        if (paused) {
            return stepsLeft > 0 ? nowNanos : Background.NEVER;
        }
        if (speed.isMax()) {
            return nowNanos;
        }
        if (!started) {
            anchor(recordedNanos, nowNanos);
        }
        long sinceAnchor = Math.round((recordedNanos - anchorRecordedNanos) / speed.factor());
        // What is more than centuries away never comes.
        return sinceAnchor > Background.NEVER - anchorNanos ? Background.NEVER : anchorNanos + sinceAnchor;
    }

    /** That was published. */
    void happened(long recordedNanos, long nowNanos) {
        if (paused && stepsLeft > 0) {
            stepsLeft--;
        }
        if (paused || speed.isMax()) {
            anchor(recordedNanos, nowNanos);
        }
    }

    /** The next event is due at once, and the plan begins with it. */
    void startAnew() {
        started = false;
    }

    /** @param nextRecordedNanos when the next record was made: a replay that is late changes its speed there */
    void speed(ReplaySpeed newSpeed, long nowNanos, long nextRecordedNanos) {
        holdPlace(nowNanos, nextRecordedNanos);
        speed = newSpeed;
    }

    ReplaySpeed speed() {
        return speed;
    }

    /** @param nextRecordedNanos when the next record was made: a replay that is late pauses there */
    void pause(long nowNanos, long nextRecordedNanos) {
        if (!paused) {
            holdPlace(nowNanos, nextRecordedNanos);
            paused = true;
        }
    }

    void resume(long nowNanos) {
        if (paused) {
            paused = false;
            stepsLeft = 0;
            anchorNanos = nowNanos;
        }
    }

    /** Lets so many records more happen at once, and is paused then. */
    void step(long records, long nowNanos, long nextRecordedNanos) {
        pause(nowNanos, nextRecordedNanos);
        stepsLeft += records;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether nothing is due until someone asks for it. */
    boolean isHeld() {
        return paused && stepsLeft == 0;
    }

    /** The plan goes on from where it is now, or, if that was not reached yet, from the next record. */
    private void holdPlace(long nowNanos, long nextRecordedNanos) {
        if (started && !paused && !speed.isMax()) {
            long recordedNanos = anchorRecordedNanos + Math.round((nowNanos - anchorNanos) * speed.factor());
            anchor(Math.min(recordedNanos, nextRecordedNanos), nowNanos);
        }
        anchorNanos = nowNanos;
    }

    private void anchor(long recordedNanos, long nowNanos) {
        anchorRecordedNanos = recordedNanos;
        anchorNanos = nowNanos;
        started = true;
    }
}
