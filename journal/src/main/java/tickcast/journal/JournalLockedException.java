package tickcast.journal;

/** Another live writer has the journal. The message names the directory and the holder. */
public final class JournalLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalLockedException(String message) {
        super(message);
    }
}
