package tickcast.client;

import java.util.List;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.ServerMessage;

/** Answers of the gateway as what was asked for, or as the exception that says why not. Stateless. */
final class Replies {
    private Replies() {}

    /**
     * @throws RequestRefusedException when the gateway refused
     * @throws OutcomeUnknownException when it cannot say what became of the request
     */
    static <T extends ServerMessage> T expect(Class<T> expected, ServerMessage reply) {
        if (expected.isInstance(reply)) {
            return expected.cast(reply);
        }
        if (reply instanceof ServerMessage.Error error) {
            if (error.code().equals(ErrorCode.OUTCOME_UNKNOWN.name())) {
                throw new OutcomeUnknownException(error.message());
            }
            throw new RequestRefusedException(error.code(), error.message(), orNone(error.rejected()));
        }
        if (reply instanceof ServerMessage.Nack nack) {
            throw new RequestRefusedException(nack.code(), nack.error(), List.of());
        }
        throw new MalformedMessageException("The gateway answered with " + reply);
    }

    static OrderOutcome orderOutcome(ServerMessage reply) {
        return reply instanceof ServerMessage.Nack nack
                ? new OrderOutcome(null, nack)
                : new OrderOutcome(expect(ServerMessage.Ack.class, reply), null);
    }

    static ServerMessage.OrderHistory orderHistory(ServerMessage reply) {
        return expect(ServerMessage.OrderHistory.class, reply);
    }

    /** Lists that the gateway left out are empty. */
    static ServerMessage.Subscribed subscribed(ServerMessage reply) {
        var subscribed = expect(ServerMessage.Subscribed.class, reply);
        return new ServerMessage.Subscribed(
                subscribed.messageId(),
                orNone(subscribed.symbols()),
                orNone(subscribed.rejected()),
                subscribed.channels(),
                subscribed.depth(),
                subscribed.maxRate(),
                subscribed.onSlow(),
                subscribed.epoch(),
                subscribed.resume(),
                subscribed.replay());
    }

    /** Lists that the gateway left out are empty. */
    static ServerMessage.Unsubscribed unsubscribed(ServerMessage reply) {
        var unsubscribed = expect(ServerMessage.Unsubscribed.class, reply);
        return new ServerMessage.Unsubscribed(
                unsubscribed.messageId(), orNone(unsubscribed.symbols()), orNone(unsubscribed.rejected()));
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }
}
