package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tickcast.protocol.json.ErrorCode;

class ClientTextTest {
    @Test
    void saysAMessage() throws CharacterCodingException {
        var said = read("{\"type\":\"ping\",\"id\":\"é\"}");
        assertEquals("é", said.message().id().textValue());
        assertNull(said.refusal());
    }

    @Test
    void orSaysWhyNot() throws CharacterCodingException {
        var said = read("{\"type\":\"pong\",\"id\":7}");
        assertNull(said.message());
        assertEquals(ErrorCode.UNKNOWN_TYPE, said.refusal().code());
        assertEquals(7, said.refusal().messageId().intValue());
    }

    @Test
    void whatIsNotUtf8IsNotRead() {
        assertThrows(CharacterCodingException.class, () -> ClientText.read(new byte[] {'"', (byte) 0xC3, '"'}));
    }

    @Test
    void isLongFromSomeKilobytesOn() {
        assertTrue(ClientText.isShort(4096));
        assertFalse(ClientText.isShort(4097));
    }

    private static ClientText read(String text) throws CharacterCodingException {
        return ClientText.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
