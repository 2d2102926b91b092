package tickcast.simulator;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tickcast.protocol.sbe.TradingStatus;
import tickcast.simulator.recording.Recording;
import tickcast.simulator.recording.RecordingException;

/**
 * Reads a recording to its end and keeps its books, and publishes nothing: to learn whether it is whole and agrees with
 * itself, and how fast it can be read.
 */
public final class RecordingCheck {
    private static final int RECORDS_BETWEEN_LOOKS = 4_096;

    private final ReplaySettings settings;
    private final ReplayProgress progress;

    public RecordingCheck(ReplaySettings settings) {
        this.settings = settings;
        progress = new ReplayProgress(ReplaySpeed.MAX);
    }

    /** For any thread. */
    public ReplayProgress progress() {
        return progress;
    }

    /**
     * Reads it, on this thread, until it is at its end or damaged, which {@link #progress} tells then.
     *
     * @param stop whether to give up; asked now and then
     * @throws IOException when a file cannot be opened
     * @throws IllegalArgumentException when the files are no recording
     */
    public void run(BooleanSupplier stop) throws IOException {
        OpenReplay open = settings.open();
        try (Recording recording = open.recording()) {
            UserFills fills = new UserFills();
            OrderIndex orders = new OrderIndex();
            OrderPool pool = new OrderPool();
            ReplayBooks books = new ReplayBooks(
                    new UnpublishedBooks(),
                    book -> new RecordedBook(book, orders, pool, fills, UnheardEvents.INSTANCE),
                    progress);
            progress.begin(recording.bytesTotal(), false, open.zone());
            books.begin(recording);
            String failure = read(open, books, stop);
            progress.end(recording.counts(), failure);
        }
    }

    /** Returns why it could not be read to its end, null when it could. */
    private String read(OpenReplay open, ReplayBooks books, BooleanSupplier stop) {
        Recording recording = open.recording();
        long toNanos = Recording.END;
        long records = 0;
        boolean boundKnown = settings.to() == null;
        try {
            for (long next = recording.nextNanos(); next != Recording.END; next = recording.nextNanos()) {
                if (!boundKnown && next != Recording.OPENING) {
                    toNanos = settings.to().resolve(next, open.zone());
                    boundKnown = true;
                }
                if (next > toNanos) {
                    break;
                }
                books.next(next == Recording.OPENING ? 0 : next);
                progress.taken(next, recording.records(), recording.bytesRead());
                records++;
                if (records % RECORDS_BETWEEN_LOOKS == 0 && stop.getAsBoolean()) {
                    return null;
                }
            }
            progress.passed();
            return null;
        } catch (RecordingException e) {
            return e.getMessage();
        }
    }

    /** Books that are kept, and told to nobody. */
    private static final class UnpublishedBooks implements ReplayOutput {
        private final Map<String, OrderBook> books = new HashMap<>();
        private final OrderPool users = new OrderPool();

        @Override
        public void at(long eventNanos) {
            // Nothing is published that could tell it.
        }

        @Override
        public OrderBook list(String symbol, long tickSize, long lotSize) {
            OrderBook book = books.computeIfAbsent(
                    symbol,
                    name -> new OrderBook(
                            books.size() + 1, tickSize, lotSize, Integer.MAX_VALUE, users, UnheardEvents.INSTANCE));
            book.steps(tickSize, lotSize);
            return book;
        }

        @Override
        public boolean status(OrderBook book, TradingStatus status) {
            book.status(status);
            return true;
        }

        @Override
        public void flush(OrderBook book) {
            // The books are all there is.
        }

        @Override
        public void bookReplaced() {
            // As they are.
        }
    }
}
