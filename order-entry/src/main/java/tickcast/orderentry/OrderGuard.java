package tickcast.orderentry;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.JournalReader;
import tickcast.journal.RecordHandler;
import tickcast.journal.Seek;
import tickcast.orderentry.risk.RiskGate;
import tickcast.orderentry.risk.RiskRefusal;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.RequestHeader;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.sbe.MassCancelDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.NewOrderDecoder;
import tickcast.protocol.sbe.NewOrderEncoder;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.ReplaceOrderDecoder;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.TimeInForce;

/**
 * The checks of a gateway's requests: refuses what the risk gate refuses, and everything while the exchange leaves too many
 * requests unanswered or one for too long. Confined to the writer's thread.
 *
 * <p>It follows the executions up to their end before each verdict, so that whoever was told that an order is gone can use
 * what it held. At its start it reads what is open and held from the executions, and what the exchange has not yet taken
 * from the orders. What the gateway asks for by itself, such as the cancels of a lost session, is never refused.
 *
 * <p>A repeat of a clientOrderId opens nothing, and its sender is owed the first outcome: one that the limits refuse, or that
 * came too late, is sent with a validity that has ended, so that the exchange either repeats that outcome or refuses it too.
 */
final class OrderGuard implements RequestCheck {
    private static final Logger LOG = LoggerFactory.getLogger(OrderGuard.class);
    private static final int READ_LIMIT = 1_000;
    /** When a request was valid that must not open anything. */
    private static final long LONG_AGO = 1;

    private final Path orders;
    private final RiskControl control;
    private final RiskGate gate;
    private final RiskSettings settings;
    private final LongSupplier epochNanos;
    private final UnansweredRequests unanswered;
    private final RiskHistory history;
    private final RequestEncoder ownRequest = new RequestEncoder();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final NewOrderEncoder stamp = new NewOrderEncoder();
    private final ReplaceOrderDecoder replaceOrder = new ReplaceOrderDecoder();
    private final MassCancelDecoder massCancel = new MassCancelDecoder();
    private String account;
    private String clientOrderId;
    private boolean opensNothing;

    /** @param control whose commands it carries out */
    OrderGuard(
            Path orders,
            Path executions,
            RiskControl control,
            RiskGate gate,
            RiskSettings settings,
            LongSupplier epochNanos) {
        this.orders = orders;
        this.control = control;
        this.gate = gate;
        this.settings = settings;
        this.epochNanos = epochNanos;
        unanswered = new UnansweredRequests(2 * settings.maxUnanswered());
        history = new RiskHistory(executions, gate, unanswered);
    }

    RiskGate gate() {
        return gate;
    }

    @Override
    public void begin() {
        history.begin();
        readUnanswered();
    }

    @Override
    public int doWork(OwnRequests ownRequests) {
        return follow() + control.carryOut(this, ownRequests);
    }

    /** Cancels all open orders of the account in the symbol, 0 = in all, because of a halt. */
    boolean cancelHalted(String haltedAccount, int symbolId, OwnRequests ownRequests) {
        int length =
                ownRequest.massCancel(symbolId, null, Reason.HALTED, 0, epochNanos.getAsLong(), 0, 0, haltedAccount);
        return ownRequests.write(ownRequest.buffer(), 0, length);
    }

    @Override
    public RiskRefusal judge(MutableDirectBuffer buffer, int offset, long nowNanos, boolean onlyRepeat) {
        follow();
        if (isOwn(buffer, offset)) {
            return null;
        }
        var refusal = backlog(nowNanos);
        if (refusal != null) {
            return refusal;
        }
        return switch (FeedHeader.templateId(buffer, offset)) {
            case NewOrderDecoder.TEMPLATE_ID -> judgeNewOrder(buffer, offset, onlyRepeat);
            case ReplaceOrderDecoder.TEMPLATE_ID -> judgeReplace(buffer, offset);
            default -> null;
        };
    }

    @Override
    public boolean repeats() {
        return gate.hasUsed(account, clientOrderId);
    }

    @Override
    public void written(DirectBuffer buffer, int offset, long seq, long nowNanos) {
        unanswered.written(seq, nowNanos);
        switch (FeedHeader.templateId(buffer, offset)) {
            case NewOrderDecoder.TEMPLATE_ID -> {
                if (!opensNothing) {
                    gate.placed(
                            seq,
                            account,
                            clientOrderId,
                            (int) newOrder.symbolId(),
                            newOrder.side(),
                            rests(),
                            newOrder.price(),
                            newOrder.quantity());
                }
            }
            case ReplaceOrderDecoder.TEMPLATE_ID ->
                gate.replaceSent(seq, account, replaceOrder.orderId(), clientOrderId, replaceOrder.quantity());
            default -> {}
        }
    }

