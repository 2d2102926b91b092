package tickcast.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;

/** A client's message cannot be taken: the code, the field if it is about one, and the text for the client. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String field;
    private final transient JsonNode messageId;
    private final String clientOrderId;

    /**
     * @param field the field at fault, null when it is the whole message
     * @param messageId the message's id, null when it has none
     */
    public Refusal(ErrorCode code, String field, JsonNode messageId, String message) {
        this(code, field, messageId, message, null);
    }

    private Refusal(ErrorCode code, String field, JsonNode messageId, String message, String clientOrderId) {
        super(message, null, false, false);
        this.clientOrderId = clientOrderId;
        this.code = code;
        this.field = field;
        this.messageId = messageId;
    }

    /** The same, of a message about orders; null for a message about something else. */
    public Refusal ofOrder(String newClientOrderId) {
        return new Refusal(code, field, messageId, getMessage(), newClientOrderId);
    }

    /** As the message gave it; empty when it gave none or a very long one, null when the message is not known to be about orders. */
    public String clientOrderId() {
        return clientOrderId;
    }

    public ErrorCode code() {
        return code;
    }

    public String field() {
        return field;
    }

    public JsonNode messageId() {
        return messageId;
    }
}
