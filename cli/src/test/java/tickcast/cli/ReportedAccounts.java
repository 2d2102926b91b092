package tickcast.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.protocol.Decimal8;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.PositionBook;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;

/** What the executions of a run tell of its accounts, from their beginning. */
final class ReportedAccounts {
    final Map<String, List<String>> reports = new HashMap<>();
    /** Of open orders, by account and order. */
    final Map<String, Map<Long, BigDecimal>> openLeaves = new HashMap<>();

    final PositionBook positions = new PositionBook();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();

    static ReportedAccounts of(Path executions) {
        var told = new ReportedAccounts();
        try (var reader = JournalReader.open(executions)) {
            reader.seekStart();
            while (reader.poll(told::onDocument, 1_000) > 0) {
                continue;
            }
        }
        return told;
    }

    private void onDocument(DirectBuffer buffer, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
            positions.apply(buffer, at);
            if (ExecutionDocument.isReport(buffer, at)) {
                report.wrapAndApplyHeader(buffer, at, header);
                onReport(report.account());
            }
        }
    }

    private void onReport(String account) {
        var execType = report.execType();
        if (execType == ExecType.RESTATED
                || execType == ExecType.CANCEL_REJECTED
                || report.duplicate() == BooleanType.TRUE) {
            return;
        }
        var leaves = Decimal8.toBigDecimal(report.leavesQuantity());
        // A client hears of its own refused orders by the answer; they are numbered all the same.
        reports.computeIfAbsent(account, name -> new ArrayList<>())
                .add(HeardReports.line(
                        report.accountSeq(),
                        report.orderId(),
                        JsonNames.of(execType),
                        JsonNames.of(report.orderStatus()),
                        leaves,
                        Decimal8.toBigDecimal(report.cumulativeQuantity())));
        var open = openLeaves.computeIfAbsent(account, name -> new HashMap<>());
        if (leaves.signum() == 0) {
            open.remove(report.orderId());
        } else {
            open.put(report.orderId(), leaves);
        }
    }
}
