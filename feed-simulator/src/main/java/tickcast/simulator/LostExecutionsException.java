package tickcast.simulator;

/**
 * Executions that an exchange needs in order to go on are not there any more: without them it could carry out requests a
 * second time. The message says which, and what can be done.
 */
public final class LostExecutionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostExecutionsException(String message) {
        super(message);
    }
}
