package tickcast.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The forms in which market data is sent; the client chooses with {@code Sec-WebSocket-Protocol}. */
public enum Subprotocol {
    /** The compact layouts of {@link V1}; also what a client gets that asks for nothing. */
    V1("tickcast.v1"),
    /** {@link Packet}s of the feed's own messages. */
    SBE("tickcast.sbe.v1"),
    /** The feed's messages as JSON text, {@link FeedJson}. */
    JSON("tickcast.json.v1");

    private final String token;

    Subprotocol(String token) {
        this.token = token;
    }

    /** What stands in the handshake. */
    public String token() {
        return token;
    }

    public static Optional<Subprotocol> ofToken(String token) {
        return Arrays.stream(values()).filter(s -> s.token.equals(token)).findFirst();
    }
}
