package tickcast.orderentry.archive;

import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** Asks for an order of an account and its history, newest reports first if there are too many. */
public final class OrderLookup extends ArchiveTask {
    /** Most reports that are told. */
    public static final int MOST_REPORTS = 500;

    private static final int DOCUMENTS_AT_ONCE = 64;
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int UNKNOWN_YET = -1;

    /** What came of it. */
    public enum Result {
        FOUND,
        /** The exchange has no such order of the account, and none is on its way. */
        UNKNOWN,
        /** It may have been there so long ago that this is not known. */
        NOT_KEPT,
        /** The exchange has not taken all requests that were sent before. */
        UNDECIDED,
        UNREADABLE
    }

    private final String account;
    private final long orderId;
    private final String clientOrderId;
    private final long afterSeq;
    private final SentRequests sent;
    private final long mark;
    private final StoredReports reports = new StoredReports();
    private final ReportCursor cursor = new ReportCursor();
    private long writtenSeq = UNKNOWN_YET;
    private long firstTriedNanos;
    private boolean tried;
    private long foundId;
    private long nextSeq;
    private boolean truncated;
    private Result result;

    /**
     * @param orderId 0 when it is named by {@code clientOrderId}
     * @param afterSeq of the executions, up to which the one who asks has read them
     * @param sent requests of which one may be this order
     * @param answered called by the thread that asks
     */
    public OrderLookup(
            ArchiveInbox inbox,
            String account,
            long orderId,
            String clientOrderId,
            long afterSeq,
            SentRequests sent,
            Runnable answered) {
        super(inbox, answered);
        this.account = account;
        this.orderId = orderId;
        this.clientOrderId = clientOrderId;
        this.afterSeq = afterSeq;
        this.sent = sent;
        mark = sent.mark();
    }

    public Result result() {
        return result;
    }

    /** Oldest first; the newest tells the state of the order. */
    public StoredReports reports() {
        return reports;
    }

    /** Whether there are, or were, older reports. */
    public boolean truncated() {
        return truncated;
    }

    @Override
    Progress work(ArchiveIndex index, DocumentReader documents, long nowNanos) {
        if (index.readSeq() < afterSeq) {
            return Progress.WAITS;
        }
        if (foundId == 0) {
            long id = orderId != 0 ? orderId : index.named(account, clientOrderId);
            nextSeq = id == 0 ? 0 : index.newestReport(id);
            if (nextSeq == 0) {
                return missing(index, nowNanos);
            }
            foundId = id;
        }
        for (int i = 0; i < DOCUMENTS_AT_ONCE && result == null; i++) {
            readBack(documents);
        }
        return result == null ? Progress.MORE_TO_DO : Progress.ANSWERED;
    }

    @Override
    void unreadable() {
        result = Result.UNREADABLE;
    }

    /** It may be on its way: that is known when the exchange has come as far as what was written before the question. */
    private Progress missing(ArchiveIndex index, long nowNanos) {
        if (!tried) {
            tried = true;
            firstTriedNanos = nowNanos;
        }
        if (writtenSeq == UNKNOWN_YET) {
            writtenSeq = sent.writtenSeq(mark);
        }
        boolean wayIsKnown = writtenSeq != UNKNOWN_YET;
        boolean neverSent = wayIsKnown && orderId > writtenSeq;
        if (neverSent || wayIsKnown && index.orderSeq() >= (orderId == 0 ? writtenSeq : orderId)) {
            result = index.mayBeForgotten(orderId, clientOrderId) ? Result.NOT_KEPT : Result.UNKNOWN;
        } else if (nowNanos - firstTriedNanos >= GIVE_UP_NANOS) {
            result = Result.UNDECIDED;
        }
        return result == null ? Progress.WAITS : Progress.ANSWERED;
    }

    private void readBack(DocumentReader documents) {
        int before = reports.size();
        if (nextSeq == 0) {
            found();
        } else if (before >= MOST_REPORTS) {
            truncated = true;
            found();
        } else if (!documents.read(nextSeq, this::onDocument)) {
            truncated = true;
            if (before == 0) {
                result = Result.NOT_KEPT;
            } else {
                found();
            }
        } else if (reports.size() == before) {
            result = Result.UNKNOWN;
        }
    }

    private void found() {
        reports.reverse(0);
        result = Result.FOUND;
    }

    private void onDocument(DirectBuffer buffer, int offset, int length) {
        int before = reports.size();
        long seq = nextSeq;
        cursor.wrap(buffer, offset, length);
        while (cursor.next()) {
            var report = cursor.report();
            if (report.orderId() != foundId) {
                continue;
            }
            long link = ReportCursor.link(report.prevOrderReport());
            if (!report.account().equals(account)
                    || !clientOrderId.isEmpty() && !report.clientOrderId().equals(clientOrderId)) {
                return; // another account's, or another name that looks alike
            }
            if (reports.size() == before) {
                nextSeq = link < seq ? link : 0;
            }
            cursor.copyTo(reports);
        }
        reports.reverse(before);
    }
}
