package tickcast.client;

import java.util.List;
import tickcast.protocol.json.ServerMessage;

/** The gateway refused the request as a whole; nothing was done. */
public final class RequestRefusedException extends TickcastClientException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<ServerMessage.RejectedSymbol> rejected;

    RequestRefusedException(String code, String text, List<ServerMessage.RejectedSymbol> rejected) {
        super(code + ": " + text);
        this.code = code;
        this.rejected = List.copyOf(rejected);
    }

    /** The name of an {@link tickcast.protocol.json.ErrorCode}, or of one that a newer gateway knows. */
    public String code() {
        return code;
    }

    /** The symbols that were refused, when it was about symbols. */
    public List<ServerMessage.RejectedSymbol> rejected() {
        return rejected == null ? List.of() : rejected;
    }
}
