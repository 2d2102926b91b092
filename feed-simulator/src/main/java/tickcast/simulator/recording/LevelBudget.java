package tickcast.simulator.recording;

/** How many levels may wait in memory, over all symbols of a recording. */
final class LevelBudget {
    private long left;

    LevelBudget(long levels) {
        left = levels;
    }

    /** Takes a part; false, and nothing taken, when so much is not left. */
    boolean take(long levels) {
        if (levels > left) {
            return false;
        }
        left -= levels;
        return true;
    }

    void giveBack(long levels) {
        left += levels;
    }
}
