package tickcast.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.SlowWarning;

/**
 * Up to where everything has come of the symbols that have their books, and so what is to be asked for after a reconnect. Confined to
 * the client's {@link SerialExecutor}.
 */
final class FeedPosition {
    private final TrackedBooks books;
    private long seq;
    private int resumes;
    private boolean slow;

    FeedPosition(TrackedBooks books) {
        this.books = books;
    }

    /** All that the gateway has sent of the feed up to this has come. It says nothing while messages are missing. */
    void reached(long newSeq) {
        if (resumes == 0 && !slow) {
            seq = Math.max(seq, newSeq);
        }
    }

    void heartbeat(ServerMessage.Heartbeat heartbeat) {
        reached(heartbeat.feedSeq());
    }

    /** The gateway leaves messages out while this client does not keep up. */
    void warning(ServerMessage.Warning warning) {
        if (warning.code().equals(SlowWarning.SLOW_CONSUMER.name())) {
            slow = true;
        } else if (warning.code().equals(SlowWarning.CAUGHT_UP.name())) {
            slow = false;
        }
    }

    /** Symbols whose books can go on where they stopped. */
    List<String> resumable() {
        var symbols = new ArrayList<String>();
        books.forEach(tracked -> {
            if (tracked.resumable()) {
                symbols.add(tracked.symbol);
            }
        });
        return symbols;
    }

    /** From where on these symbols have missed something, to be asked for now; null when none of them can be resumed any more. */
    ClientMessage.Resume resume(long epoch, Collection<String> symbols) {
        var oldest = symbols.stream()
                .map(books::get)
                .filter(tracked -> tracked != null && tracked.resumable())
                .mapToLong(tracked -> Math.max(seq, tracked.book.lastSeq()))
                .min();
        if (oldest.isEmpty()) {
            return null;
        }
        resumes++;
        return new ClientMessage.Resume(epoch, oldest.getAsLong());
    }

    /** What was asked for will not come. */
    void refused() {
        resumes = Math.max(0, resumes - 1);
    }

    /** What was asked for has come, or snapshots will. */
    void resumed(ServerMessage.Resumed message) {
        resumes = Math.max(0, resumes - 1);
        reached(message.seq());
        if (message.outcome() != PastOutcome.RESUMED && message.outcome() != PastOutcome.CANCELLED) {
            books.forEach(tracked -> tracked.awaitsSnapshot = true);
        }
    }

    /** The session is over. Books that can go on stay. */
    void down() {
        resumes = 0;
        slow = false;
        books.removeUnless(TrackedBooks.Tracked::resumable);
    }

    /** Nothing is known of the feed. */
    void clear() {
        resumes = 0;
        slow = false;
        seq = 0;
    }
}
