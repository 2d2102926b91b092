package tickcast.gateway;

import java.util.Objects;

/**
 * Bounds on what sessions may cost.
 *
 * @param connections most connections of the gateway at a time
 * @param messageBytes longest text message of a client
 * @param messagesPerSecond how many messages of a client are taken in the long run, orders included
 * @param messageBurst how many at once
 * @param outboundBytes most bytes that may wait for a client that reads too slowly; then it is disconnected
 * @param heartbeatMillis how often a session hears a heartbeat
 * @param closeMillis how long a client has to answer a close before the connection is cut
 * @param patience with clients that do not keep up, or say nothing
 */
public record SessionLimits(
        int connections,
        int messageBytes,
        int messagesPerSecond,
        int messageBurst,
        int outboundBytes,
        int heartbeatMillis,
        int closeMillis,
        Patience patience) {
    /** 20,000 connections; messages of 256 KiB, 2,000 a second, 4,000 at once; 1 MiB outbound; heartbeats every 5 s; 3 s to close. */
    public static final SessionLimits DEFAULT =
            new SessionLimits(20_000, 256 << 10, 2_000, 4_000, 1 << 20, 5_000, 3_000, Patience.DEFAULT);

    public SessionLimits {
        Patience.require("connections", connections, 1, 10_000_000);
        Patience.require("messageBytes", messageBytes, 1 << 10, 16 << 20);
        Patience.require("messagesPerSecond", messagesPerSecond, 1, 1_000_000);
        Patience.require("messageBurst", messageBurst, 1, 1_000_000);
        Patience.require("outboundBytes", outboundBytes, 64 << 10, 1 << 30);
        Patience.require("heartbeatMillis", heartbeatMillis, 100, 3_600_000);
        Patience.require("closeMillis", closeMillis, 10, 600_000);
        Objects.requireNonNull(patience, "patience");
    }

    public SessionLimits withConnections(int newConnections) {
        return new SessionLimits(
                newConnections,
                messageBytes,
                messagesPerSecond,
                messageBurst,
                outboundBytes,
                heartbeatMillis,
                closeMillis,
                patience);
    }

    public SessionLimits withMessageBytes(int newMessageBytes) {
        return new SessionLimits(
                connections,
                newMessageBytes,
                messagesPerSecond,
                messageBurst,
                outboundBytes,
                heartbeatMillis,
                closeMillis,
                patience);
    }

    public SessionLimits withMessageRate(int perSecond, int burst) {
        return new SessionLimits(
                connections, messageBytes, perSecond, burst, outboundBytes, heartbeatMillis, closeMillis, patience);
    }

    public SessionLimits withOutboundBytes(int newOutboundBytes) {
        return new SessionLimits(
                connections,
                messageBytes,
                messagesPerSecond,
                messageBurst,
                newOutboundBytes,
                heartbeatMillis,
                closeMillis,
                patience);
    }

    public SessionLimits withHeartbeatMillis(int newHeartbeatMillis) {
        return new SessionLimits(
                connections,
                messageBytes,
                messagesPerSecond,
                messageBurst,
                outboundBytes,
                newHeartbeatMillis,
                closeMillis,
                patience);
    }

    public SessionLimits withCloseMillis(int newCloseMillis) {
        return new SessionLimits(
                connections,
                messageBytes,
                messagesPerSecond,
                messageBurst,
                outboundBytes,
                heartbeatMillis,
                newCloseMillis,
                patience);
    }

    public SessionLimits withPatience(Patience newPatience) {
        return new SessionLimits(
                connections,
                messageBytes,
                messagesPerSecond,
                messageBurst,
                outboundBytes,
                heartbeatMillis,
                closeMillis,
                newPatience);
    }
}
