package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Reason;

/** Reads the executions from their start and checks every promise of their numbering. */
final class ReportLog implements AutoCloseable {
    /** One report; prices and quantities are whole numbers. */
    record Line(
            long seq,
            long orderSeq,
            long requestId,
            long accountSeq,
            String account,
            String clientOrderId,
            long orderId,
            long tradeId,
            ExecType execType,
            OrderStatus status,
            Reason reason,
            long leaves,
            long cumulative,
            long lastPrice,
            long lastQuantity,
            boolean aggressor) {

        /** What matters of most reports. */
        String summary() {
            String trade = execType == ExecType.TRADE
                    ? " " + lastQuantity + " @ " + lastPrice + (aggressor ? " taking" : " resting")
                    : "";
            String why = reason == Reason.NONE ? "" : " " + reason;
            String answers = requestId == 0 ? "" : " answers " + requestId;
            return "%s %d %s %s%s%s, leaves %d%s"
                    .formatted(account, orderId, execType, status, why, trade, leaves, answers);
        }
    }

    private final JournalReader reader;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Long> accountSeqs = new HashMap<>();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long seq;

    ReportLog(Path directory) {
        reader = JournalReader.open(directory);
    }

    /** The reports written since the last call. */
    List<Line> take() {
        lines.clear();
        int read = 1;
        while (read > 0) {
            read = reader.poll(this::onTransaction, 1_000);
        }
        return List.copyOf(lines);
    }

    List<String> takeSummaries() {
        return take().stream().map(Line::summary).toList();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void onTransaction(DirectBuffer buffer, int offset, int length) {
        seq++;
        int at = offset;
        while (at < offset + length) {
            report.wrapAndApplyHeader(buffer, at, header);
            at += MessageHeaderDecoder.ENCODED_LENGTH + report.sbeDecodedLength();
            assertEquals(seq, report.seq());
            long cumulative = report.cumulativeQuantity();
            Line line = new Line(
                    seq,
                    report.orderSeq(),
                    report.requestId(),
                    report.accountSeq(),
                    report.account(),
                    report.clientOrderId(),
                    report.orderId(),
                    report.tradeId(),
                    report.execType(),
                    report.orderStatus(),
                    report.reason(),
                    report.leavesQuantity() / OrderTape.UNIT,
                    cumulative / OrderTape.UNIT,
                    report.lastPrice() / OrderTape.UNIT,
                    report.lastQuantity() / OrderTape.UNIT,
                    report.aggressor() == BooleanType.TRUE);
            long before = accountSeqs.getOrDefault(line.account(), 0L);
            boolean numbered = line.execType() != ExecType.RESTATED && line.execType() != ExecType.CANCEL_REJECTED;
            assertEquals(numbered ? before + 1 : before, line.accountSeq(), line::toString);
            accountSeqs.put(line.account(), line.accountSeq());
            lines.add(line);
        }
    }
}
