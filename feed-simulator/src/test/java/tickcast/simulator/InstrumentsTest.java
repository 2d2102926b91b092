package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickcast.protocol.Instrument;

class InstrumentsTest {
    @TempDir
    private Path directory;

    @Test
    void standardOnesCanBeTraded() {
        assertEquals("BTC/USD", Instruments.standard().byId(1).symbol());
        assertEquals(10, Instruments.standard().size());
    }

    @Test
    void numberedOnesBeginAtZero() {
        assertEquals(
                List.of("S0", "S1", "S2"),
                Instruments.numbered(3).all().stream().map(Instrument::symbol).toList());
        assertThrows(IllegalArgumentException.class, () -> Instruments.numbered(0));
    }

    @Test
    void fileWithCommentsAndSpaces() throws IOException {
        Path file = write("# ours\n\nsymbol, tickSize, lotSize, referencePrice\nX , 0.01, 10, 5\n# more\nY,1,1,7\n");
        assertEquals(
                List.of(
                        new Instrument(1, "X", 1_000_000L, 1_000_000_000L, 500_000_000L),
                        new Instrument(2, "Y", 100_000_000L, 100_000_000L, 700_000_000L)),
                Instruments.load(file).all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "X,0.01,1;line 2;3 fields",
                "X,abc,1,5;line 2;tickSize \"abc\"",
                "X,0.01,0,5;line 2;lotSize \"0\"",
                "X,0.01,1,0.000000001;line 2;referencePrice \"0.000000001\"",
                "X,0.01,1,0;line 2;referencePrice \"0\"",
                "X,0.01,1,5.005;line 2;referencePrice is 5.005, must be",
                "A B,0.01,1,5;line 2;symbol is A B, must be",
                "X,1,1,5\\nX,1,1,5;line 3;symbol \"X\"",
            })
    void wrongLineIsNamed(String lines, String where, String what) throws IOException {
        Path file = write("symbol,tickSize,lotSize,referencePrice\n" + lines.replace("\\n", "\n"));
        String message = assertThrows(IllegalArgumentException.class, () -> Instruments.load(file))
                .getMessage();
        assertTrue(message.contains(file.toString()), message);
        assertTrue(message.contains(where), message);
        assertTrue(message.contains(what), message);
    }

    @Test
    void headerIsRequired() throws IOException {
        Path file = write("X,0.01,1,5\n");
        String message = assertThrows(IllegalArgumentException.class, () -> Instruments.load(file))
                .getMessage();
        assertTrue(message.contains("line 1: the header is"), message);
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        Path file = write("symbol,tickSize,lotSize,referencePrice\n");
        assertThrows(IllegalArgumentException.class, () -> Instruments.load(file));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("instruments.csv"), text);
    }
}
