package tickcast.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import tickcast.simulator.recording.Recording;
import tickcast.simulator.recording.RecordingException;

/** A recording as the background of an exchange. Confined to the exchange's thread. */
final class Replay implements Background {
    private static final long HEARTBEAT_NANOS = 1_000_000_000;
    private static final int SEEK_RECORDS = 16;

    private final ReplaySettings settings;
    private final PublishedReplay output;
    private final ReplayBooks books;
    private final ReplayProgress progress;
    private final ReplayControl control;
    private final LongSupplier epochNanos;
    private final ReplayPace pace;
    private Recording recording;
    private long fromNanos = Long.MIN_VALUE;
    private long toNanos = Long.MAX_VALUE;
    private boolean boundsKnown;
    private boolean seeking;
    private boolean ended;
    private OpenReplay open;
    private long nowNanos;
    /** Whether a record that was waited for was shown since the recording began. */
    private boolean shown;
    /** Of what was published last: how far the orders are read. */
    private ClientRequest cause;

    /**
     * Opens the recording and takes its opening, so that what it lists is listed.
     *
     * @throws IllegalArgumentException when the files are no recording
     * @throws UncheckedIOException when one cannot be read
     */
    Replay(
            ReplaySettings settings,
            PublishedReplay output,
            ReplayBooks books,
            ReplayProgress progress,
            ReplayControl control,
            LongSupplier epochNanos,
            ClientRequest cause) {
        this.settings = settings;
        this.output = output;
        this.books = books;
        this.progress = progress;
        this.control = control;
        this.epochNanos = epochNanos;
        this.cause = cause;
        pace = new ReplayPace(settings.speed());
        if (settings.paused()) {
            pause();
        }
        try {
            begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the records that are not waited for. */
    void takeOpening() {
        nowNanos = epochNanos.getAsLong();
        while (nextNanos() == Recording.OPENING) {
            take(nowNanos, Recording.OPENING);
        }
    }

    @Override
    public long plannedNanos(long newNowNanos) {
        nowNanos = newNowNanos;
        control.apply(this);
        if (ended || !seeking && nextNanos() == Recording.END && !beginsAgain()) {
            return NEVER;
        }
        // What the search for the beginning brings about needs the cause that an event has.
        if (seeking) {
            return newNowNanos;
        }
        long next = nextNanos();
        if (next == Recording.END) {
            return NEVER;
        }
        return next == Recording.OPENING ? newNowNanos : pace.plannedNanos(next, newNowNanos);
    }

    @Override
    public void happen(long plannedNanos, ClientRequest newCause) {
        cause = newCause;
        if (seeking) {
            seek(plannedNanos);
            return;
        }
        long recordedNanos = nextNanos();
        if (recordedNanos == Recording.END) {
            return;
        }
        boolean planned = recordedNanos != Recording.OPENING
                && !pace.isPaused()
                && !pace.speed().isMax();
        take(plannedNanos, recordedNanos);
        if (recordedNanos != Recording.OPENING) {
            shown = true;
            pace.happened(recordedNanos, plannedNanos);
        }
        if (planned) {
            progress.late(epochNanos.getAsLong() - plannedNanos);
        }
    }

    @Override
    public long heartbeatNanos() {
        return HEARTBEAT_NANOS;
    }

    @Override
    public void close() {
        if (!ended) {
            progress.stop(recording.counts());
        }
        recording.close();
    }

    void pause() {
        pace.pause(nowNanos, nextRecordedNanos());
        progress.pace(pace.speed(), true);
    }

    void resume() {
        pace.resume(nowNanos);
        progress.pace(pace.speed(), false);
    }

    void step(long records) {
        pace.step(records, nowNanos, nextRecordedNanos());
        progress.pace(pace.speed(), true);
    }

    void speed(ReplaySpeed speed) {
        pace.speed(speed, nowNanos, nextRecordedNanos());
        progress.pace(speed, pace.isPaused());
    }

    /** When the next record that is waited for was made, {@link Recording#END} while there is none. */
    private long nextRecordedNanos() {
        long next = recording == null ? Recording.END : nextNanos();
        return next == Recording.OPENING ? Recording.END : next;
    }

    private void begin() throws IOException {
        open = settings.open();
        recording = open.recording();
        seeking = settings.from() != null;
        shown = false;
        output.begin(epochNanos.getAsLong(), cause);
        books.begin(recording);
        output.silent(seeking);
        progress.begin(recording.bytesTotal(), seeking, open.zone());
    }

    /** When the next record was made; one that cannot be read ends the replay. */
    private long nextNanos() {
        if (ended) {
            return Recording.END;
        }
        try {
            long next = recording.nextNanos();
            if (next == Recording.END || next == Recording.OPENING) {
                return next;
            }
            if (!boundsKnown) {
                bound(next);
            }
            return next > toNanos ? Recording.END : next;
        } catch (RecordingException e) {
            end(e.getMessage());
            return Recording.END;
        }
    }

    private void bound(long firstNanos) {
        boundsKnown = true;
        if (settings.from() != null) {
            fromNanos = settings.from().resolve(firstNanos, open.zone());
        }
        if (settings.to() != null) {
            toNanos = settings.to().resolve(firstNanos, open.zone());
            progress.endsAt(toNanos);
        }
    }

    private void take(long plannedNanos, long recordedNanos) {
        output.begin(plannedNanos, cause);
        try {
            books.next(recordedNanos == Recording.OPENING ? 0 : recordedNanos);
        } catch (RecordingException e) {
            end(e.getMessage());
            return;
        }
        progress.taken(recordedNanos, recording.records(), recording.bytesRead());
    }

    /** Goes on towards the place from which the recording is shown. */
    private void seek(long plannedNanos) {
        for (int i = 0; i < SEEK_RECORDS; i++) {
            long next = nextNanos();
            if (next == Recording.END || next >= fromNanos && next != Recording.OPENING) {
                sought(plannedNanos);
                return;
            }
            take(plannedNanos, next);
        }
    }

    private void sought(long plannedNanos) {
        if (!seeking) {
            return;
        }
        seeking = false;
        output.silent(false);
        output.begin(plannedNanos, cause);
        books.tellAll();
        progress.sought();
    }

    /** At the end of the recording: whether it begins again. */
    private boolean beginsAgain() {
        if (ended) {
            return false;
        }
        boolean again = settings.loop() && shown;
        if (again && pace.isHeld()) {
            return false;
        }
        progress.passed();
        if (!again) {
            end(null);
            return false;
        }
        recording.close();
        try {
            begin();
        } catch (IOException | IllegalArgumentException e) {
            end("The recording cannot be opened again: " + e.getMessage());
            return false;
        }
        pace.startAnew();
        return true;
    }

    private void end(String failure) {
        sought(nowNanos);
        ended = true;
        progress.end(recording.counts(), failure);
    }
}
