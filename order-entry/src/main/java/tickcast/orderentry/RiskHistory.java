package tickcast.orderentry;

import java.nio.file.Path;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.journal.Seek;
import tickcast.orderentry.risk.RiskGate;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TradingDayDecoder;

/** Tells the risk gate what the executions journal says. Confined to a thread. */
final class RiskHistory implements AutoCloseable {
    private static final int READ_LIMIT = 1_000;

    private final Path directory;
    private final RiskGate gate;
    private final UnansweredRequests unanswered;
    private final JournalReader executions;
    private final RecordHandler onDocument = this::onDocument;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final PositionDecoder position = new PositionDecoder();
    private final TradingDayDecoder tradingDay = new TradingDayDecoder();
    private long orderSeq;
    private long day = -1;
    private long dayFirstSeq;

    RiskHistory(Path executions, RiskGate gate, UnansweredRequests unanswered) {
        directory = executions;
        this.gate = gate;
        this.unanswered = unanswered;
        this.executions = JournalReader.open(executions);
    }

    /** How far the exchange has taken the orders. */
    long orderSeq() {
        return orderSeq;
    }

    /** Reads all from the newest restatement on, and before it the clientOrderIds of the day. */
    void begin() {
        long checkpoint = executions.seekCheckpoint();
        if (checkpoint == 0) {
            executions.seekStart();
        }
        day = -1;
        while (executions.poll(onDocument, READ_LIMIT) > 0) {
            Thread.onSpinWait();
        }
        if (dayFirstSeq != 0 && dayFirstSeq < checkpoint) {
            readClientOrderIds(checkpoint);
        }
    }

    /** Reads on; returns as {@link JournalReader#poll} does. */
    int poll(int limit) {
        return executions.poll(onDocument, limit);
    }

    @Override
    public void close() {
        executions.close();
    }

    private void onDocument(DirectBuffer buffer, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
            switch (FeedHeader.templateId(buffer, at)) {
                case ExecutionReportDecoder.TEMPLATE_ID -> apply(report.wrapAndApplyHeader(buffer, at, header));
                case PositionDecoder.TEMPLATE_ID -> apply(position.wrapAndApplyHeader(buffer, at, header));
                case TradingDayDecoder.TEMPLATE_ID -> apply(tradingDay.wrapAndApplyHeader(buffer, at, header));
                default -> {}
            }
        }
        orderSeq = ExecutionDocument.orderSeq(buffer, offset);
        gate.answered(orderSeq);
        unanswered.answered(orderSeq);
    }

    /** What a request repeats, or could not change, is known. */
    private void apply(ExecutionReportDecoder state) {
        var execType = state.execType();
        if (execType == ExecType.CANCEL_REJECTED || state.duplicate() == BooleanType.TRUE) {
            return;
        }
        var status = state.orderStatus();
        String account = state.account();
        String clientOrderId = state.clientOrderId();
        gate.reported(
                state.orderId(),
                account,
                clientOrderId,
                (int) state.symbolId(),
                state.side(),
                status == OrderStatus.NEW || status == OrderStatus.PARTIALLY_FILLED,
                state.price(),
                state.leavesQuantity(),
                state.cumulativeQuantity(),
                execType == ExecType.TRADE ? state.lastQuantity() : 0);
        if (state.reason() == Reason.CLIENT_ORDER_ID_LIMIT) {
            gate.notUsed(account, clientOrderId);
        }
    }

    private void apply(PositionDecoder held) {
        gate.position(held.account(), (int) held.symbolId(), held.netQuantity());
    }

    private void apply(TradingDayDecoder now) {
        if (day >= 0 && now.day() != day) {
            gate.newDay();
        }
        day = now.day();
        dayFirstSeq = now.dayFirstSeq();
    }

    private void readClientOrderIds(long beforeSeq) {
        try (var reader = JournalReader.open(directory)) {
            if (reader.seek(dayFirstSeq) != Seek.FOUND) {
                reader.seekStart();
            }
            var ids = new ClientOrderIds();
            while (ids.seq < beforeSeq && reader.poll(ids, READ_LIMIT) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private final class ClientOrderIds implements RecordHandler {
        private long seq;

        @Override
        public void onRecord(DirectBuffer buffer, int offset, int length) {
            seq = FeedHeader.seq(buffer, offset);
            int end = offset + length;
            for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
                if (ExecutionDocument.isReport(buffer, at)) {
                    report.wrapAndApplyHeader(buffer, at, header);
                    String account = report.account();
                    String clientOrderId = report.clientOrderId();
                    if (!clientOrderId.isEmpty()
                            && report.execType() != ExecType.CANCEL_REJECTED
                            && report.reason() != Reason.CLIENT_ORDER_ID_LIMIT) {
                        gate.used(account, clientOrderId);
                    }
                }
            }
        }
    }
}
