package tickcast.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Int2ObjectHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.protocol.json.ClientMessage.Past;
import tickcast.protocol.json.ClientMessage.Replay;
import tickcast.protocol.json.ClientMessage.Resume;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;

/**
 * History on its way to a client: read piece by piece off the event loop, each when the client has read most of those before,
 * and joined to live data between two turns of the shard, when all that the shard has read has been sent. The last stretch
 * is read on the event loop, for the feed does not wait. Confined to a shard.
 */
final class History {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    /** So many messages at most are read on the event loop, once; a turn reads as many. */
    private static final int STRETCH = Turn.MAX_MESSAGES;

    private static final int CHUNK_BYTES = 64 << 10;
    private static final int PARTS_OF_OUTBOUND = 16;
    private static final long SHARD_BEHIND_MILLIS = 5;
    private static final long SHORTEST_PAUSE_MILLIS = 5;
    /** One that is cancelled does not stay in memory for longer. */
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final Histories histories;
    private final HistorySource source;
    private final JsonNode messageId;
    private final View view;
    private final long epoch;
    /** What is replayed, null for a resume. */
    private final Replay replay;

    private final Queue<HistoryChunk.Part> unsent = new ArrayDeque<>();
    private Int2ObjectHashMap<String> symbols = new Int2ObjectHashMap<>();
    private long nextSeq;
    private long endSeq = Long.MAX_VALUE;
    private long count;
    /** Where the replay begins, in publish time and by the clock; 0 when that is not found yet. */
    private long firstPublishNanos;

    private long startNanos;
    private int version;
    private boolean begun;
    private boolean caughtUp;
    private boolean reading;
    private boolean pausing;
    private boolean over;

    private History(Histories histories, JsonNode messageId, View view, long epoch, Replay replay, long nextSeq) {
        this.histories = histories;
        this.source = histories.source();
        this.messageId = messageId;
        this.view = view;
        this.epoch = epoch;
        this.replay = replay;
        this.nextSeq = nextSeq;
    }

    static History resume(Histories histories, JsonNode messageId, Past past, View view) {
        var resume = (Resume) past;
        return new History(histories, messageId, view, resume.epoch(), null, resume.seq() + 1);
    }

    static History replay(Histories histories, JsonNode messageId, Replay replay, View view) {
        return new History(
                histories, messageId, view, histories.source().market().epoch(), replay, 0);
    }

    /** One more symbol; before the first {@link #goOn}. */
    void add(int symbolId, String symbol) {
        symbols.put(symbolId, symbol);
    }

    /** Sends no more of a symbol; ends without any. What is being read is read again without it. */
    void drop(String symbol) {
        var rest = new Int2ObjectHashMap<String>();
        symbols.forEach((id, other) -> {
            if (!other.equals(symbol)) {
                rest.put(id.intValue(), other);
            }
        });
        symbols = rest;
        version++;
        caughtUp = false;
        unsent.removeIf(part -> {
            boolean has = part.symbol() == null || part.symbol().equals(symbol);
            if (has) {
                part.frames().release();
            }
            return has;
        });
        if (symbols.isEmpty()) {
            end(PastOutcome.CANCELLED, nextSeq - 1);
        } else {
            goOn();
        }
    }

    /** Does what can be done now. */
    void goOn() {
        var market = source.market();
        if (over || !market.current()) {
            return;
        }
        if (epoch != market.epoch()) {
            fallBack(PastOutcome.EPOCH_CHANGED);
        } else if (!reading && !pausing && sendUnsent()) {
            step(market.lastSeq());
        }
    }

    private boolean sendUnsent() {
        while (histories.subscriber().hasRead()) {
            if (unsent.isEmpty()) {
                return true;
            }
            send(unsent.remove());
        }
        return false;
    }

    private void send(HistoryChunk.Part part) {
        nextSeq = part.nextSeq();
        count += part.messages();
        source.counters().marketDataWritten(part.messages(), part.frames().readableBytes());
        histories.outbound().write(part.frames());
    }

    private void step(long newest) {
        if (replay != null && !begun) {
            read(new ReplayStart(epoch, replay, view, symbols, newest, source.epochNanos()));
        } else if (nextSeq > endSeq) {
            end(PastOutcome.FINISHED, endSeq);
        } else if (nextSeq == newest + 1) {
            join(newest);
        } else if (begun && nextSeq > newest) {
            pause(SHARD_BEHIND_MILLIS); // another shard, which the client knows, was quicker
        } else if (caughtUp && newest - nextSeq < STRETCH) {
            readStretch(newest);
        } else {
            read(new HistorySlice(
                    epoch,
                    nextSeq,
                    view,
                    symbols,
                    Math.min(CHUNK_BYTES, histories.outbound().limitBytes() / PARTS_OF_OUTBOUND),
                    () -> Math.min(endSeq, source.readSeq().getAsLong()),
                    dueUntilNanos(),
                    source.epochNanos()));
        }
    }

