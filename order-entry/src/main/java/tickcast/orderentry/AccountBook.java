package tickcast.orderentry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.NetPosition;
import tickcast.protocol.PositionBook;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.TradingDayDecoder;

/** How the accounts stand, and the trading day, as the executions tell from a checkpoint on. Confined to a thread. */
final class AccountBook {
    private static final int MAX_ACCOUNTS = 100_000;

    private final PositionBook positions = new PositionBook();
    private final Map<String, Long> newestSeqs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ACCOUNTS;
        }
    };
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TradingDayDecoder tradingDay = new TradingDayDecoder();
    private long day;
    private long dayEndNanos;

    /** Takes the next message of the executions. */
    void apply(DirectBuffer buffer, int offset) {
        if (FeedHeader.templateId(buffer, offset) == TradingDayDecoder.TEMPLATE_ID) {
            tradingDay.wrapAndApplyHeader(buffer, offset, header);
            day = tradingDay.day();
            dayEndNanos = tradingDay.endTime();
        } else {
            positions.apply(buffer, offset);
        }
    }

    /** A report told the newest number of the account. */
    void reported(String account, long accountSeq) {
        newestSeqs.put(account, accountSeq);
    }

    /** What was taken is not known to be all any more. */
    void clear() {
        positions.clear();
        newestSeqs.clear();
    }

    Collection<NetPosition> positions(String account) {
        return positions.of(account);
    }

    /** The number of the newest report about the account that was taken. */
    long accountSeq(String account) {
        return newestSeqs.getOrDefault(account, 0L);
    }

    /** The date of the trading day in days since 1970; of no meaning while {@link #dayEndNanos} is 0. */
    long day() {
        return day;
    }

    /** When the trading day ends, nanoseconds since the Unix epoch; 0 when it is not known. */
    long dayEndNanos() {
        return dayEndNanos;
    }
}
