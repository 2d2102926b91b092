package tickcast.simulator.recording;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.TradingStatus;

/**
 * A symbol's day from LOBSTER files. The opening lists the symbol; then every message is a record. What contradicts itself is told
 * and counted. Confined to a thread.
 */
final class LobsterRecording implements Recording {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long DOLLAR = 10_000;
    /** From this day on Nasdaq gives the side of every hidden order as that of a buy. */
    private static final LocalDate HIDDEN_SIDES_MASKED = LocalDate.of(2014, 7, 14);

    private final LobsterDay day;
    private final long midnightNanos;
    private final LobsterMessages messages;

    /** Null without an order-book file. */
    private final LobsterRows rows;

    private final LobsterBook book;
    private final long bytesTotal;
    private final long[] counts = new long[LobsterType.count()];

    private long records;
    private long bytesRead;
    private boolean ready;
    private boolean begun;
    private RecordingException fault;
    private long nextNanos;
    private long eventNanos;
    private TradingStatus status;
    private long disagreements;

    private LobsterRecording(LobsterDay day, ZoneId zone) throws IOException {
        this.day = day;
        LocalDate date = day.date() == null ? LocalDate.EPOCH : day.date();
        midnightNanos = Math.multiplyExact(date.atStartOfDay(zone).toEpochSecond(), NANOS_PER_SECOND);
        bytesTotal = day.size();
        messages = new LobsterMessages(
                day.messages().path().toString(),
                day.messages().open(this::onRead),
                day.date() != null && day.date().isBefore(HIDDEN_SIDES_MASKED));
        LobsterRows bookRows = null;
        boolean opened = false;
        try {
            if (day.book() != null) {
                bookRows =
                        new LobsterRows(day.book().path().toString(), day.book().open(this::onRead), day.levels());
            }
            opened = true;
        } finally {
            if (!opened) {
                messages.close();
            }
        }
        rows = bookRows;
        book = rows == null ? new LobsterMessageBook() : new LobsterVisibleBook(rows);
    }

    static LobsterRecording open(LobsterDay day, ZoneId zone) throws IOException {
        try {
            return new LobsterRecording(day, zone);
        } catch (IOException e) {
            throw new IOException(
                    "%s%s: cannot be opened: %s"
                            .formatted(
                                    day.messages().path(),
                                    day.book() == null
                                            ? ""
                                            : " or " + day.book().path(),
                                    e.getMessage()),
                    e);
        }
    }

    @Override
    public long nextNanos() {
        if (fault != null) {
            throw fault;
        }
        if (!ready) {
            try {
                nextNanos = read() ? midnightNanos + messages.nanosOfDay() : END;
            } catch (RecordingException e) {
                fault = e;
                throw e;
            }
            ready = true;
        }
        return begun || nextNanos == END ? nextNanos : OPENING;
    }

    @Override
    public void next(RecordedEvents events) {
        eventNanos = nextNanos;
        if (!begun) {
            begin(events);
            return;
        }
        if (messages.type() == LobsterType.HALT) {
            tell(messages.price() == LobsterMessages.RESUMED ? TradingStatus.OPEN : TradingStatus.HALTED, events);
        }
        counts[messages.type().ordinal()]++;
        records++;
        String contradiction = book.apply(messages, events);
        if (contradiction != null) {
            disagreements++;
            events.disagreement(contradiction);
        }
        ready = false;
    }

    @Override
    public long eventNanos() {
        return eventNanos;
    }

    @Override
    public String place() {
        return messages.place();
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long bytesTotal() {
        return bytesTotal;
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public Map<String, Long> counts() {
        var all = new LinkedHashMap<String, Long>();
        for (int i = 0; i < counts.length; i++) {
            put(all, LobsterType.of(i + 1).title(), counts[i]);
        }
        if (book instanceof LobsterMessageBook messageBook) {
            put(all, "orders from before the recording", messageBook.unknownOrders());
        } else {
            put(all, "rows checked", records);
        }
        put(all, "disagreements", disagreements);
        return all;
    }

    @Override
    public void close() {
        messages.close();
        if (rows != null) {
            rows.close();
        }
    }

    private boolean read() {
        boolean message = messages.next();
        if (rows != null && rows.next() != message) {
            throw message
                    ? missing(day.book(), rows.line(), messages.place())
                    : missing(day.messages(), messages.line(), rows.place());
        }
        return message;
    }

    private static RecordingException missing(RecordedFile shorter, long lines, String longer) {
        return new RecordingException("%s, line %d: the file ends, expected is the row that belongs to %s"
                .formatted(shorter.path(), lines + 1, longer));
    }

    private void begin(RecordedEvents events) {
        begun = true;
        boolean priced = messages.type() != LobsterType.HALT && messages.price() > 0;
        long tickSize = priced && messages.price() < DOLLAR ? LobsterMessages.PRICE_UNIT : Decimal8.ONE / 100;
        events.instrument(LobsterBook.KEY, day.symbol(), tickSize, Decimal8.ONE);
        if (day.date() == null) {
            events.warning(day.messages().path() + ": the day is not known, so " + LocalDate.EPOCH + " is taken");
        }
        if (rows == null) {
            events.warning(
                    day.messages().path() + ": there is no order-book file, so the book holds only the orders that the"
                            + " messages submit, and those stay that leave the message file's range of prices");
            events.clear(LobsterBook.KEY);
        }
        if (messages.type() != LobsterType.HALT) {
            tell(TradingStatus.OPEN, events);
        }
    }

    private void tell(TradingStatus now, RecordedEvents events) {
        if (status != now) {
            status = now;
            events.status(LobsterBook.KEY, now);
        }
    }

    private static void put(Map<String, Long> counts, String name, long count) {
        if (count > 0) {
            counts.put(name, count);
        }
    }

    private void onRead(long bytes) {
        bytesRead += bytes;
    }
}
