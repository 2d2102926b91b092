package tickcast.gateway;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.journal.Seek;

/**
 * Follows the feed for one shard: from its newest checkpoint on, through a new epoch when the exchange's data was replaced,
 * and again from a checkpoint when the feed is found broken. Confined to the shard.
 */
final class FeedReader implements AutoCloseable {
    /** Most messages of one {@link #poll}. */
    static final int POLL_LIMIT = 16;

    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final Market market;
    private final LongSupplier currentEpoch;
    private JournalReader reader;
    private boolean positioned;
    private long seenEpoch;
    private long failedNanos;
    private boolean failed;
    private int wakePort;

    /** @param currentEpoch of the journal that is in {@code directory} now, 0 when that is not known */
    FeedReader(Path directory, Market market, LongSupplier currentEpoch) {
        this.directory = directory;
        this.market = market;
        this.currentEpoch = currentEpoch;
    }

    /** Hands what is new to the market, at most {@link #POLL_LIMIT} messages; returns how many that were. */
    int poll() {
        if (failed && System.nanoTime() - failedNanos < RETRY_NANOS) {
            return 0;
        }
        try {
            followEpoch();
            return positioned || position() ? read() : 0;
        } catch (RuntimeException | Error e) {
            // Whatever Chronicle meets in damaged or vanished files: the shard must outlive it.
            LOG.error(
                    "Cannot read the feed in {} after sequence {}; trying again every second",
                    directory,
                    market.lastSeq(),
                    e);
            failed = true;
            failedNanos = System.nanoTime();
            restart();
            return 0;
        }
    }

    /** Where the feed's writer wakes the shard that {@link #awaits} it. */
    void wakeAt(int port) {
        wakePort = port;
        if (reader != null) {
            reader.wakeAt(port);
        }
    }

    /** The shard is about to sleep and wants to be woken; true when there is something to read already. */
    boolean awaits() {
        try {
            return reader != null && reader.awaits() && positioned && !failed;
        } catch (RuntimeException e) {
            LOG.debug("Cannot look for the end of the feed in {}; the next reading will tell", directory, e);
            return false;
        }
    }

    /**
     * Reads again what the market has read, from {@code fromSeq} to the newest, and goes on behind that as before.
     *
     * @return whether all of it was handed over
     */
    boolean readAgain(long fromSeq, RecordHandler handler) {
        try {
            long newest = market.lastSeq();
            boolean whole = reader.seek(fromSeq) == Seek.FOUND;
            for (long next = fromSeq; whole && next <= newest; ) {
                int count = reader.poll(handler, (int) Math.min(POLL_LIMIT, newest - next + 1));
                whole = count > 0;
                next += count;
            }
            if (reader.seek(newest + 1) != Seek.FOUND) {
                restart();
                return false;
            }
            return whole;
        } catch (RuntimeException | Error e) {
            LOG.error("Cannot read the feed in {} again from sequence {}", directory, fromSeq, e);
            restart();
            return false;
        }
    }

    private void followEpoch() {
        long epoch = currentEpoch.getAsLong();
        if (epoch == seenEpoch || epoch == 0) {
            return;
        }
        seenEpoch = epoch;
        if (reader != null && reader.epoch() != 0 && reader.epoch() != epoch) {
            LOG.info("The feed in {} was replaced: epoch {} after {}", directory, epoch, reader.epoch());
            restart();
        }
    }

    private boolean position() {
        if (reader == null) {
            reader = JournalReader.open(directory);
            reader.wakeAt(wakePort);
        }
        if (reader.seekCheckpoint() == 0) {
            return false;
        }
        market.begin(reader.epoch());
        positioned = true;
        failed = false;
        return true;
    }

    private int read() {
        int count = reader.poll(market, POLL_LIMIT);
        if (count == JournalReader.TOO_OLD) {
            LOG.warn(
                    "The feed after sequence {} was deleted before it was read; going on at the newest checkpoint",
                    market.lastSeq());
            restart();
            return 0;
        }
        if (count == 0) {
            market.caughtUp();
        }
        String broken = market.takeBroken();
        if (broken != null) {
            readAgain(broken);
        }
        return count;
    }

    private void readAgain(String broken) {
        long readSeq = market.lastSeq();
        long checkpoint = reader.seekCheckpoint();
        LOG.warn("The feed is broken for {}; reading again from the checkpoint at sequence {}", broken, checkpoint);
        if (checkpoint > readSeq) {
            market.begin(reader.epoch());
        } else if (checkpoint != 0) {
            market.replay(readSeq);
        }
    }

    /** Subscribers wait until the feed is read anew. */
    private void restart() {
        close();
        positioned = false;
        market.begin(0);
    }

    @Override
    public void close() {
        if (reader != null) {
            var closing = reader;
            reader = null;
            closing.close();
        }
    }
}
