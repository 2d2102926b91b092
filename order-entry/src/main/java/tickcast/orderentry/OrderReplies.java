package tickcast.orderentry;

import tickcast.protocol.json.ServerMessage;

/**
 * Where a session's answers and execution reports go. Called on the thread of the session's {@link OrderDesk}; must
 * neither block nor throw, and may close the session.
 */
public interface OrderReplies {
    void send(ServerMessage message);

    /** Runs {@code action} on the same thread when what was sent before has left for the client. */
    default void whenWritten(Runnable action) {
        action.run();
    }
}
