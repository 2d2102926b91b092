package tickcast.orderentry.archive;

import org.agrona.DirectBuffer;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;

/** Goes through those reports of a document that tell a change and so have a number. Confined to a thread. */
final class ReportCursor {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private DirectBuffer buffer;
    private int offset;
    private int next;
    private int end;

    ReportCursor wrap(DirectBuffer document, int start, int length) {
        buffer = document;
        next = start;
        end = start + length;
        return this;
    }

    /** Goes to the next one; false when there is none. */
    boolean next() {
        while (next < end) {
            offset = next;
            next = ExecutionDocument.next(buffer, offset, end);
            if (ExecutionDocument.isReport(buffer, offset)
                    && isNumbered(report.wrapAndApplyHeader(buffer, offset, header))) {
                return true;
            }
        }
        return false;
    }

    ExecutionReportDecoder report() {
        return report;
    }

    /** Adds a copy of the report. */
    void copyTo(StoredReports reports) {
        reports.add(buffer, offset, next - offset);
    }

    static boolean isNumbered(ExecutionReportDecoder report) {
        var execType = report.execType();
        return execType != ExecType.RESTATED
                && execType != ExecType.CANCEL_REJECTED
                && report.duplicate() != BooleanType.TRUE;
    }

    /** The document with the report before, 0 when there is none or the exchange was too old to tell. */
    static long link(long seq) {
        return Math.max(0, seq);
    }
}
