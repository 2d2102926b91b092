package tickcast.simulator.recording;

/**
 * Changes of a symbol's book: the quantities that rest at prices after them, 0 = nothing. Levels are not changed once here.
 *
 * @param firstId the first update in it
 * @param baseId the update that it builds on: {@code firstId − 1} on the spot market, where the ids of a symbol have no
 *     holes; what the record says otherwise
 * @param lastId the last update in it
 */
record DepthDiff(long line, long firstId, long baseId, long lastId, long eventNanos, LevelList bids, LevelList asks) {

    int levels() {
        return bids.size() + asks.size();
    }
}
