package tickcast.simulator.recording;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nasdaq TotalView-ITCH 5.0, as Nasdaq publishes whole days of it: each message behind its length. Timestamps count from
 * midnight in New York; the day is in the file's name.
 */
final class ItchFormat implements RecordingFormat {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final int HEAD_BYTES = 1 << 10;

    private static final LocalDate EPOCH = LocalDate.EPOCH;
    /** Nanoseconds since the Unix epoch fit a {@code long} until the year after. */
    private static final int LAST_YEAR = 2261;

    /** 01302019.NASDAQ_ITCH50, 20190130.BX_ITCH_50, S013019-v50.txt. */
    private static final Pattern DATE = Pattern.compile("(?<!\\d)(\\d{8})(?!\\d)|(?<![A-Za-z0-9])S(\\d{6})(?!\\d)");

    private static final List<DateTimeFormatter> EIGHT_DIGITS = List.of(pattern("MMdduuuu"), pattern("uuuuMMdd"));
    private static final List<DateTimeFormatter> SIX_DIGITS = List.of(pattern("MMdduu"));

    @Override
    public String name() {
        return "itch";
    }

    @Override
    public ZoneId zone() {
        return ZONE;
    }

    @Override
    public boolean tellsOrders() {
        return true;
    }

    @Override
    public boolean recognizes(RecordedFile file) throws IOException {
        byte[] head = file.head(HEAD_BYTES);
        int at = 0;
        // Three bytes are enough of the last message.
        while (at + 3 <= head.length) {
            int prefix = (head[at] & 0xFF) << 8 | head[at + 1] & 0xFF;
            int length = ItchType.length(head[at + 2] & 0xFF);
            if (length == ItchType.UNKNOWN || prefix != 0 && prefix != length) {
                return false;
            }
            at += 2 + length;
        }
        return at > 0;
    }

    @Override
    public List<Recording> open(List<RecordedFile> files, RecordingOptions options) throws IOException {
        return RecordingFormats.openEach(files, file -> open(file, options));
    }

    private static Recording open(RecordedFile file, RecordingOptions options) throws IOException {
        LocalDate date = options.date() == null ? date(file.name()) : options.date();
        String warning = null;
        if (date == null) {
            date = EPOCH;
            warning = file.path() + ": its name tells no date: event times count from " + EPOCH
                    + "; the date option sets another";
        } else if (!isPossible(date)) {
            throw new IllegalArgumentException(
                    "date " + date + " must be from " + EPOCH + " to the end of " + LAST_YEAR);
        }
        long midnightNanos = date.atStartOfDay(ZONE).toEpochSecond() * 1_000_000_000L;
        long bytesTotal = file.size();
        return new ItchRecording(new ItchMessages(file), bytesTotal, options, midnightNanos, warning);
    }

    /** The day that a file's name tells, null when it tells none. */
    static LocalDate date(String name) {
        Matcher digits = DATE.matcher(name);
        while (digits.find()) {
            LocalDate date =
                    digits.group(1) == null ? date(digits.group(2), SIX_DIGITS) : date(digits.group(1), EIGHT_DIGITS);
            if (date != null) {
                return date;
            }
        }
        return null;
    }

    private static LocalDate date(String digits, List<DateTimeFormatter> formatters) {
        for (DateTimeFormatter formatter : formatters) {
            try {
                LocalDate date = LocalDate.parse(digits, formatter);
                if (isPossible(date)) {
                    return date;
                }
            } catch (DateTimeException e) {
                continue; // The next one is tried.
            }
        }
        return null;
    }

    private static boolean isPossible(LocalDate date) {
        return !date.isBefore(EPOCH) && date.getYear() <= LAST_YEAR;
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }
}
