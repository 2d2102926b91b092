package tickcast.orderentry.archive;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;

/** Copies of execution reports. For one thread at a time. */
public final class StoredReports {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private final IntArrayList offsets = new IntArrayList();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private int bytes;

    StoredReports() {}

    public int size() {
        return offsets.size();
    }

    /** One of the reports, the oldest is 0; valid until the next call. */
    public ExecutionReportDecoder get(int index) {
        return report.wrapAndApplyHeader(buffer, offsets.getInt(index), header);
    }

    void clear() {
        offsets.clear();
        bytes = 0;
    }

    void add(DirectBuffer from, int offset, int length) {
        buffer.putBytes(bytes, from, offset, length);
        offsets.addInt(bytes);
        bytes += length;
    }

    /** Turns around the order of those from {@code first} on. */
    void reverse(int first) {
        for (int i = first, j = offsets.size() - 1; i < j; i++, j--) {
            int swapped = offsets.getInt(i);
            offsets.setInt(i, offsets.getInt(j));
            offsets.setInt(j, swapped);
        }
    }
}
