package tickcast.simulator.recording;

/** What stands in a recording is no record. The message names file, place, what is there and what was expected. */
public final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RecordingException(String message) {
        super(message);
    }

    public RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
