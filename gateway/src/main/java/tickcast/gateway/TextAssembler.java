package tickcast.gateway;

import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;

/** Puts texts together from the frames that they come in. Confined to an event loop. */
final class TextAssembler {
    private final int limitBytes;
    /** What came of a text that is not complete; null when there is none. */
    private ByteArrayOutputStream partial;

    TextAssembler(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Whether the text that the frame belongs to is within the limit so far. */
    boolean takes(WebSocketFrame frame) {
        return (partial == null ? 0 : partial.size()) + frame.content().readableBytes() <= limitBytes;
    }

    /** The bytes of the text that ends with this frame, null when more is to come. */
    byte[] take(WebSocketFrame frame) {
        var bytes = new byte[frame.content().readableBytes()];
        frame.content().getBytes(frame.content().readerIndex(), bytes);
        if (partial != null || !frame.isFinalFragment()) {
            partial = partial == null ? new ByteArrayOutputStream() : partial;
            partial.writeBytes(bytes);
            if (!frame.isFinalFragment()) {
                return null;
            }
            bytes = partial.toByteArray();
            partial = null;
        }
        return bytes;
    }
}
