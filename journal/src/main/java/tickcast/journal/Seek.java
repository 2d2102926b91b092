package tickcast.journal;

/** What became of a {@link JournalReader#seek seek}. */
public enum Seek {
    /** The next poll begins with the sequence asked for, as soon as it exists. */
    FOUND,
    /** The sequence was deleted; the reader stays where it was. */
    TOO_OLD,
    /** The sequence is beyond the one that will be written next; the reader stays where it was. */
    TOO_FAR
}
