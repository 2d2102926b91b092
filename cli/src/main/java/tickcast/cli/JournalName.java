package tickcast.cli;

import java.nio.file.Path;
import java.util.Locale;

/** The journals of a data directory. */
enum JournalName {
    FEED,
    ORDERS,
    EXECUTIONS;

    Path in(Path data) {
        return data.resolve(toString());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
