package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.MalformedMessageException;

class FragmentAssemblerTest {
    private final FragmentAssembler assembler = new FragmentAssembler(100_000);

    @Test
    void aMessageIsTheSameWhereverItIsSplit() {
        byte[] message = bytes(50);
        for (int first = 0; first <= message.length; first++) {
            for (int second = first; second <= message.length; second++) {
                assertNull(assembler.add(ByteBuffer.wrap(message, 0, first), false));
                assertNull(assembler.add(ByteBuffer.wrap(message, first, second - first), false));
                assertArrayEquals(
                        message, copy(assembler.add(ByteBuffer.wrap(message, second, message.length - second), true)));
            }
        }
    }

    @Test
    void aTextIsTheSameWhereverItIsSplit() {
        String text = "{\"type\":\"warning\",\"code\":\"ü€😀\"}";
        for (int at = 0; at <= text.length(); at++) {
            assertNull(assembler.add(text.substring(0, at), false));
            assertEquals(text, assembler.add(text.substring(at), true));
        }
        assertEquals("whole", assembler.add("whole", true));
    }

    @Test
    void aLongMessageOfSmallPartsIsWhole() {
        byte[] message = bytes(100_000);
        int at = 0;
        for (; at + 7 < message.length; at += 7) {
            assertNull(assembler.add(ByteBuffer.wrap(message, at, 7), false));
        }
        assertArrayEquals(message, copy(assembler.add(ByteBuffer.wrap(message, at, message.length - at), true)));
        assertArrayEquals(
                new byte[] {1, 2},
                copy(assembler.add(ByteBuffer.wrap(new byte[] {1, 2}).asReadOnlyBuffer(), true)));
    }

    @Test
    void aMessageAboveTheLimitIsRefused() {
        assembler.add(ByteBuffer.wrap(bytes(100_000)), false);
        assertThrows(MalformedMessageException.class, () -> assembler.add(ByteBuffer.wrap(bytes(1)), true));
        assembler.add("x".repeat(60_000), false);
        assertThrows(MalformedMessageException.class, () -> assembler.add("x".repeat(60_000), false));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] copy(DirectBuffer message) {
        byte[] bytes = new byte[message.capacity()];
        message.getBytes(0, bytes);
        return Arrays.copyOf(bytes, bytes.length);
    }
}
