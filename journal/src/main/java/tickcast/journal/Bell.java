package tickcast.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A reader's place among the {@link Bells} of a journal. It says when it waits; the writer's next document sends a datagram to
 * its port. A place whose reader was not seen for a minute is given to another, so a reader says so again at least that often.
 * Confined to a thread.
 */
final class Bell implements AutoCloseable {
    private static final int PORT_BITS = 16;
    private static final long FORGOTTEN_SECONDS = 60;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final int NONE = -1;

    private final Bells bells;
    private final int port;
    private final LongSupplier clockMillis;
    private int number = NONE;
    private long mine;

    private Bell(Bells bells, int port, LongSupplier clockMillis) {
        this.bells = bells;
        this.port = port;
        this.clockMillis = clockMillis;
    }

    /**
     * Null when the journal has no bells.
     *
     * @param clockMillis milliseconds since the Unix epoch, the same for all readers
     */
    static Bell open(Path directory, int port, LongSupplier clockMillis) throws IOException {
        var bells = Bells.open(directory);
        return bells == null ? null : new Bell(bells, port, clockMillis);
    }

    /** The next document rings; look for documents after this. False when all places are taken. */
    boolean await() {
        long seconds = clockMillis.getAsLong() / MILLIS_PER_SECOND;
        if (number == NONE || seconds != mine >>> PORT_BITS) {
            beSeen(seconds);
        }
        if (number == NONE) {
            return false;
        }
        bells.await(number);
        return true;
    }

    private void beSeen(long seconds) {
        long next = seconds << PORT_BITS | port;
        if (number == NONE || !bells.slot(number, mine, next)) {
            number = claim(seconds, next);
        }
        mine = next;
    }

    private int claim(long seconds, long next) {
        for (int i = 0; i < Bells.SLOTS; i++) {
            long there = bells.slot(i);
            boolean free = Math.abs(seconds - (there >>> PORT_BITS)) > FORGOTTEN_SECONDS;
            if (free && bells.slot(i, there, next)) {
                return i;
            }
        }
        return NONE;
    }

    @Override
    public void close() {
        if (number != NONE) {
            bells.slot(number, mine, 0);
        }
        bells.close();
    }
}
