package tickcast.client;

import java.util.Set;
import tickcast.protocol.json.CloseCode;

/** Refusals after which the same would happen again, because the fault is in what this client is or sends. */
final class FinalRefusals {
    /** RFC 6455: the client broke the WebSocket protocol. */
    private static final int PROTOCOL_ERROR = 1002;
    /** RFC 6455: the server lacks what the client needs. */
    static final int MISSING_EXTENSION = 1010;

    private static final Set<Integer> CLOSE_CODES = Set.of(
            PROTOCOL_ERROR,
            CloseCode.UNSUPPORTED_DATA.code(),
            CloseCode.INVALID_TEXT.code(),
            CloseCode.TOO_BIG.code(),
            MISSING_EXTENSION,
            CloseCode.TOO_MANY_MESSAGES.code(),
            CloseCode.UNKNOWN_SUBPROTOCOL.code());

    private static final Set<Integer> HTTP_STATUSES = Set.of(400, 401, 403, 404, 405, 426);

    private FinalRefusals() {}

    static boolean isFinalCode(int closeCode) {
        return CLOSE_CODES.contains(closeCode);
    }

    /** Whether a handshake answered with this HTTP status will be again. */
    static boolean isFinalStatus(int httpStatus) {
        return HTTP_STATUSES.contains(httpStatus);
    }
}
