package tickcast.simulator;

import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.journal.Seek;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.RequestHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderDecoder;

/** Takes clients' requests from the orders journal to the engine, each as a transaction of its own. */
final class OrderReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderReader.class);

    private final Path directory;
    private final JournalReader orders;
    private final ClientOrders clients;
    private final MatchingEngine engine;
    private final ExecutionPublisher executions;
    private final TransactionRouter router;
    private final RecordHandler onRequest = (buffer, offset, length) -> onRequest(buffer, offset);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();

    private long orderSeq;

    /** @param orderSeq how far the run before has read */
    OrderReader(
            Path directory,
            long orderSeq,
            ClientOrders clients,
            MatchingEngine engine,
            ExecutionPublisher executions,
            TransactionRouter router) {
        this.directory = directory;
        this.clients = clients;
        this.engine = engine;
        this.executions = executions;
        this.router = router;
        this.orderSeq = orderSeq;
        orders = JournalReader.open(directory);
        Seek seek = orders.seek(orderSeq + 1);
        if (seek == Seek.TOO_OLD) {
            skipDeleted();
        } else if (seek == Seek.TOO_FAR) {
            LOG.warn("{} is not the journal that was read up to {}: reading it from its start", directory, orderSeq);
            orders.seekStart();
        }
    }

    /** Matches the next request without publishing the outcome; false when there is none. */
    boolean matchNext() {
        int read = orders.poll(onRequest, 1);
        if (read == JournalReader.TOO_OLD) {
            skipDeleted();
            return false;
        }
        return read > 0;
    }

    /** How far the orders have been read. */
    long orderSeq() {
        return orderSeq;
    }

    @Override
    public void close() {
        orders.close();
    }

    private void skipDeleted() {
        LOG.error(
                "Orders after {} in {} were deleted before they were read, up to {}; keep that journal longer",
                orderSeq,
                directory,
                orders.firstSeq());
        orders.seekStart();
    }

    private void onRequest(DirectBuffer buffer, int offset) {
        orderSeq = FeedHeader.seq(buffer, offset);
        switch (FeedHeader.templateId(buffer, offset)) {
            case NewOrderDecoder.TEMPLATE_ID -> enter(newOrder.wrapAndApplyHeader(buffer, offset, header));
            case CancelOrderDecoder.TEMPLATE_ID -> cancel(cancelOrder.wrapAndApplyHeader(buffer, offset, header));
            case ReplaceOrderDecoder.TEMPLATE_ID -> replace(replaceOrder.wrapAndApplyHeader(buffer, offset, header));
            default -> LOG.warn("Skipped message {} of {}: its template is unknown", orderSeq, directory);
        }
    }

    private void enter(NewOrderDecoder message) {
        ClientAccount account = clients.account(message.account());
        String clientOrderId = message.clientOrderId();
        begin(message.buffer(), message.offset() - MessageHeaderDecoder.ENCODED_LENGTH, clientOrderId);
        if (account.find(clientOrderId) != null) {
            BookOrder order = new BookOrder();
            order.enter(
                    orderSeq,
                    account.id(),
                    (int) message.symbolId(),
                    message.side(),
                    message.orderType(),
                    message.timeInForce(),
                    message.postOnly() == BooleanType.TRUE,
                    message.price(),
                    message.quantity());
            var refused = new ClientOrder(orderSeq, account, clientOrderId);
            executions.report(refused, order, ExecType.REJECTED, Reason.DUPLICATE_CLIENT_ORDER_ID);
            return;
        }
        clients.opened(orderSeq, account, clientOrderId);
        engine.submit(
                orderSeq,
                account.id(),
                (int) message.symbolId(),
                message.side(),
                message.orderType(),
                message.timeInForce(),
                message.postOnly() == BooleanType.TRUE,
                message.price(),
                message.quantity());
    }

    private void cancel(CancelOrderDecoder message) {
        ClientAccount account = clients.account(message.account());
        String clientOrderId = message.clientOrderId();
        begin(message.buffer(), message.offset() - MessageHeaderDecoder.ENCODED_LENGTH, clientOrderId);
        engine.cancel(target(account, message.orderId(), clientOrderId), account.id(), Reason.CLIENT_REQUEST);
    }

    private void replace(ReplaceOrderDecoder message) {
        ClientAccount account = clients.account(message.account());
        String clientOrderId = message.clientOrderId();
        begin(message.buffer(), message.offset() - MessageHeaderDecoder.ENCODED_LENGTH, clientOrderId);
        long orderId = target(account, message.orderId(), clientOrderId);
        engine.replace(orderId, account.id(), message.price(), message.quantity());
    }

    private void begin(DirectBuffer buffer, int offset, String clientOrderId) {
        router.begin(new ClientRequest(
                orderSeq,
                RequestHeader.receivedTime(buffer, offset),
                RequestHeader.writtenTime(buffer, offset),
                RequestHeader.sessionId(buffer, offset),
                RequestHeader.requestId(buffer, offset),
                clientOrderId));
    }

    /** The order that a request names by either id; 0, which no order has, when there is none. */
    private static long target(ClientAccount account, long orderId, String clientOrderId) {
        if (orderId != 0) {
            return orderId;
        }
        ClientOrder order = account.find(clientOrderId);
        return order == null ? 0 : order.orderId();
    }
}
