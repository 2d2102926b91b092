package tickcast.simulator;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.journal.JournalReader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Side;

/** What the executions tell of the run before: what is open, and how far it came. */
final class ExecutionHistory {
    private static final int POLL_LIMIT = 1_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    /** The newest report of each open order, by order id. */
    private final TreeMap<Long, UnsafeBuffer> openReports = new TreeMap<>();

    /** The account whose newest report is oldest comes first. */
    private final Map<String, Long> accountSeqs = new LinkedHashMap<>(16, 0.75f, true);
    /** Of the newest transaction, by trade id. */
    private final TreeMap<Long, HistoricTrade> trades = new TreeMap<>();

    private long orderSeq;
    private long feedSeq;

    /** Reads from the newest restatement to the end. */
    static ExecutionHistory read(Path directory) {
        ExecutionHistory history = new ExecutionHistory();
        try (JournalReader reader = JournalReader.open(directory)) {
            if (reader.seekCheckpoint() == 0) {
                reader.seekStart();
            }
            int read = POLL_LIMIT;
            while (read > 0) {
                read = reader.poll(history::onTransaction, POLL_LIMIT);
            }
        }
        return history;
    }

    TreeMap<Long, UnsafeBuffer> openReports() {
        return openReports;
    }

    Map<String, Long> accountSeqs() {
        return accountSeqs;
    }

    TreeMap<Long, HistoricTrade> trades() {
        return trades;
    }

    /** How far the orders were read. */
    long orderSeq() {
        return orderSeq;
    }

    /** Newest sequence of the feed before the newest transaction. */
    long feedSeq() {
        return feedSeq;
    }

    private void onTransaction(DirectBuffer buffer, int offset, int length) {
        trades.clear();
        int end = offset + length;
        int next;
        for (int at = offset; at < end; at = next) {
            report.wrapAndApplyHeader(buffer, at, header);
            next = at + MessageHeaderDecoder.ENCODED_LENGTH + report.sbeDecodedLength();
            orderSeq = report.orderSeq();
            feedSeq = report.feedSeq();
            onReport(buffer, at, next - at);
        }
    }

    private void onReport(DirectBuffer buffer, int offset, int length) {
        if (report.execType() == ExecType.TRADE) {
            Side aggressor = report.aggressor() == BooleanType.TRUE ? report.side() : opposite(report.side());
            trades.put(
                    report.tradeId(),
                    new HistoricTrade(
                            report.tradeId(),
                            (int) report.symbolId(),
                            report.lastPrice(),
                            report.lastQuantity(),
                            aggressor));
        }
        if (report.execType() != ExecType.CANCEL_REJECTED) {
            keepIfOpen(buffer, offset, length);
        }
        long accountSeq = report.accountSeq();
        accountSeqs.put(report.account(), accountSeq);
    }

    private void keepIfOpen(DirectBuffer buffer, int offset, int length) {
        OrderStatus status = report.orderStatus();
        if (status == OrderStatus.NEW || status == OrderStatus.PARTIALLY_FILLED) {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            openReports.put(report.orderId(), new UnsafeBuffer(copy));
        } else {
            openReports.remove(report.orderId());
        }
    }

    private static Side opposite(Side side) {
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }
}
