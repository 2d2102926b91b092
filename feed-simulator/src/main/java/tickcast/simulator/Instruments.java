package tickcast.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;

/**
 * What an exchange trades. A file has the columns {@code symbol,tickSize,lotSize,referencePrice}, named in its first
 * line; empty lines and lines that begin with {@code #} are skipped; symbol ids count the instruments from 1.
 * Immutable.
 */
public final class Instruments {
    /** So many that ids, feeds and checkpoints stay of a size that one exchange can handle. */
    public static final int MAX_COUNT = 10_000;

    private static final String HEADER = "symbol,tickSize,lotSize,referencePrice";
    private static final String STANDARD = "instruments.csv";

    private final List<Instrument> all;

    private Instruments(List<Instrument> all) {
        this.all = List.copyOf(all);
    }

    /** Ten well-known symbols. */
    public static Instruments standard() {
        try (InputStream in = Instruments.class.getResourceAsStream(STANDARD)) {
            return parse(
                    STANDARD,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException that names file, line, field and value, and says what would be right
     */
    public static Instruments load(Path file) throws IOException {
        return parse(file.toString(), Files.readAllLines(file));
    }

    /** Made-up symbols S0, S1 … for tests of size. */
    public static Instruments numbered(int count) {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("symbols: %d is not from 1 to %d".formatted(count, MAX_COUNT));
        }
        List<Instrument> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new Instrument(i + 1, "S" + i, Decimal8.ONE / 100, Decimal8.ONE, (50 + i % 200) * Decimal8.ONE));
        }
        return new Instruments(all);
    }

    /** In the order of their ids, which are 1, 2, 3 … */
    public List<Instrument> all() {
        return all;
    }

    public int size() {
        return all.size();
    }

    Instrument byId(int symbolId) {
        return all.get(symbolId - 1);
    }

    private static Instruments parse(String file, List<String> lines) {
        List<Instrument> all = new ArrayList<>();
        Set<String> symbols = new HashSet<>();
        boolean headerSeen = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String where = "%s, line %d: ".formatted(file, i + 1);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!headerSeen) {
                if (!line.replace(" ", "").equals(HEADER)) {
                    throw new IllegalArgumentException(
                            where + "the header is \"%s\", not \"%s\"".formatted(line, HEADER));
                }
                headerSeen = true;
                continue;
            }
            Instrument instrument = instrument(where, line, all.size() + 1);
            if (!symbols.add(instrument.symbol())) {
                throw new IllegalArgumentException(where
                        + "symbol \"%s\" stands here a second time; each symbol has one line"
                                .formatted(instrument.symbol()));
            }
            all.add(instrument);
        }
        if (all.isEmpty() || all.size() > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "%s: has %d instruments; a file has from 1 to %d".formatted(file, all.size(), MAX_COUNT));
        }
        return new Instruments(all);
    }

    private static Instrument instrument(String where, String line, int symbolId) {
        String[] fields = line.split(",", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException(
                    where + "%d fields, not the four of \"%s\"".formatted(fields.length, HEADER));
        }
        long tickSize = positive(where, "tickSize", fields[1]);
        long lotSize = positive(where, "lotSize", fields[2]);
        long referencePrice = positive(where, "referencePrice", fields[3]);
        try {
            return new Instrument(symbolId, fields[0].strip(), tickSize, lotSize, referencePrice);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }

    private static long positive(String where, String field, String text) {
        try {
            long mantissa = Decimal8.parse(text.strip());
            if (mantissa > 0) {
                return mantissa;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + expected(field, text), e);
        }
        throw new IllegalArgumentException(where + expected(field, text));
    }

    private static String expected(String field, String text) {
        return "%s \"%s\" is not a number above 0 with at most 8 decimals, such as 0.01".formatted(field, text.strip());
    }
}
