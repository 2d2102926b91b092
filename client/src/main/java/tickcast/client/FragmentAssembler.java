package tickcast.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.MalformedMessageException;

/** Puts the parts of a WebSocket message together; each byte is copied once, plus growth by doubling. Confined to a thread. */
final class FragmentAssembler {
    private static final int KEPT_BYTES = 64 * 1024;

    private final int maxLength;
    private final UnsafeBuffer message = new UnsafeBuffer();
    private byte[] bytes = new byte[1024];
    private int length;
    private StringBuilder text;

    /** @param maxLength longest message, in bytes or characters */
    FragmentAssembler(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Takes a part; the whole message after the last part, valid until the next call, else null. */
    UnsafeBuffer add(ByteBuffer part, boolean last) {
        int size = part.remaining();
        requireRoom(length, size);
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + size, bytes.length * 2));
        }
        part.get(bytes, length, size);
        length += size;
        if (!last) {
            return null;
        }
        message.wrap(bytes, 0, length);
        length = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[1024];
        }
        return message;
    }

    /** Takes a part; the whole text after the last part, else null. */
    String add(CharSequence part, boolean last) {
        if (text == null) {
            requireRoom(0, part.length());
            if (last) {
                return part.toString();
            }
            text = new StringBuilder();
        }
        requireRoom(text.length(), part.length());
        text.append(part);
        if (!last) {
            return null;
        }
        String whole = text.toString();
        text = null;
        return whole;
    }

    private void requireRoom(int have, int more) {
        if (more > maxLength - have) {
            throw new MalformedMessageException("A message longer than " + maxLength);
        }
    }
}
