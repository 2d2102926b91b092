package tickcast.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;

/** A client's message cannot be taken: the code, the field if it is about one, and the text for the client. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String field;
    private final transient JsonNode messageId;

    /**
     * @param field the field at fault, null when it is the whole message
     * @param messageId the message's id, null when it has none
     */
    public Refusal(ErrorCode code, String field, JsonNode messageId, String message) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.messageId = messageId;
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