    @Override
    public void failed() {
        control.ended();
    }

    @Override
    public void close() {
        history.close();
        control.ended();
    }

    private RiskRefusal judgeNewOrder(MutableDirectBuffer buffer, int offset, boolean onlyRepeat) {
        read(newOrder.wrapAndApplyHeader(buffer, offset, header));
        var chosen = newOrder.selfTradePrevention();
        chosen = chosen == SelfTradePrevention.NULL_VAL ? null : chosen;
        int symbolId = (int) newOrder.symbolId();
        var refusal = onlyRepeat
                ? NO_REPEAT
                : gate.check(
                        account,
                        symbolId,
                        newOrder.side(),
                        newOrder.orderType(),
                        rests(),
                        newOrder.price(),
                        newOrder.quantity(),
                        chosen);
        opensNothing = refusal != null && repeats();
        if (refusal != null && !opensNothing) {
            return refusal;
        }
        stamp.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        if (opensNothing) {
            stamp.validUntil(LONG_AGO);
        }
        if (chosen == null) {
            var mode = gate.selfTradePrevention(account, symbolId);
            stamp.selfTradePrevention(mode == null ? SelfTradePrevention.CANCEL_NEWEST : mode);
        }
        return null;
    }

    private RiskRefusal judgeReplace(DirectBuffer buffer, int offset) {
        read(replaceOrder.wrapAndApplyHeader(buffer, offset, header));
        return gate.checkReplace(
                account, replaceOrder.orderId(), clientOrderId, replaceOrder.price(), replaceOrder.quantity());
    }

    private void read(NewOrderDecoder order) {
        account = order.account();
        clientOrderId = order.clientOrderId();
    }

    private void read(ReplaceOrderDecoder replace) {
        account = replace.account();
        clientOrderId = replace.clientOrderId();
    }

    private boolean rests() {
        var timeInForce = newOrder.timeInForce();
        return newOrder.orderType() == OrderType.LIMIT
                && (timeInForce == TimeInForce.GTC || timeInForce == TimeInForce.DAY);
    }

    private boolean isOwn(DirectBuffer buffer, int offset) {
        if (RequestHeader.sessionId(buffer, offset) == 0) {
            return true;
        }
        return FeedHeader.templateId(buffer, offset) == MassCancelDecoder.TEMPLATE_ID
                && massCancel.wrapAndApplyHeader(buffer, offset, header).reason() != Reason.CLIENT_REQUEST;
    }

    private RiskRefusal backlog(long nowNanos) {
        long count = unanswered.count();
        if (count >= settings.maxUnanswered()) {
            return new RiskRefusal(
                    ErrorCode.EXCHANGE_SLOW,
                    "The exchange has not answered " + count + " requests, at most " + settings.maxUnanswered()
                            + " may wait; the request was not sent, try again");
        }
        long ageMillis = unanswered.ageNanos(nowNanos) / 1_000_000;
        long most = settings.maxUnansweredAge().toMillis();
        if (ageMillis > most) {
            return new RiskRefusal(
                    ErrorCode.EXCHANGE_SLOW,
                    "The exchange has not answered a request for " + ageMillis + " ms, at most " + most
                            + " ms are waited; the request was not sent, try again");
        }
        return null;
    }

    private int follow() {
        int done = 0;
        for (int read = history.poll(READ_LIMIT); read != 0; read = history.poll(READ_LIMIT)) {
            if (read == JournalReader.TOO_OLD) {
                LOG.error("Executions were deleted before they were read; raise their retention");
                gate.clear();
                begin();
            } else {
                done += read;
            }
        }
        return done;
    }

    /** What was written and the exchange has not taken may still open orders. */
    private void readUnanswered() {
        RecordHandler onRequest = (buffer, offset, length) -> {
            switch (FeedHeader.templateId(buffer, offset)) {
                case NewOrderDecoder.TEMPLATE_ID -> read(newOrder.wrapAndApplyHeader(buffer, offset, header));
                case ReplaceOrderDecoder.TEMPLATE_ID -> read(replaceOrder.wrapAndApplyHeader(buffer, offset, header));
                default -> {}
            }
            opensNothing = false;
            long seq = FeedHeader.seq(buffer, offset);
            written(buffer, offset, seq, RequestHeader.writtenTime(buffer, offset));
        };
        try (var reader = JournalReader.open(orders)) {
            var seek = reader.seek(history.orderSeq() + 1);
            if (seek == Seek.TOO_OLD) {
                reader.seekStart();
            }
            if (seek != Seek.TOO_FAR) {
                while (reader.poll(onRequest, READ_LIMIT) > 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
