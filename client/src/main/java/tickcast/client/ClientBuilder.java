package tickcast.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessage;

/**
 * Settings of a client; all but the address have defaults. To be used by one thread; a client takes the settings as they are when
 * it is made.
 */
public final class ClientBuilder implements Cloneable {
    final URI uri;
    Subprotocol subprotocol = Subprotocol.SBE;
    String account = "";
    long executionsSeq = ClientMessage.ResumeExecutions.FROM_NOW;
    ClientListener listener = new ClientListener() {};
    ClientTransport transport;
    Backoff backoff = Backoff.DEFAULT;
    RandomGenerator random = new Random();
    boolean retryFirstConnect;
    Duration connectTimeout = Duration.ofSeconds(5);
    Duration requestTimeout = Duration.ofSeconds(30);
    int missedHeartbeats = 3;
    int maxMessageLength = 16 * 1024 * 1024;
    int maxPendingRequests = 65_536;
    LongSupplier epochNanos = ClientBuilder::wallClock;
    LongConsumer feedLatency;
    LongConsumer orderLatency;

    ClientBuilder(URI uri) {
        if (!"ws".equals(uri.getScheme()) && !"wss".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("Address is " + uri + ", must be like ws://host:port/ws");
        }
        this.uri = uri;
    }

    /** The form of market data; {@link Subprotocol#SBE} unless chosen. */
    public ClientBuilder subprotocol(Subprotocol chosen) {
        subprotocol = chosen;
        return this;
    }

    /** The account to trade for; the gateway makes one for the session unless chosen. */
    public ClientBuilder account(String chosen) {
        account = chosen;
        return this;
    }

    /**
     * The newest number of the account's execution reports that is known already: the first connect brings those after it. Without it
     * the first connect brings none.
     */
    public ClientBuilder executionsSeq(long chosen) {
        if (chosen < 0) {
            throw new IllegalArgumentException("executionsSeq is " + chosen + ", must not be below 0");
        }
        executionsSeq = chosen;
        return this;
    }

    public ClientBuilder listener(ClientListener chosen) {
        listener = chosen;
        return this;
    }

    /** {@link ClientTransport#shared()} unless chosen. */
    public ClientBuilder transport(ClientTransport chosen) {
        transport = chosen;
        return this;
    }

    public ClientBuilder backoff(Backoff chosen) {
        backoff = chosen;
        return this;
    }

    /** Draws the waits; must be safe from several threads when several clients share it. */
    public ClientBuilder random(RandomGenerator chosen) {
        random = chosen;
        return this;
    }

    /** Whether a first connect that fails is tried again, as later ones are; it ends the client unless chosen. */
    public ClientBuilder retryFirstConnect(boolean chosen) {
        retryFirstConnect = chosen;
        return this;
    }

    /** Longest wait for the handshake, and again for the welcome; 5 s unless chosen. */
    public ClientBuilder connectTimeout(Duration chosen) {
        requirePositive("connectTimeout", chosen.toMillis());
        connectTimeout = chosen;
        return this;
    }

    /** After this a request without answer fails; 30 s unless chosen. Looked at about once a second. */
    public ClientBuilder requestTimeout(Duration chosen) {
        requirePositive("requestTimeout", chosen.toMillis());
        requestTimeout = chosen;
        return this;
    }

    /** So many of the gateway's heartbeat intervals without any frame end a connection; 3 unless chosen. */
    public ClientBuilder missedHeartbeats(int chosen) {
        requirePositive("missedHeartbeats", chosen);
        missedHeartbeats = chosen;
        return this;
    }

    /** Longest message taken from the gateway, in bytes or characters; 16 MiB unless chosen. */
    public ClientBuilder maxMessageLength(int chosen) {
        requirePositive("maxMessageLength", chosen);
        maxMessageLength = chosen;
        return this;
    }

    /** Requests that may wait for their answers; more fail at once. 65,536 unless chosen. */
    public ClientBuilder maxPendingRequests(int chosen) {
        requirePositive("maxPendingRequests", chosen);
        maxPendingRequests = chosen;
        return this;
    }

    /** The clock, ns since the Unix epoch, that received market data is timed with. */
    public ClientBuilder epochNanos(LongSupplier chosen) {
        epochNanos = chosen;
        return this;
    }

    /**
     * Takes, for each SBE or JSON feed message, the nanoseconds from published to received, by the clocks of both machines. Called
     * where the listener is, so clients that share a recorder must share a thread ({@link ClientTransport}).
     */
    public ClientBuilder feedLatency(LongConsumer chosen) {
        feedLatency = chosen;
        return this;
    }

    /** Takes, for each order that was acknowledged, the nanoseconds since it was planned; called as for {@link #feedLatency}. */
    public ClientBuilder orderLatency(LongConsumer chosen) {
        orderLatency = chosen;
        return this;
    }

    /** A client that is not yet connected. */
    public TickcastClient build() {
        try {
            var settings = (ClientBuilder) clone();
            if (settings.transport == null) {
                settings.transport = ClientTransport.shared();
            }
            return new TickcastClient(settings);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The address with the account in its query. */
    URI target() {
        if (account.isEmpty()) {
            return uri;
        }
        String query = "account=" + URLEncoder.encode(account, StandardCharsets.UTF_8);
        String base = uri.toString();
        return URI.create(base + (uri.getRawQuery() == null ? "?" : "&") + query);
    }

    private static long wallClock() {
        var now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private static void requirePositive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is " + value + ", must be above 0");
        }
    }
}
