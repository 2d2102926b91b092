package tickcast.orderentry.archive;

import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;
import tickcast.protocol.json.ExecutionsOutcome;

/**
 * Asks for the reports of an account that came after one, up to a document of the executions. The first answer tells the
 * outcome and the first reports; submitted again it is answered with the next ones, until it is {@link #finished}.
 */
public final class ExecutionsReplay extends ArchiveTask {
    /** So many reports, and those of one document more, are answered at once. */
    public static final int REPORTS_AT_ONCE = 256;

    private static final int DOCUMENTS_AT_ONCE = 256;
    private static final int MOST_DOCUMENTS = 1_000_000;

    private final String account;
    private final long afterAccountSeq;
    private final long upToSeq;
    private final StoredReports reports = new StoredReports();
    private final ReportCursor cursor = new ReportCursor();
    /** Documents to read, the newest first. */
    private final LongArrayList documentSeqs = new LongArrayList();

    private ExecutionsOutcome outcome;
    private boolean begun;
    /** The end of the executions when the account seemed to have less than is said: it must have been read by then. */
    private long endSeq;

    private boolean tooFar;
    private boolean forgotten;
    private boolean cut;
    /** The newest document that was not looked at, and the number of its newest report. */
    private long nextSeq;

    private long nextAccountSeq;
    private long lastAccountSeq = -1;

    /**
     * @param afterAccountSeq the newest number that is not wanted; {@link Long#MAX_VALUE} when none are
     * @param upToSeq the last document of the executions whose reports are wanted
     * @param answered called by the thread that asks
     */
    public ExecutionsReplay(ArchiveInbox inbox, String account, long afterAccountSeq, long upToSeq, Runnable answered) {
        super(inbox, answered);
        this.account = account;
        this.afterAccountSeq = afterAccountSeq;
        this.upToSeq = upToSeq;
    }

    public ExecutionsOutcome outcome() {
        return outcome;
    }

    /** How many reports there are in all. */
    public long count() {
        return outcome == ExecutionsOutcome.RESUMED ? Math.max(0, lastAccountSeq - afterAccountSeq) : 0;
    }

    /** The number up to which all have been told or are not wanted; of another outcome, of the newest that was there. */
    public long lastAccountSeq() {
        boolean others = outcome != ExecutionsOutcome.RESUMED || afterAccountSeq == Long.MAX_VALUE;
        return Math.max(others ? 0 : afterAccountSeq, lastAccountSeq);
    }

    /** The next ones, oldest first; valid until this is submitted again. */
    public StoredReports reports() {
        return reports;
    }

    /** Whether there are no more. */
    public boolean finished() {
        return documentSeqs.isEmpty();
    }

    /** Whether documents were deleted, or could not be read, after the outcome was told: the rest is missing. */
    public boolean cut() {
        return cut;
    }

    @Override
    Progress work(ArchiveIndex index, DocumentReader documents, long nowNanos) {
        if (outcome != null) {
            readReports(documents);
            return Progress.ANSWERED;
        }
        if (index.readSeq() < Math.max(upToSeq, endSeq)) {
            return Progress.WAITS;
        }
        if (!begun && !begin(index, documents)) {
            return Progress.WAITS;
        }
        for (int i = 0; i < DOCUMENTS_AT_ONCE && outcome == null; i++) {
            walkBack(documents);
        }
        if (outcome == null) {
            return Progress.MORE_TO_DO;
        }
        readReports(documents);
        return Progress.ANSWERED;
    }

    @Override
    void unreadable() {
        reports.clear();
        documentSeqs.clear();
        cut = outcome != null;
        if (!cut) {
            outcome = ExecutionsOutcome.UNREADABLE;
        }
    }

    /** False when more must be read before: who asks may have heard of it from one that has read further. */
    private boolean begin(ArchiveIndex index, DocumentReader documents) {
        var tail = index.account(account);
        nextSeq = tail == null ? 0 : tail.seq;
        nextAccountSeq = tail == null ? 0 : tail.accountSeq;
        tooFar = afterAccountSeq != Long.MAX_VALUE && afterAccountSeq > nextAccountSeq;
        if (tooFar && endSeq == 0) {
            endSeq = documents.lastSeq();
        }
        begun = !tooFar || index.readSeq() >= endSeq;
        forgotten = tail == null && index.accountsForgotten();
        return begun;
    }

    private void walkBack(DocumentReader documents) {
        boolean wanted = nextSeq <= upToSeq;
        if (wanted && lastAccountSeq < 0) {
            lastAccountSeq = nextAccountSeq;
        }
        if (wanted && (nextAccountSeq <= afterAccountSeq || nextAccountSeq == 0)) {
            outcome = tooFar ? ExecutionsOutcome.TOO_FAR : ExecutionsOutcome.RESUMED;
            outcome = forgotten ? ExecutionsOutcome.TOO_OLD : outcome;
        } else if (nextSeq == 0 || documentSeqs.size() == MOST_DOCUMENTS || !documents.read(nextSeq, this::onWalked)) {
            lastAccountSeq = Math.max(lastAccountSeq, nextAccountSeq);
            documentSeqs.clear();
            outcome = ExecutionsOutcome.TOO_OLD;
        }
    }

    private void onWalked(DirectBuffer buffer, int offset, int length) {
        long seq = nextSeq;
        cursor.wrap(buffer, offset, length);
        nextSeq = 0;
        while (cursor.next()) {
            var report = cursor.report();
            if (report.account().equals(account)) {
                long link = ReportCursor.link(report.prevAccountReport());
                nextSeq = link < seq ? link : 0;
                nextAccountSeq = report.accountSeq() - 1;
                break;
            }
        }
        if (seq <= upToSeq) {
            documentSeqs.addLong(seq);
        }
    }

    private void readReports(DocumentReader documents) {
        reports.clear();
        while (reports.size() < REPORTS_AT_ONCE && !documentSeqs.isEmpty()) {
            long seq = documentSeqs.removeAt(documentSeqs.size() - 1);
            if (!documents.read(seq, this::onRead)) {
                documentSeqs.clear();
                cut = true;
            }
        }
    }

    private void onRead(DirectBuffer buffer, int offset, int length) {
        cursor.wrap(buffer, offset, length);
        while (cursor.next()) {
            var report = cursor.report();
            if (report.accountSeq() > afterAccountSeq && report.account().equals(account)) {
                cursor.copyTo(reports);
            }
        }
    }
}
