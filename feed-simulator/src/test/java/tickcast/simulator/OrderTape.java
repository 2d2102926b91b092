package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderEncoder;
import tickcast.protocol.sbe.MassCancelEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.NewOrderEncoder;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderEncoder;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** Writes requests to an orders journal, as a gateway does. Prices and quantities are whole numbers. */
final class OrderTape implements AutoCloseable {
    static final long SESSION = 77;
    static final long CLIENT_TIME = 99;
    static final long UNIT = 100_000_000L;

    private final JournalWriter orders;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderEncoder newOrder = new NewOrderEncoder();
    private final CancelOrderEncoder cancelOrder = new CancelOrderEncoder();
    private final ReplaceOrderEncoder replaceOrder = new ReplaceOrderEncoder();
    private final MassCancelEncoder massCancel = new MassCancelEncoder();
    private long session = SESSION;
    private long validUntil;
    private SelfTradePrevention selfTradePrevention = SelfTradePrevention.CANCEL_NEWEST;

    OrderTape(Path directory) {
        orders = JournalWriter.open(JournalSettings.of(directory).withMinFreeBytes(0));
    }

    /** A limit order that stays; returns its id. */
    long limit(String account, String clientOrderId, int symbolId, Side side, long price, long quantity) {
        return order(
                account,
                clientOrderId,
                symbolId,
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                price * UNIT,
                quantity * UNIT);
    }

    long order(
            String account,
            String clientOrderId,
            int symbolId,
            Side side,
            OrderType orderType,
            TimeInForce timeInForce,
            long price,
            long quantity) {
        long seq = orders.lastSeq() + 1;
        newOrder.wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(2_000 + seq)
                .seq(seq)
                .receivedTime(1_000 + seq)
                .sessionId(session)
                .requestId(seq)
                .symbolId(symbolId)
                .side(side)
                .orderType(orderType)
                .timeInForce(timeInForce)
                .postOnly(BooleanType.FALSE)
                .price(price)
                .quantity(quantity)
                .clientTime(CLIENT_TIME)
                .validUntil(validUntil)
                .selfTradePrevention(selfTradePrevention)
                .account(account)
                .clientOrderId(clientOrderId);
        return append(newOrder.encodedLength());
    }

    long cancel(String account, long orderId, String clientOrderId) {
        long seq = orders.lastSeq() + 1;
        cancelOrder
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(2_000 + seq)
                .seq(seq)
                .receivedTime(1_000 + seq)
                .sessionId(session)
                .requestId(seq)
                .orderId(orderId)
                .validUntil(validUntil)
                .account(account)
                .clientOrderId(clientOrderId);
        return append(cancelOrder.encodedLength());
    }

    long replace(String account, long orderId, String clientOrderId, long price, long quantity) {
        long seq = orders.lastSeq() + 1;
        replaceOrder
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(2_000 + seq)
                .seq(seq)
                .receivedTime(1_000 + seq)
                .sessionId(session)
                .requestId(seq)
                .orderId(orderId)
                .price(price * UNIT)
                .quantity(quantity * UNIT)
                .validUntil(validUntil)
                .account(account)
                .clientOrderId(clientOrderId);
        return append(replaceOrder.encodedLength());
    }

    /** @param side null for both */
    long massCancel(String account, int symbolId, Side side, Reason reason, long placedBySession) {
        long seq = orders.lastSeq() + 1;
        massCancel
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(2_000 + seq)
                .seq(seq)
                .receivedTime(1_000 + seq)
                .sessionId(session)
                .requestId(seq)
                .symbolId(symbolId)
                .side(side == null ? Side.NULL_VAL : side)
                .reason(reason)
                .placedBySession(placedBySession)
                .account(account);
        return append(massCancel.encodedLength());
    }

    /** What the following requests tell. */
    void session(long newSession) {
        session = newSession;
    }

    void validUntil(long nanos) {
        validUntil = nanos;
    }

    void preventSelfTrade(SelfTradePrevention mode) {
        selfTradePrevention = mode;
    }

    @Override
    public void close() {
        orders.close();
    }

    private long append(int bodyLength) {
        assertTrue(orders.append(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength));
        return orders.lastSeq();
    }
}
