package tickcast.simulator.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tickcast.protocol.Instrument;

/** Finds out which LOBSTER files belong together: by their names, or by their content where the names do not tell. */
final class LobsterFiles {
    private static final List<String> COMPRESSIONS = List.of("", ".gz", ".xz");

    private final RecordingOptions options;
    private final Map<LobsterName, RecordedFile> named = new LinkedHashMap<>();
    private final List<RecordedFile> unnamed = new ArrayList<>();

    private LobsterFiles(RecordingOptions options) {
        this.options = options;
    }

    /** In the order of the files; those of symbols that are not selected are left out. */
    static List<LobsterDay> days(List<RecordedFile> files, RecordingOptions options) throws IOException {
        var sorted = new LobsterFiles(options);
        for (RecordedFile file : files) {
            sorted.add(file);
        }
        List<LobsterDay> days = sorted.namedDays();
        if (!sorted.unnamed.isEmpty()) {
            days.add(sorted.unnamedDay());
        }
        if (days.isEmpty()) {
            throw new IllegalArgumentException("no file is of a symbol of " + options.symbols() + "; they are of "
                    + sorted.named.keySet().stream()
                            .map(LobsterName::symbol)
                            .distinct()
                            .toList());
        }
        return days;
    }

    private void add(RecordedFile file) {
        LobsterName name = LobsterName.of(file);
        if (name == null) {
            unnamed.add(file);
            return;
        }
        RecordedFile other = named.putIfAbsent(name, file);
        if (other != null) {
            throw new IllegalArgumentException(
                    file.path() + " and " + other.path() + " are the same file; give one of them");
        }
    }

    private List<LobsterDay> namedDays() {
        var days = new LinkedHashMap<LobsterName, LobsterDay>();
        for (LobsterName name : named.keySet()) {
            if (options.selects(name.symbol())) {
                LobsterName messages = name.messages() ? name : name.partner();
                days.computeIfAbsent(messages, key -> day(key, named.get(name)));
            }
        }
        var all = new ArrayList<LobsterDay>(days.values());
        for (int i = 0; i < all.size(); i++) {
            for (LobsterDay other : all.subList(0, i)) {
                if (other.symbol().equals(all.get(i).symbol())
                        && other.date().equals(all.get(i).date())) {
                    throw new IllegalArgumentException("%s and %s are the same symbol's same day; give one of them"
                            .formatted(
                                    other.messages().path(),
                                    all.get(i).messages().path()));
                }
            }
        }
        return all;
    }

    private LobsterDay day(LobsterName name, RecordedFile given) {
        if (options.date() != null && !options.date().equals(name.date())) {
            throw new IllegalArgumentException("%s is of %s by its name; the date %s was asked for"
                    .formatted(given.path(), name.date(), options.date()));
        }
        RecordedFile messages = find(name, given);
        if (messages == null) {
            throw new IllegalArgumentException("%s is an order-book file and needs its message file: give %s too"
                    .formatted(given.path(), name.text()));
        }
        return new LobsterDay(name.symbol(), name.date(), messages, find(name.partner(), given), name.levels());
    }

    /** The file of that name among those given, or else beside one that was given; null when there is none. */
    private RecordedFile find(LobsterName name, RecordedFile beside) {
        RecordedFile file = named.get(name);
        for (int i = 0; file == null && i < COMPRESSIONS.size(); i++) {
            Path path = beside.path().resolveSibling(name.text() + COMPRESSIONS.get(i));
            file = Files.isRegularFile(path) ? new RecordedFile(path) : null;
        }
        return file;
    }

    private LobsterDay unnamedDay() throws IOException {
        RecordedFile first = unnamed.get(0);
        if (options.symbols().size() != 1) {
            throw new IllegalArgumentException(
                    "%s: the name does not tell the symbol, as in AMZN_2012-06-21_34200000_57600000_message_1.csv; name one symbol, not %d"
                            .formatted(first.path(), options.symbols().size()));
        }
        String symbol = options.symbols().iterator().next();
        if (!Instrument.isSymbol(symbol)) {
            throw new IllegalArgumentException("symbol \"%s\" is not 1 to %d printable ASCII characters without space"
                    .formatted(symbol, Instrument.MAX_SYMBOL_LENGTH));
        }
        LocalDate date = options.date();
        RecordedFile messages = null;
        RecordedFile book = null;
        for (RecordedFile file : unnamed) {
            boolean isBook = LobsterContent.isBook(file);
            if ((isBook ? book : messages) != null) {
                throw new IllegalArgumentException(
                        "%s: the name does not tell which file belongs to it; give one message file and its order-book file"
                                .formatted(file.path()));
            }
            if (isBook) {
                book = file;
            } else {
                messages = file;
            }
        }
        if (messages == null) {
            throw new IllegalArgumentException(
                    book.path() + " is an order-book file and needs its message file: give it too");
        }
        return new LobsterDay(symbol, date, messages, book, 0);
    }
}
