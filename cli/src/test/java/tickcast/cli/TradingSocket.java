package tickcast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tickcast.orderschemas.OrderSchema;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageWriter;
import tickcast.protocol.json.ServerMessage;

/**
 * A connection that says what it is told to and keeps all that it hears, each message held against the published schema.
 * One thread sends.
 */
final class TradingSocket implements WebSocket.Listener, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int GOING_AWAY = 1001;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A request and its answer, which is null while there is none, and when it is not known. */
    static final class Request {
        final ClientMessage.OrderMessage message;
        private volatile ServerMessage.OrderReply answer;
        private volatile boolean unknown;

        private Request(ClientMessage.OrderMessage message) {
            this.message = message;
        }

        ServerMessage.OrderReply answer() {
            return answer;
        }

        /** Whether the answer was that the outcome is not known. */
        boolean isUnknown() {
            return unknown;
        }
    }

    private final String account;
    private final StringBuilder text = new StringBuilder();
    private final List<Request> requests = new ArrayList<>();
    private final List<ServerMessage.ExecutionReport> reports = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private WebSocket socket;
    private volatile String sessionId;
    private ServerMessage.ExecutionsResumed resumed;
    private int reportsBeforeResume;
    private volatile int closeCode;
    private boolean ended;

    private TradingSocket(String account) {
        this.account = account;
    }

    static TradingSocket connect(int port, String account) {
        var socket = new TradingSocket(account);
        socket.socket = HTTP.newWebSocketBuilder()
                .subprotocols("tickcast.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws?account=" + account), socket)
                .join();
        Await.until(LIMIT, () -> "a welcome for " + account, () -> socket.sessionId != null);
        return socket;
    }

    String account() {
        return account;
    }

    String sessionId() {
        return sessionId;
    }

    /** @param message given its id */
    Request send(Function<JsonNode, ? extends ClientMessage.OrderMessage> message) {
        Request request;
        synchronized (this) {
            request = new Request(message.apply(IntNode.valueOf(requests.size())));
            requests.add(request);
        }
        String json = ClientMessageWriter.toJson(request.message);
        OrderSchema.assertRequest(json);
        socket.sendText(json, true).join();
        return request;
    }

    /** Sends, and waits for the answer. */
    <T extends ServerMessage.OrderReply> T ask(
            Class<T> type, Function<JsonNode, ? extends ClientMessage.OrderMessage> message) {
        var request = send(message);
        Await.until(LIMIT, () -> "an answer to " + request.message, () -> request.answer != null);
        if (!type.isInstance(request.answer)) {
            throw new AssertionError(request.message + " was answered with " + request.answer);
        }
        return type.cast(request.answer);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized boolean allAnswered() {
        return requests.stream().allMatch(request -> request.answer != null || request.unknown);
    }

    synchronized List<ServerMessage.ExecutionReport> reports() {
        return List.copyOf(reports);
    }

    /** Whether all has come that the resume brings. */
    synchronized boolean resumedAll() {
        return reports.size() >= reportsBeforeResume + resumed.count();
    }

    /** What the resume brought. */
    synchronized List<ServerMessage.ExecutionReport> resumedReports() {
        return reports.subList(reportsBeforeResume, reportsBeforeResume + (int) resumed.count());
    }

    /** What came of the resume that it asked for; null when there was none yet. */
    synchronized ServerMessage.ExecutionsResumed resumed() {
        return resumed;
    }

    /** What it heard that it should not have heard. */
    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Waits until the gateway has closed the connection: all that it said before has come. */
    void awaitGoodbye() {
        Await.until(LIMIT, () -> "a goodbye for " + account + ", not " + closeCode, () -> closeCode == GOING_AWAY);
        ended = true;
    }

    /** Loses the connection. */
    void lose() {
        ended = true;
        socket.abort();
    }

    /** Says goodbye. */
    void leave() {
        ended = true;
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** An answer without what is measured and what is meant for persons. */
    static String summary(ServerMessage.OrderReply reply) {
        if (reply instanceof ServerMessage.Ack ack) {
            if (ack.validated() != null) {
                return "validated";
            }
            return ack.count() != null
                    ? "ack of " + ack.count()
                    : "ack" + word(ack.orderId()) + word(ack.clientOrderId()) + word(ack.orderStatus())
                            + again(ack.duplicate());
        }
        if (reply instanceof ServerMessage.Nack nack) {
            return "nack" + word(nack.code()) + word(nack.orderId()) + word(nack.clientOrderId())
                    + again(nack.duplicate());
        }
        return reply.toString();
    }

    private static String word(Object value) {
        return value == null ? "" : " " + value;
    }

    private static String again(Boolean duplicate) {
        return Boolean.TRUE.equals(duplicate) ? " again" : "";
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    private synchronized void take(String json) {
        problems.addAll(OrderSchema.problemsOfReply(json));
        var message = ServerMessage.parse(json);
        if (message instanceof ServerMessage.Welcome welcome) {
            sessionId = welcome.sessionId();
        } else if (message instanceof ServerMessage.ExecutionReport report) {
            reports.add(report);
        } else if (message instanceof ServerMessage.OrderReply reply) {
            answer(reply);
        } else if (message instanceof ServerMessage.Error error && error.code().equals("OUTCOME_UNKNOWN")) {
            var request = requests.get(error.messageId().asInt());
            if (request.answer != null || request.unknown) {
                problems.add("answered before: " + request.message + ", " + json);
            }
            request.unknown = true;
        } else if (!(message instanceof ServerMessage.Heartbeat)) {
            problems.add(json);
        }
    }

    private void answer(ServerMessage.OrderReply reply) {
        var request = requests.get(reply.messageId().asInt());
        if (request.answer != null || request.unknown) {
            problems.add("answered twice: " + request.message + ", " + request.answer + ", " + reply);
        }
        if (reply instanceof ServerMessage.ExecutionsResumed outcome) {
            resumed = outcome;
            reportsBeforeResume = reports.size();
        }
        request.answer = reply;
    }

    @Override
    public void close() {
        ended = true;
        socket.abort();
    }
}
