package tickcast.cli;

import com.fasterxml.jackson.databind.node.LongNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tickcast.client.SubscriptionTerms;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageWriter;

/** What is on the wire, frame by frame, before any client has touched it: binary as hexadecimal, text as it is. */
final class RawFeed implements WebSocket.Listener, AutoCloseable {
    private final FeedOutput output;
    /** Kept, because a client that nobody refers to ends its connections. */
    private final HttpClient http = HttpClient.newHttpClient();

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder binary = new StringBuilder();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private WebSocket socket;

    RawFeed(FeedOutput output) {
        this.output = output;
    }

    /** Connects and subscribes. */
    void open(
            URI url,
            Subprotocol encoding,
            List<String> symbols,
            SubscriptionTerms terms,
            ClientMessage.Replay replay,
            StopSignal stop) {
        var subscribe = new ClientMessage.Subscribe(
                LongNode.valueOf(1), symbols, terms.channels(), terms.depth(), terms.maxRate(), terms.onSlow(), replay);
        socket = GatewayCall.connection(
                http.newWebSocketBuilder().subprotocols(encoding.token()).buildAsync(url, this), url, stop);
        GatewayCall.connection(socket.sendText(ClientMessageWriter.toJson(subscribe), true), url, stop);
    }

    /** Done when the gateway closed, failed when the connection did. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            output.print(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        binary.append(HexFormat.of().formatHex(bytes));
        if (last) {
            output.print(binary.toString());
            binary.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        ended.completeExceptionally(new CommandFailedException("The gateway closed: " + statusCode + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        ended.completeExceptionally(new CommandFailedException("The connection failed: " + error, error));
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
