package tickcast.simulator;

import java.nio.file.Path;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.journal.Seek;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.PositionDecoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingDayDecoder;

/** What the executions tell of the run before: its accounts and orders, the trading day, and how far it came. */
final class ExecutionHistory {
    private static final int POLL_LIMIT = 1_000;
    private static final int FIRST_VERSION_WITH_CHAINS = 2;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final PositionDecoder position = new PositionDecoder();
    private final TradingDayDecoder tradingDay = new TradingDayDecoder();
    private final ClientOrders clients = new ClientOrders();
    /** Of the newest transaction, by trade id. */
    private final TreeMap<Long, HistoricTrade> trades = new TreeMap<>();

    private OpenDay day;
    private boolean dayIsWhole = true;
    private long firstSeq;
    private long readSeq;
    private long orderSeq;
    private long feedSeq;

    /**
     * Reads from the beginning of the trading day to the end.
     *
     * @throws LostExecutionsException when some are missing without which nothing is known
     */
    static ExecutionHistory read(Path directory) {
        try (JournalReader reader = JournalReader.open(directory)) {
            long checkpoint = reader.seekCheckpoint();
            if (checkpoint == 0) {
                reader.seekStart();
            }
            ExecutionHistory newest = new ExecutionHistory();
            if (!newest.readToEnd(reader)) {
                throw new LostExecutionsException("Of the executions in " + directory
                        + " the files with the sequences after " + newest.readSeq + " are missing; put them back");
            }
            if (newest.day == null || newest.day.firstSeq() >= newest.firstSeq) {
                return newest;
            }
            ExecutionHistory whole = new ExecutionHistory();
            if (reader.seek(newest.day.firstSeq()) == Seek.FOUND && whole.readToEnd(reader)) {
                return whole;
            }
            newest.dayIsWhole = false;
            return newest;
        }
    }

    /** False when not all of it is there. */
    private boolean readToEnd(JournalReader reader) {
        int read = POLL_LIMIT;
        while (read > 0) {
            read = reader.poll(this::onDocument, POLL_LIMIT);
        }
        return read == 0 && readSeq == reader.lastSeq();
    }

    /** The accounts, and their orders: those of the trading day, and older ones that are open. */
    ClientOrders clients() {
        return clients;
    }

    TreeMap<Long, HistoricTrade> trades() {
        return trades;
    }

    /** Whether all was read that has happened in the trading day. */
    boolean dayIsWhole() {
        return dayIsWhole;
    }

    /** Null when none was told of. */
    OpenDay day() {
        return day;
    }

    /** How far the orders were read. */
    long orderSeq() {
        return orderSeq;
    }

    /** Newest sequence of the feed before the newest transaction. */
    long feedSeq() {
        return feedSeq;
    }

    private void onDocument(DirectBuffer buffer, int offset, int length) {
        trades.clear();
        readSeq = FeedHeader.seq(buffer, offset);
        firstSeq = firstSeq == 0 ? readSeq : firstSeq;
        orderSeq = ExecutionDocument.orderSeq(buffer, offset);
        feedSeq = ExecutionDocument.feedSeq(buffer, offset);
        int end = offset + length;
        for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
            switch (FeedHeader.templateId(buffer, at)) {
                case ExecutionReportDecoder.TEMPLATE_ID -> onReport(report.wrapAndApplyHeader(buffer, at, header));
                case PositionDecoder.TEMPLATE_ID -> {
                    position.wrapAndApplyHeader(buffer, at, header);
                    clients.account(position.account())
                            .position((int) position.symbolId())
                            .restate(position);
                }
                case TradingDayDecoder.TEMPLATE_ID -> onDay(tradingDay.wrapAndApplyHeader(buffer, at, header));
                default -> {
                    // It tells of nothing that is not told elsewhere.
                }
            }
        }
    }

    private void onDay(TradingDayDecoder told) {
        if (day != null && day.day() != told.day()) {
            clients.dayBegins();
        }
        day = new OpenDay((int) told.day(), told.endTime(), told.dayFirstSeq());
    }

    private void onReport(ExecutionReportDecoder told) {
        boolean linked = header.version() >= FIRST_VERSION_WITH_CHAINS;
        if (linked && told.duplicate() == BooleanType.TRUE || told.execType() == ExecType.CANCEL_REJECTED) {
            return;
        }
        boolean restated = told.execType() == ExecType.RESTATED;
        long newestOfAccount = restated ? linked ? told.prevAccountReport() : 0 : told.seq();
        long newestOfOrder = restated ? linked ? told.prevOrderReport() : 0 : told.seq();
        ClientAccount account = clients.account(told.account());
        String clientOrderId = told.clientOrderId();
        account.reported(told.accountSeq(), newestOfAccount);
        if (told.execType() == ExecType.TRADE) {
            onTrade(told, account);
        }
        if (told.orderId() != 0 && !usedNoClientOrderId(told.reason())) {
            onOrder(told, account, clientOrderId, linked).reported(newestOfOrder);
        }
    }

    private static boolean usedNoClientOrderId(Reason rejected) {
        return rejected == Reason.DUPLICATE_CLIENT_ORDER_ID || rejected == Reason.CLIENT_ORDER_ID_LIMIT;
    }

    private ClientOrder onOrder(
            ExecutionReportDecoder told, ClientAccount account, String clientOrderId, boolean linked) {
        ClientOrder order = clients.find(told.orderId());
        if (order == null) {
            order = new ClientOrder(
                    told.orderId(),
                    account,
                    clientOrderId,
                    linked ? told.placedBySession() : 0,
                    linked ? told.clientTime() : 0);
            clients.opened(order);
        }
        OrderState state = OrderState.of(told);
        if (state.isOpen()) {
            order.state(state);
        } else {
            clients.closed(order, state);
        }
        return order;
    }

    private void onTrade(ExecutionReportDecoder told, ClientAccount account) {
        int symbolId = (int) told.symbolId();
        account.position(symbolId).trade(told.side(), told.lastPrice(), told.lastQuantity());
        Side aggressor = told.aggressor() == BooleanType.TRUE ? told.side() : opposite(told.side());
        trades.put(
                told.tradeId(),
                new HistoricTrade(told.tradeId(), symbolId, told.lastPrice(), told.lastQuantity(), aggressor));
    }

    private static Side opposite(Side side) {
        return side == Side.BUY ? Side.SELL : Side.BUY;
    }
}
