package tickcast.gateway;

import tickcast.journal.JournalReader;

/** Something to be read from the feed's journal by a thread of the {@link HistoryPool}. */
interface HistoryRead {
    /** Epoch of the feed that it is about. */
    long epoch();

    /**
     * @param reader of that feed; stands anywhere
     * @param batch to be used at will
     */
    HistoryChunk read(JournalReader reader, HistoryBatch batch);
}
