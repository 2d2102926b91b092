package tickcast.orderentry;

/** The file of risk limits cannot be taken; the message names file, line, key and value. */
public final class RiskLimitsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RiskLimitsException(String message, Throwable cause) {
        super(message, cause);
    }
}
