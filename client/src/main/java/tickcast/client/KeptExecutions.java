package tickcast.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;

/**
 * The account's execution reports, each once and in order through all sessions: asks for those that were missed, and keeps
 * back what comes before them. Confined to the client's {@link SerialExecutor}.
 */
final class KeptExecutions {
    /** Code of the warning that reports were not sent. */
    static final String LOST = "REPORTS_LOST";

    private final boolean ofAnAccount;
    private final LongFunction<CompletableFuture<ServerMessage.ExecutionsResumed>> ask;
    private final ClientListener listener;
    /** What came before the answer, and belongs after what was missed. */
    private final Queue<ServerMessage.ExecutionReport> early = new ArrayDeque<>();
    /** The newest number up to which all have come; {@link ClientMessage.ResumeExecutions#FROM_NOW} when it is not known. */
    private long seq;

    private boolean resuming;
    private boolean answered;
    /** It must be asked again when it has been answered. */
    private boolean again;

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
        again = false;
        int asking = session;
        ask.apply(seq).whenComplete((reply, error) -> {
            if (error != null && asking == session) {
                listener.onError("Cannot resume the execution reports: " + error.getMessage());
                goOn();
            }
        });
    }

    /** The gateway could not send all of this session: what is missing is asked for. */
    void lost() {
        if (resuming) {
            again = true;
        } else {
            up();
        }
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
        seq = switch (reply.outcome()) {
            case RESUMED -> Math.max(seq, reply.seq() - reply.count());
            case TOO_OLD, TOO_FAR -> reply.seq();
            case UNREADABLE -> seq;
        };
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
        if (again) {
            up();
        }
    }

    /** What came before the answer may have come in a session before this one, too. */
    private void deliver(ServerMessage.ExecutionReport report) {
        if (ofAnAccount && report.accountSeq() <= seq) {
            return;
        }
        seq = Math.max(seq, report.accountSeq());
        listener.onExecutionReport(report);
    }
}
