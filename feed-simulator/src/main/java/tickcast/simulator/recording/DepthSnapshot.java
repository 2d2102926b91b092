package tickcast.simulator.recording;

/**
 * A symbol's book as it was after an update. Levels are not changed once here.
 *
 * @param place file and line, for the user
 * @param eventNanos the venue's time, 0 = not told
 */
record DepthSnapshot(String place, long lastId, long eventNanos, LevelList bids, LevelList asks) {
    int levels() {
        return bids.size() + asks.size();
    }
}
