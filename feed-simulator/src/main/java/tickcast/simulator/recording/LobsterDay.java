package tickcast.simulator.recording;

import java.io.IOException;
import java.time.LocalDate;

/**
 * The files of a recording.
 *
 * @param date null when it is not known
 * @param book the order-book file, null when there is none
 * @param levels of the order-book file, 0 when its first row is to tell
 */
record LobsterDay(String symbol, LocalDate date, RecordedFile messages, RecordedFile book, int levels) {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2261;

    LobsterDay {
        if (date != null && (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR)) {
            throw new IllegalArgumentException("%s: the date %s is not of a year from %d to %d"
                    .formatted(messages.path(), date, FIRST_YEAR, LAST_YEAR));
        }
    }

    /** Of all files, in bytes on disk. */
    long size() throws IOException {
        return messages.size() + (book == null ? 0 : book.size());
    }
}
