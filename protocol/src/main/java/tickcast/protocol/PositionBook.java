package tickcast.protocol;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.PositionDecoder;

/**
 * The positions of all accounts, from what the executions tell: begin with a checkpoint, apply every message. Confined
 * to a thread.
 */
public final class PositionBook {
    private final Map<String, TreeMap<Integer, NetPosition>> byAccount = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final PositionDecoder position = new PositionDecoder();

    /** Applies a message of the executions; only trades and positions matter. */
    public void apply(DirectBuffer buffer, int offset) {
        int template = FeedHeader.templateId(buffer, offset);
        if (template == ExecutionReportDecoder.TEMPLATE_ID) {
            report.wrapAndApplyHeader(buffer, offset, header);
            if (report.execType() == ExecType.TRADE) {
                int symbolId = (int) report.symbolId();
                of(report.account(), symbolId).trade(report.side(), report.lastPrice(), report.lastQuantity());
            }
        } else if (template == PositionDecoder.TEMPLATE_ID) {
            position.wrapAndApplyHeader(buffer, offset, header);
            of(position.account(), (int) position.symbolId()).restate(position);
        }
    }

    /** Null when the account never traded the symbol. */
    public NetPosition find(String account, int symbolId) {
        var positions = byAccount.get(account);
        return positions == null ? null : positions.get(symbolId);
    }

    /** Of the symbols that the account has traded, by symbol id. */
    public Collection<NetPosition> of(String account) {
        var positions = byAccount.get(account);
        return positions == null ? Collections.emptyList() : Collections.unmodifiableCollection(positions.values());
    }

    public void clear() {
        byAccount.clear();
    }

    private NetPosition of(String account, int symbolId) {
        return byAccount.computeIfAbsent(account, name -> new TreeMap<>()).computeIfAbsent(symbolId, NetPosition::new);
    }
}
