package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class InstrumentTest {
    @Test
    void everyFieldIsChecked() {
        assertEquals("must be a number above 0", refusal(0, "A", 1, 1, 1));
        assertEquals("must be 1 to 32 printable ASCII characters without space", refusal(1, "A B", 1, 1, 1));
        assertEquals("must be 1 to 32 printable ASCII characters without space", refusal(1, "x".repeat(33), 1, 1, 1));
        assertEquals("must be above 0", refusal(1, "A", 0, 1, 1));
        assertEquals("must be above 0", refusal(1, "A", 1, -1, 1));
        assertEquals("must be 0 or above and a multiple of the tick size 0.00000002", refusal(1, "A", 2, 1, 3));
        assertEquals("must be 0 or above and a multiple of the tick size 0.00000002", refusal(1, "A", 2, 1, -2));
    }

    @Test
    void theReferencePriceMayBeUnknown() {
        assertEquals(0, new Instrument(1, "A", 2, 1, 0).referencePrice());
    }

    @Test
    void directoryFindsBySymbolAndId() {
        var directory = new InstrumentDirectory();
        var second = new Instrument(2, "B", 1, 1, 1);
        var first = new Instrument(1, "A", 1, 1, 1);
        directory.add(second);
        directory.add(first);
        assertEquals(first, directory.bySymbol("A"));
        assertEquals(second, directory.byId(2));
        assertEquals(List.of(first, second), List.copyOf(directory.all()));

        var renamed = new Instrument(2, "C", 1, 1, 1);
        directory.add(renamed);
        assertNull(directory.bySymbol("B"));
        assertEquals(renamed, directory.bySymbol("C"));
        assertEquals(2, directory.size());
    }

    private static String refusal(int id, String symbol, long tick, long lot, long reference) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new Instrument(id, symbol, tick, lot, reference))
                .getMessage();
        return message.substring(message.indexOf("must be"));
    }
}
