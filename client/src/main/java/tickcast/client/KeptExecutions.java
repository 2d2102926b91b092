package tickcast.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ExecutionsOutcome;
import tickcast.protocol.json.ServerMessage;

/**
 * The account's execution reports, each once and in order through all sessions: asks for those that were missed, and keeps
 * back what comes before them. Confined to the client's {@link SerialExecutor}.
 */
final class KeptExecutions {
    private final boolean ofAnAccount;
    private final LongFunction<CompletableFuture<ServerMessage.ExecutionsResumed>> ask;
    private final ClientListener listener;
    /** What came before the answer, and belongs after what was missed. */
    private final Queue<ServerMessage.ExecutionReport> early = new ArrayDeque<>();
    /** The newest number up to which all have come; {@link ClientMessage.ResumeExecutions#FROM_NOW} when it is not known. */
    private long seq;

    private boolean resuming;
    private boolean answered;
    private long missing;
    private int session;

    /**
     * @param ofAnAccount whether all sessions trade for the same account
     * @param ask sends a request to resume from a number
     */
    KeptExecutions(
            boolean ofAnAccount,
            long seq,
            LongFunction<CompletableFuture<ServerMessage.ExecutionsResumed>> ask,
            ClientListener listener) {
        this.ofAnAccount = ofAnAccount;
        this.seq = seq;
        this.ask = ask;
        this.listener = listener;
    }

    /** A session stands. */
    void up() {
        if (!ofAnAccount) {
            return;
        }
        resuming = true;
        int asking = session;
        ask.apply(seq).whenComplete((reply, error) -> {
            if (error != null && asking == session) {
                listener.onError("Cannot resume the execution reports: " + error.getMessage());
                goOn();
            }
        });
    }

    /** The session is over; what was kept back will be asked for again. */
    void down() {
        session++;
        resuming = false;
        answered = false;
        early.clear();
    }

    /** The answer, before anything that comes after it. */
    void resumed(ServerMessage.ExecutionsResumed reply) {
        boolean whole = reply.outcome() == ExecutionsOutcome.RESUMED;
        seq = whole ? Math.max(seq, reply.seq() - reply.count()) : reply.seq();
        answered = true;
        missing = reply.count();
        listener.onExecutionsResumed(reply);
        if (missing == 0) {
            goOn();
        }
    }

    void report(ServerMessage.ExecutionReport report) {
        if (!resuming) {
            deliver(report);
        } else if (!answered) {
            early.add(report);
        } else {
            deliver(report);
            missing--;
            if (missing == 0) {
                goOn();
            }
        }
    }

    private void goOn() {
        resuming = false;
        answered = false;
        early.forEach(this::deliver);
        early.clear();
    }

    private void deliver(ServerMessage.ExecutionReport report) {
        seq = Math.max(seq, report.accountSeq());
        listener.onExecutionReport(report);
    }
}
