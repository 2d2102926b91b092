package tickcast.simulator.recording;

/**
 * A file that holds snapshots of books and nothing else.
 *
 * @param document it is one REST answer as the venue gave it, and not lines
 */
record SnapshotFile(RecordedFile file, boolean document) {}
