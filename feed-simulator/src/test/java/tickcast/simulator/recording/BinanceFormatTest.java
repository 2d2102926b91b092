package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceFormatTest {
    private final BinanceFormat format = new BinanceFormat();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1723161253937085768 {\"stream\":\"btcusdt@depth@100ms\",\"data\":{",
                "\r\n1723161253937085768\t{\"e\":\"trade\"}",
                "1633998512.0633569: {\"stream\":\"nknusdt@depth@100ms\"",
                "1633998512: [",
                "https://api.example/api/v3/depth?symbol=AB&limit=1000 -> 1633998512.320639: {\"lastUpdateId\":1",
                "wss://stream.example:9443/stream?streams=ab@depth <-> 1633998511.159679\n",
                "{\"lastUpdateId\":499869752,\"bids\":[",
                " {\n  \"bids\" : ["
            })
    void recognizesItsForms(String head) throws IOException {
        assertTrue(format.recognizes(file(head)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "34200.017459617,5,0,1,2238200,-1\n",
                "1723161253937085768 hello",
                "{\"name\":\"bids\"}",
                "{\"E\":1}",
                "<html>",
                "\0\14S\0\0\0\0\0\0\0\0\0O"
            })
    void leavesOthersAlone(String head) throws IOException {
        assertFalse(format.recognizes(file(head)));
    }

    @Test
    void recognizesWhatIsCutOff() throws IOException {
        byte[] packed = BinanceWriter.gzip(
                "1723161253937085768 {\"e\":\"trade\",\"s\":\"A\"}".getBytes(StandardCharsets.UTF_8));
        Path file = directory.resolve("cut.gz");
        Files.write(file, Arrays.copyOf(packed, packed.length - 9));

        assertTrue(format.recognizes(new RecordedFile(file)));
    }

    @Test
    void isAmongTheFormats() throws IOException {
        assertEquals("binance", RecordingFormats.of(file("1 {}")).name());
        assertEquals("binance", RecordingFormats.named("binance").name());
    }

    @Test
    void snapshotsAloneAreNoRecording() throws IOException {
        RecordedFile file = file("{\"lastUpdateId\":499869752,\"bids\":[],\"asks\":[]}");

        var refused = assertThrows(
                IllegalArgumentException.class, () -> format.open(List.of(file), new RecordingOptions(Set.of(), null)));

        assertEquals(
                file.path() + " holds snapshots only; name the file with the stream's depth updates too",
                refused.getMessage());
    }

    private RecordedFile file(String content) throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, content);
        return new RecordedFile(file);
    }
}
