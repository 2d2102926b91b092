package tickcast.gateway;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalSettings;
import tickcast.orderentry.OrderLimits;
import tickcast.orderentry.OrderTiming;
import tickcast.orderentry.RiskSettings;

/**
 * How a gateway is run.
 *
 * @param feedDirectory the journal that it serves; need not exist yet
 * @param executionsDirectory the journal of what became of orders; need not exist yet
 * @param orders the journal that it writes orders to
 * @param host address to listen on; an account is chosen without proof, so more than loopback needs a proxy that checks
 * @param port 0 = any free one
 * @param shards event loops, each with its own part of the sessions
 * @param watcherIdle what the watcher of the journals does between two looks; where it parks, the writers of the journals wake the
 *     shards, and it looks every 20 ms for what they did not hear of
 * @param sessionLimits bounds on every session
 * @param orderLimits bounds on the orders of sessions and accounts
 * @param risk how orders are checked
 * @param writerIdle what the thread that writes orders does while there are none
 * @param operatorToken who sends it may halt and resume accounts and symbols; empty = nobody may
 * @param maxReplays most resumes and replays that history is read for at a time
 * @param measuredAccounts of so many accounts, those that trade first, the latency of orders is measured by itself
 * @param slowOrderMillis an order that takes as long from receipt to answer is logged; 0 for none
 */
public record GatewaySettings(
        Path feedDirectory,
        Path executionsDirectory,
        JournalSettings orders,
        String host,
        int port,
        int shards,
        IdleMode watcherIdle,
        SessionLimits sessionLimits,
        OrderLimits orderLimits,
        RiskSettings risk,
        IdleMode writerIdle,
        String operatorToken,
        int maxReplays,
        int measuredAccounts,
        int slowOrderMillis) {
    public static final int DEFAULT_PORT = 8080;

    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,256}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SHARDS = 1_024;
    private static final int DEFAULT_REPLAYS = 1_000;
    private static final int MOST_REPLAYS = 1_000_000;
    private static final int MOST_MEASURED_ACCOUNTS = 1_000;
    private static final int DEFAULT_SLOW_ORDER_MILLIS = 10;

    public GatewaySettings {
        Objects.requireNonNull(feedDirectory, "feedDirectory");
        Objects.requireNonNull(executionsDirectory, "executionsDirectory");
        Objects.requireNonNull(orders, "orders");
        Objects.requireNonNull(watcherIdle, "watcherIdle");
        Objects.requireNonNull(sessionLimits, "sessionLimits");
        Objects.requireNonNull(orderLimits, "orderLimits");
        Objects.requireNonNull(risk, "risk");
        Objects.requireNonNull(writerIdle, "writerIdle");
        if (!operatorToken.isEmpty() && !TOKEN.matcher(operatorToken).matches()) {
            throw new IllegalArgumentException(
                    "Setting operatorToken must have 16 to 256 characters of printable ASCII without spaces");
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("Setting host is empty, must be a name or an address");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("Setting port is " + port + ", must be 0 to " + MAX_PORT);
        }
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new IllegalArgumentException("Setting shards is " + shards + ", must be 1 to " + MAX_SHARDS);
        }
        if (maxReplays < 1 || maxReplays > MOST_REPLAYS) {
            throw new IllegalArgumentException(
                    "Setting maxReplays is " + maxReplays + ", must be 1 to " + MOST_REPLAYS);
        }
        if (measuredAccounts < 0 || measuredAccounts > MOST_MEASURED_ACCOUNTS) {
            throw new IllegalArgumentException(
                    "Setting measuredAccounts is " + measuredAccounts + ", must be 0 to " + MOST_MEASURED_ACCOUNTS);
        }
        if (slowOrderMillis < 0) {
            throw new IllegalArgumentException("Setting slowOrderMillis is " + slowOrderMillis + ", must be 0 or more");
        }
    }

    /** The journals below {@code dataDirectory}, on 127.0.0.1 and the default port, a shard for each core. */
    public static GatewaySettings of(Path dataDirectory) {
        return new GatewaySettings(
                dataDirectory.resolve("feed"),
                dataDirectory.resolve("executions"),
                JournalSettings.of(dataDirectory.resolve("orders")),
                "127.0.0.1",
                DEFAULT_PORT,
                Math.min(MAX_SHARDS, Runtime.getRuntime().availableProcessors()),
                IdleMode.PARK,
                SessionLimits.DEFAULT,
                OrderLimits.DEFAULT,
                RiskSettings.of(dataDirectory),
                IdleMode.PARK,
                "",
                DEFAULT_REPLAYS,
                OrderTiming.DEFAULT_ACCOUNTS,
                DEFAULT_SLOW_ORDER_MILLIS);
    }

    public GatewaySettings withAddress(String newHost, int newPort) {
        return new GatewaySettings(
                feedDirectory,
                executionsDirectory,
                orders,
                newHost,
                newPort,
                shards,
                watcherIdle,
                sessionLimits,
                orderLimits,
                risk,
                writerIdle,
                operatorToken,
                maxReplays,
                measuredAccounts,
                slowOrderMillis);
    }

    public GatewaySettings withShards(int newShards) {
        return new GatewaySettings(
                feedDirectory,
                executionsDirectory,
                orders,
                host,
                port,
                newShards,
                watcherIdle,
                sessionLimits,
                orderLimits,
                risk,
                writerIdle,
                operatorToken,
                maxReplays,
                measuredAccounts,
                slowOrderMillis);
    }

    public GatewaySettings withSessionLimits(SessionLimits newSessionLimits) {
        return new GatewaySettings(
                feedDirectory,
                executionsDirectory,
                orders,
                host,
                port,
                shards,
                watcherIdle,
                newSessionLimits,
                orderLimits,
                risk,
                writerIdle,
                operatorToken,
                maxReplays,
                measuredAccounts,
                slowOrderMillis);
    }

    public GatewaySettings withMaxReplays(int newMaxReplays) {
        return new GatewaySettings(
                feedDirectory,
                executionsDirectory,
                orders,
                host,
                port,
                shards,
                watcherIdle,
                sessionLimits,
                orderLimits,
                risk,
                writerIdle,
                operatorToken,
                newMaxReplays,
                measuredAccounts,
                slowOrderMillis);
    }

    public GatewaySettings withRisk(RiskSettings newRisk) {
        return new GatewaySettings(
                feedDirectory,
                executionsDirectory,
                orders,
                host,
                port,
                shards,
                watcherIdle,
                sessionLimits,
                orderLimits,
                newRisk,
                writerIdle,
                operatorToken,
                maxReplays,
                measuredAccounts,
                slowOrderMillis);
    }

    public GatewaySettings withOperatorToken(String newOperatorToken) {
        return new GatewaySettings(
                feedDirectory,
                executionsDirectory,
                orders,
                host,
                port,
                shards,
                watcherIdle,
                sessionLimits,
                orderLimits,
                risk,
                writerIdle,
                newOperatorToken,
                maxReplays,
                measuredAccounts,
                slowOrderMillis);
    }
}
