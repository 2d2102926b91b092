package tickcast.orderentry.archive;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import tickcast.orderentry.risk.IdHash;
import tickcast.protocol.ExecutionDocument;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.OrderStatus;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.TradingDayDecoder;

/**
 * Tells in which document of the executions the newest report about an order, or about an account, stands; from there each
 * report names the one before. Keeps so many orders with a clientOrderId, as many others, and so many accounts: of the
 * orders those that are open, and then the youngest; of the accounts those that were active last. So all orders are kept
 * whose clientOrderId the exchange remembers, if it remembers no more. Confined to a thread.
 */
final class ArchiveIndex {
    private static final long NONE = 0;

    /** Document of the newest report, and whether that left the order open in the lowest bit; by order id. */
    private final Long2LongHashMap orders = new Long2LongHashMap(NONE);
    /** Order id, by the hash of account and client order id. */
    private final Long2LongHashMap names = new Long2LongHashMap(NONE);

    /** Those whose clientOrderId the exchange remembers. */
    private final KnownOrders remembered;

    private final KnownOrders others;
    private final Map<String, AccountTail> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AccountTail> eldest) {
            accountsForgotten |= size() > maxAccounts;
            return size() > maxAccounts;
        }
    };
    private final int maxAccounts;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final TradingDayDecoder tradingDay = new TradingDayDecoder();
    private long readSeq;
    private long orderSeq;
    /** No older order is known, unless it is kept. */
    private long forgottenOrderId;

    private long dayFirstSeq;
    private long dayOrderSeq;
    private boolean dayIsWhole;
    private boolean accountsForgotten;

    /** @param maxOrders that have a clientOrderId, and that have none */
    ArchiveIndex(int maxOrders, int maxAccounts) {
        remembered = new KnownOrders(maxOrders);
        others = new KnownOrders(maxOrders);
        this.maxAccounts = maxAccounts;
    }

    /** Forgets all; what comes next is the first that is known, from the beginning of the trading day or not. */
    void clear(boolean wholeDay) {
        orders.clear();
        names.clear();
        remembered.clear();
        others.clear();
        accounts.clear();
        accountsForgotten = false;
        readSeq = 0;
        dayFirstSeq = 0;
        dayIsWhole = wholeDay;
    }

    /** Takes the next document. */
    void onDocument(DirectBuffer buffer, int offset, int length) {
        boolean first = readSeq == 0;
        readSeq = FeedHeader.seq(buffer, offset);
        orderSeq = ExecutionDocument.orderSeq(buffer, offset);
        if (first) {
            forgottenOrderId = orderSeq;
            dayOrderSeq = orderSeq;
        }
        int end = offset + length;
        for (int at = offset; at < end; at = ExecutionDocument.next(buffer, at, end)) {
            if (ExecutionDocument.isReport(buffer, at)) {
                report.wrapAndApplyHeader(buffer, at, header);
                onReport();
            } else if (FeedHeader.templateId(buffer, at) == TradingDayDecoder.TEMPLATE_ID) {
                tradingDay.wrapAndApplyHeader(buffer, at, header);
                onTradingDay();
            }
        }
    }

    /** Sequence of the newest document that was read. */
    long readSeq() {
        return readSeq;
    }

    /** How far the exchange has read the orders, as far as was read here. */
    long orderSeq() {
        return orderSeq;
    }

    /** The document with the newest report about the order, 0 when it is not known. */
    long newestReport(long orderId) {
        return orders.get(orderId) >>> 1;
    }

    /** The order that is likely to have that name in this trading day, 0 when there is none. */
    long named(String account, String clientOrderId) {
        return inUse(name(account, clientOrderId));
    }

    /** Whether an order that is not known may have been there. */
    boolean mayBeForgotten(long orderId, String clientOrderId) {
        return clientOrderId.isEmpty() ? orderId <= forgottenOrderId : !dayIsWhole;
    }

    /** Whether an account that is not known may have reports. */
    boolean accountsForgotten() {
        return accountsForgotten;
    }

    /** Null when no report about the account is known. */
    AccountTail account(String name) {
        return accounts.get(name);
    }

    private void onTradingDay() {
        dayFirstSeq = tradingDay.dayFirstSeq();
        if (dayFirstSeq == readSeq) {
            dayIsWhole = true;
            dayOrderSeq = orderSeq;
            // The exchange remembers the open ones for another day: they have to outlast those that it forgets.
            remembered.makeYoungest(this::isOpen);
        }
    }

    private void onReport() {
        long orderId = report.orderId();
        long accountSeq = report.accountSeq();
        var status = report.orderStatus();
        boolean open = status == OrderStatus.NEW || status == OrderStatus.PARTIALLY_FILLED;
        if (ReportCursor.isNumbered(report)) {
            String account = report.account();
            var tail = accounts.computeIfAbsent(account, name -> new AccountTail());
            tail.seq = readSeq;
            tail.accountSeq = accountSeq;
            if (orderId != 0) {
                put(orderId, readSeq, open, account, report.clientOrderId());
            }
        } else if (report.execType() == ExecType.RESTATED) {
            restated(orderId, accountSeq, open);
        }
    }

    /** Repeats what may stand in documents before those that were read. */
    private void restated(long orderId, long accountSeq, boolean open) {
        long orderReport = ReportCursor.link(report.prevOrderReport());
        long accountReport = ReportCursor.link(report.prevAccountReport());
        String account = report.account();
        if (!accounts.containsKey(account)) {
            var tail = new AccountTail();
            tail.seq = accountReport;
            tail.accountSeq = accountSeq;
            accounts.put(account, tail);
        }
        if (orderReport != 0 && orders.get(orderId) == NONE) {
            put(orderId, orderReport, open, account, report.clientOrderId());
        }
    }

    private void put(long orderId, long seq, boolean open, String account, String clientOrderId) {
        if (orders.put(orderId, seq << 1 | (open ? 1 : 0)) != NONE) {
            return;
        }
        long name = clientOrderId.isEmpty() ? NONE : name(account, clientOrderId);
        boolean isRemembered = name != NONE && !usedNoClientOrderId(report.reason());
        if (isRemembered || name != NONE && inUse(name) == NONE) {
            names.put(name, orderId);
        }
        var known = isRemembered ? remembered : others;
        known.add(orderId, name == NONE ? -1 : name);
        known.shrink(this::isOpen, (forgottenId, forgottenName) -> forget(known, forgottenId, forgottenName));
    }

    /** The order of that name, unless it had ended before the trading day began: then the name is free again. */
    private long inUse(long name) {
        long orderId = names.get(name);
        return isOpen(orderId) || newestReport(orderId) >= dayFirstSeq ? orderId : NONE;
    }

    private boolean isOpen(long orderId) {
        return (orders.get(orderId) & 1) != 0;
    }

    private static boolean usedNoClientOrderId(Reason rejected) {
        return rejected == Reason.DUPLICATE_CLIENT_ORDER_ID || rejected == Reason.CLIENT_ORDER_ID_LIMIT;
    }

    private void forget(KnownOrders known, long orderId, long name) {
        orders.remove(orderId);
        if (names.get(name) == orderId) {
            names.remove(name);
        }
        forgottenOrderId = Math.max(forgottenOrderId, orderId);
        dayIsWhole &= known == others || orderId <= dayOrderSeq;
    }

    /** An account has no space in it. */
    private static long name(String account, String clientOrderId) {
        long hash = IdHash.of(account + ' ' + clientOrderId);
        return hash == NONE ? 1 : hash;
    }
}
