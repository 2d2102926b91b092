package tickcast.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MassCancelReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.TradingDayDecoder;

/**
 * A document of the executions: messages one after the other. A reader walks it so, and leaves out what it does not know:
 *
 * <pre>{@code
 * for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
 *     if (ExecutionDocument.isReport(buffer, at)) {
 *         report.wrapAndApplyHeader(buffer, at, header);
 * }</pre>
 */
public final class ExecutionDocument {
    private static final int ORDER_SEQ_OFFSET = FeedHeader.SEQ_OFFSET + Long.BYTES;
    private static final int FEED_SEQ_OFFSET = ORDER_SEQ_OFFSET + Long.BYTES;

    private ExecutionDocument() {}

    /** Where the message after the one at {@code offset} begins; {@code end} when that one is of an unknown template. */
    public static int next(DirectBuffer buffer, int offset, int end) {
        int texts = switch (FeedHeader.templateId(buffer, offset)) {
            case ExecutionReportDecoder.TEMPLATE_ID -> 2;
            case MassCancelReportDecoder.TEMPLATE_ID, PositionDecoder.TEMPLATE_ID -> 1;
            case TradingDayDecoder.TEMPLATE_ID -> 0;
            default -> -1;
        };
        if (texts < 0) {
            return end;
        }
        int blockLength = buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
        int next = offset + MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
        for (int i = 0; i < texts; i++) {
            next += 1 + (buffer.getByte(next) & 0xFF);
        }
        return next;
    }

    /** Whether the message at {@code offset} is an ExecutionReport. */
    public static boolean isReport(DirectBuffer buffer, int offset) {
        return FeedHeader.templateId(buffer, offset) == ExecutionReportDecoder.TEMPLATE_ID;
    }

    /** How far the exchange has read the orders queue; of every message of the executions. */
    public static long orderSeq(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + ORDER_SEQ_OFFSET, LITTLE_ENDIAN);
    }

    /** Newest sequence of the feed before the transaction; of every message of the executions. */
    public static long feedSeq(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + FEED_SEQ_OFFSET, LITTLE_ENDIAN);
    }
}
