package tickcast.simulator;

import java.nio.file.Path;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionHistory.class);
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
    private long orderSeq;
    private long feedSeq;

    /** Reads from the beginning of the trading day to the end. */
    static ExecutionHistory read(Path directory) {
        ExecutionHistory history = new ExecutionHistory();
        try (JournalReader reader = JournalReader.open(directory)) {
            if (!seekDay(reader, directory)) {
                reader.seekStart();
            }
            int read = POLL_LIMIT;
            while (read > 0) {
                read = reader.poll(history::onDocument, POLL_LIMIT);
            }
        }
        return history;
    }

    /** To the checkpoint with which the trading day begins, or else to the newest one; whether there is any. */
    private static boolean seekDay(JournalReader reader, Path directory) {
        long checkpoint = reader.seekCheckpoint();
        if (checkpoint == 0) {
            return false;
        }
        ExecutionHistory first = new ExecutionHistory();
        reader.poll(first::onDocument, 1);
        long dayFirstSeq = first.day == null ? checkpoint : first.day.firstSeq();
        if (dayFirstSeq == checkpoint || reader.seek(dayFirstSeq) != Seek.FOUND) {
            if (dayFirstSeq != checkpoint) {
                LOG.warn(
                        "The trading day began with document {} of {}, which was deleted: clientOrderIds from before {} can"
                                + " be used again; let executions.retain cover a trading day",
                        dayFirstSeq,
                        directory,
                        checkpoint);
            }
            reader.seek(checkpoint);
        }
        return true;
    }

    /** The accounts, and their orders: those of the trading day, and older ones that are open. */
    ClientOrders clients() {
        return clients;
    }

    TreeMap<Long, HistoricTrade> trades() {
        return trades;
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
