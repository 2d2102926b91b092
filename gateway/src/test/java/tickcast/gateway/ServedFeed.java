package tickcast.gateway;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A feed and a gateway that serves it, which a test begins. */
abstract class ServedFeed {
    @TempDir
    Path data;

    TestFeed feed;
    RunningGateway gateway;

    @AfterEach
    void stopServing() {
        gateway.close();
        feed.close();
    }
}
