package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket server on a free port that says what a test tells it to say. */
final class ScriptedGateway implements AutoCloseable {
    private final ServerSocket server;
    private final BlockingQueue<ScriptedSession> sessions = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile int refusal;

    ScriptedGateway() throws IOException {
        this(0);
    }

    ScriptedGateway(int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri() {
        return URI.create("ws://localhost:" + port() + "/ws");
    }

    /** Answers handshakes with this HTTP status from now on. */
    void refuse(int status) {
        refusal = status;
    }

    /** The next session, after its handshake. */
    ScriptedSession session() throws InterruptedException {
        var session = sessions.poll(10, TimeUnit.SECONDS);
        assertNotNull(session, "no client connected");
        return session;
    }

    /** The next session, welcomed. */
    ScriptedSession welcomed(long heartbeatMillis) throws InterruptedException, IOException {
        return session().welcome(heartbeatMillis);
    }

    /** Dies: every connection is cut without a word. */
    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            var session = ScriptedSession.handshake(socket, in, refusal);
            if (session != null) {
                sessions.add(session);
                session.read(in);
            }
        } catch (IOException e) {
            sockets.remove(socket); // the client or the test cut the connection
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "scripted-gateway");
        thread.setDaemon(true);
        thread.start();
    }
}
