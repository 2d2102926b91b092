package tickcast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes connections on to a server, and breaks them all when told to. */
final class BreakingLine implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int target;

    BreakingLine(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void breakAll() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            var near = listening.accept();
            sockets.add(near);
            daemon(() -> connect(near));
        }
    }

    /** Closes the connection when the server is not there. */
    private void connect(Socket near) throws IOException {
        try (near;
                var far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(far);
            daemon(() -> pass(far, near));
            pass(near, far);
        } finally {
            sockets.remove(near);
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            copy(from.getInputStream(), to.getOutputStream());
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        var bytes = new byte[8_192];
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            out.write(bytes, 0, length);
        }
    }

    private interface Passing {
        void run() throws IOException;
    }

    private static void daemon(Passing passing) {
        var thread = new Thread(() -> {
            try {
                passing.run();
            } catch (IOException broken) {
                Thread.currentThread().interrupt(); // the line was broken or closed; so ends the thread
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        breakAll();
    }
}
