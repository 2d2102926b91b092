package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The books that are told, after every single record, against those that the records prove. */
class BinanceTruthTest {
    private static final int STEPS = 3_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "1, false, true, 1",
        "2, false, true, 3",
        "3, false, true, 5",
        "4, true, true, 1",
        "5, true, true, 3",
        "6, false, false, 2",
        "7, true, false, 2"
    })
    void bookIsWhatTheRecordsProve(long seed, boolean futures, boolean snapshots, int symbols) throws IOException {
        var random = new Random(seed);
        var writer = new BinanceWriter();
        List<BinanceMarket> markets = new ArrayList<>();
        for (int i = 0; i < symbols; i++) {
            markets.add(new BinanceMarket("SYMBOL" + i, futures, snapshots, writer, random));
        }
        List<Map<String, ToldBooks.Levels>> expected = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            int before = writer.size();
            BinanceMarket market = markets.get(random.nextInt(symbols));
            market.step();
            Map<String, ToldBooks.Levels> proven = new HashMap<>();
            markets.forEach(each -> proven.put(each.symbol(), each.proven()));
            for (int line = before; line < writer.size(); line++) {
                expected.add(line == writer.size() - 1 ? proven : null);
            }
        }

        var told = new ToldBooks();
        RecordedFile file = writer.to(directory.resolve("capture"));
        try (Recording recording = new BinanceFormat()
                .open(List.of(file), new RecordingOptions(Set.of(), null))
                .get(0)) {
            for (int line = 0; recording.nextNanos() != Recording.END; line++) {
                recording.next(told);
                if (line < expected.size() && expected.get(line) != null) {
                    for (var symbol : expected.get(line).entrySet()) {
                        assertEquals(symbol.getValue(), told.of(symbol.getKey()), symbol.getKey() + " " + (line + 1));
                    }
                }
            }
            Map<String, Long> counts = recording.counts();
            assertEquals(0, told.disagreements);
            assertEquals(0, counts.get("other"));
            assertEquals(markets.stream().mapToInt(BinanceMarket::trades).sum(), told.trades);
            assertTrue(counts.get("gap") > 0);
            assertEquals(snapshots, counts.get("bookTicker checks that agree") > 20);
            assertEquals(snapshots ? 0 : symbols, snapshots ? 0 : told.warnings);
        }
    }
}
