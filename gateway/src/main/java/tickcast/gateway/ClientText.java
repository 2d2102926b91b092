package tickcast.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.Refusal;

/**
 * What a client said with a text.
 *
 * @param message null when the text was none
 * @param refusal why it was none, null when it was one
 */
record ClientText(ClientMessage message, Refusal refusal) {
    /** To read a longer one takes long enough for others to wait for it. */
    private static final int LONGEST_SHORT = 4 << 10;

    /** Whether a text of so many bytes can be read between two others. An order has a twentieth of that. */
    static boolean isShort(int length) {
        return length <= LONGEST_SHORT;
    }

    /**
     * Reads it. Safe from any thread.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    static ClientText read(byte[] utf8) throws CharacterCodingException {
        String text = isAscii(utf8)
                ? new String(utf8, StandardCharsets.ISO_8859_1) // at a tenth of the cost
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(utf8))
                        .toString();
        try {
            return new ClientText(ClientMessageParser.parse(text), null);
        } catch (Refusal refusal) {
            return new ClientText(null, refusal);
        }
    }

    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte b : bytes) {
            all |= b;
        }
        return all >= 0;
    }
}
