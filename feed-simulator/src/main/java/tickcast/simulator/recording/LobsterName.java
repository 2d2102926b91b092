package tickcast.simulator.recording;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tickcast.protocol.Instrument;

/**
 * What the name of a LOBSTER file tells: {@code TICKER_YYYY-MM-DD_START_END_message_LEVEL.csv} or {@code …_orderbook_…}.
 *
 * @param period start and end, as they stand in the name
 * @param messages whether it is the message file and not the order-book file
 */
record LobsterName(String symbol, LocalDate date, String period, boolean messages, int levels) {
    private static final Pattern PATTERN =
            Pattern.compile("(.+)_(\\d{4})-(\\d{2})-(\\d{2})_(\\d{1,9}_\\d{1,9})_(message|orderbook)_(\\d{1,4})\\.csv");

    /** Null when it is no such name. */
    static LobsterName of(RecordedFile file) {
        Matcher matcher = PATTERN.matcher(file.name());
        if (!matcher.matches()) {
            return null;
        }
        int levels = Integer.parseInt(matcher.group(7));
        if (levels < 1 || levels > LobsterRows.MAX_LEVELS || !Instrument.isSymbol(matcher.group(1))) {
            return null;
        }
        try {
            var date = LocalDate.of(
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)),
                    Integer.parseInt(matcher.group(4)));
            return new LobsterName(
                    matcher.group(1), date, matcher.group(5), matcher.group(6).equals("message"), levels);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** That of the file which belongs to it. */
    LobsterName partner() {
        return new LobsterName(symbol, date, period, !messages, levels);
    }

    /** The name as it stands for, without what tells of compression. */
    String text() {
        return "%s_%s_%s_%s_%d.csv".formatted(symbol, date, period, messages ? "message" : "orderbook", levels);
    }
}
