package tickcast.protocol.json;

/** A message of the gateway whose type is not known here, as of a newer gateway; it can be left out. */
public final class UnknownMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownMessageException(String type) {
        super("The gateway sent a message of the unknown type " + JsonFields.shorten(type));
    }
}
