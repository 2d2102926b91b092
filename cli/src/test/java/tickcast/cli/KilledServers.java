package tickcast.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Exchange and gateway as two processes, which a test starts, kills, and starts again. */
abstract class KilledServers {
    @TempDir
    Path directory;

    TickcastProcess exchange;
    TickcastProcess gateway;
    private int port;
    private int started;

    @BeforeEach
    void choosePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void closeServers() {
        exchange.close();
        gateway.close();
    }

    final TickcastProcess startExchange(int eventsPerSecond) throws IOException {
        String rate = String.valueOf(eventsPerSecond);
        return TickcastProcess.start(output("exchange"), "exchange", "--data", data(), "--rate", rate, "--seed", "5")
                .awaitOutput("exchange ready");
    }

    final TickcastProcess startGateway() throws IOException {
        return TickcastProcess.start(output("gateway"), "gateway", "--data", data(), "--port", String.valueOf(port))
                .awaitOutput("gateway ready");
    }

    final URI url() {
        return URI.create("ws://127.0.0.1:" + port + "/ws");
    }

    private Path output(String name) {
        return directory.resolve(name + "-" + ++started + ".txt");
    }

    private String data() throws IOException {
        return Files.createDirectories(directory.resolve("data")).toString();
    }
}
