package tickcast.simulator;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.journal.Seek;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.CancelOrderDecoder;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.ReplaceOrderDecoder;

/** Takes clients' requests from the orders journal, each as a transaction of its own. */
final class OrderReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderReader.class);

    private final Path directory;
    private final JournalReader orders;
    private final ClientRequests requests;
    private final LongSupplier epochNanos;
    private final RecordHandler onRequest = (buffer, offset, length) -> onRequest(buffer, offset);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();

    private long orderSeq;

    /** @param orderSeq how far the run before has read */
    OrderReader(Path directory, long orderSeq, ClientRequests requests, LongSupplier epochNanos) {
        this.directory = directory;
        this.requests = requests;
        this.epochNanos = epochNanos;
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

    /** Matches the next request without publishing the last of the outcome; false when there is none. */
    boolean matchNext() {
        int read = orders.poll(onRequest, 1);
        if (read == JournalReader.TOO_OLD) {
            skipDeleted();
            return false;
        }
        return read > 0;
    }

    /** Where the writer of the orders wakes what {@link #awaits} them: a UDP port on 127.0.0.1. */
    void wakeAt(int port) {
        orders.wakeAt(port);
    }

    /** Its thread is about to sleep and wants to be woken; true when there is a request already. */
    boolean awaits() {
        return orders.awaits();
    }

    /** Whether there is a request to match. */
    boolean hasMore() {
        return orders.lastSeq() > orderSeq;
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
        long now = epochNanos.getAsLong();
        switch (FeedHeader.templateId(buffer, offset)) {
            case NewOrderDecoder.TEMPLATE_ID ->
                requests.enter(newOrder.wrapAndApplyHeader(buffer, offset, header), now);
            case CancelOrderDecoder.TEMPLATE_ID ->
                requests.cancel(cancelOrder.wrapAndApplyHeader(buffer, offset, header), now);
            case ReplaceOrderDecoder.TEMPLATE_ID ->
                requests.replace(replaceOrder.wrapAndApplyHeader(buffer, offset, header), now);
            case MassCancelDecoder.TEMPLATE_ID ->
                requests.massCancel(massCancel.wrapAndApplyHeader(buffer, offset, header));
            default -> LOG.warn("Skipped message {} of {}: its template is unknown", orderSeq, directory);
        }
    }
}