    private void read(HistoryRead read) {
        reading = true;
        int readVersion = version;
        source.pool().submit(read, chunk -> source.eventLoop().execute(() -> deliver(chunk, readVersion)));
    }

    private void deliver(HistoryChunk chunk, int readVersion) {
        try {
            take(chunk, readVersion);
        } catch (RuntimeException e) {
            LOG.error("A history of the feed failed before sequence {}", nextSeq, e);
            if (!over) {
                fallBack(PastOutcome.UNREADABLE);
                histories.subscriber().join();
            }
        }
    }

    private void take(HistoryChunk chunk, int readVersion) {
        reading = false;
        if (over || readVersion != version) {
            chunk.release();
        } else if (chunk.refused() == PastOutcome.EPOCH_CHANGED) {
            pause(LONGEST_PAUSE_MILLIS); // the shard has not seen the new feed yet
        } else if (chunk.refused() != null) {
            fallBack(chunk.refused());
            histories.subscriber().join();
        } else {
            begun = true;
            caughtUp = chunk.caughtUp();
            unsent.addAll(chunk.parts());
            if (chunk.start() != null) {
                nextSeq = chunk.start().fromSeq();
                endSeq = chunk.start().endSeq();
                firstPublishNanos = chunk.start().publishNanos();
                startNanos = System.nanoTime();
            }
            if (chunk.dueNanos() != 0) {
                pauseUntilDue(chunk.dueNanos());
            }
        }
        goOn();
    }

    private void readStretch(long newest) {
        var stretch = source.stretch();
        int limitBytes = histories.outbound().limitBytes() / PARTS_OF_OUTBOUND;
        stretch.begin(view, symbols, nextSeq, limitBytes, HistoryBatch.ALL_DUE);
        caughtUp = false;
        if (source.feed().readAgain(nextSeq, stretch)) {
            send(stretch.end(null, epoch, source.epochNanos().getAsLong()));
            if (nextSeq == newest + 1) {
                join(newest);
                return;
            }
        } else {
            stretch.abandon();
        }
        goOn();
    }

    /** What was published before this is due; all when there is no pace. */
    private long dueUntilNanos() {
        return paced()
                ? firstPublishNanos + (long) ((System.nanoTime() - startNanos) * replay.speed())
                : HistoryBatch.ALL_DUE;
    }

    private boolean paced() {
        return replay != null && !Double.isInfinite(replay.speed());
    }

    private void pauseUntilDue(long dueNanos) {
        double waitNanos = (dueNanos - firstPublishNanos) / replay.speed() - (System.nanoTime() - startNanos);
        long millis = (long) waitNanos / TimeUnit.MILLISECONDS.toNanos(1);
        pause(Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, millis)));
    }

    private void pause(long millis) {
        pausing = true;
        source.later().run(millis, () -> {
            pausing = false;
            goOn();
        });
    }

    /** Between two turns: what the shard reads next goes to the subscriber as to all others. */
    private void join(long newest) {
        var joining = end(replay == null ? PastOutcome.RESUMED : PastOutcome.LIVE, newest);
        joining.forEach(symbol -> histories.subscriber().continueLive(symbol, view));
    }

    /** What was to become live begins with snapshots; a replay that has an end is over. */
    private void fallBack(PastOutcome why) {
        boolean live = replay == null || replay.to() == null;
        var left = end(why, source.market().lastSeq());
        if (live) {
            left.forEach(symbol -> histories.subscriber().subscribe(symbol, view));
        }
    }

    /** Tells the outcome; returns the symbols that were left. */
    private List<String> end(PastOutcome outcome, long seq) {
        release();
        var left = new ArrayList<>(symbols.values());
        histories.ended(
                this,
                left,
                replay == null
                        ? new ServerMessage.Resumed(messageId, outcome, count, seq)
                        : new ServerMessage.Replayed(messageId, outcome, count, seq));
        return left;
    }

    /** Nothing more is sent. */
    void release() {
        over = true;
        unsent.forEach(part -> part.frames().release());
        unsent.clear();
    }
}
