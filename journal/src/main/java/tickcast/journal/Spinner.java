package tickcast.journal;

/**
 * Waits without sleeping, and gives way now and then: a thread that never does keeps its core for milliseconds from whoever
 * wakes there. Confined to a thread.
 */
public final class Spinner {
    private final int spinsInARow;
    private int spins;

    /** @param spinsInARow after so many it offers its core to others */
    public Spinner(int spinsInARow) {
        this.spinsInARow = spinsInARow;
    }

    public void spin() {
        if (++spins % spinsInARow == 0) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}
