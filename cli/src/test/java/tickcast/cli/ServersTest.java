package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServersTest {
    @Test
    void exchangeAndGatewayMeetInTheDataDirectory(@TempDir Path data) {
        try (var exchange = RunningServer.start("exchange", "--symbols", "3", "--data", data.toString());
                var gateway = RunningServer.start("gateway", "--port", "0", "--data", data.toString())) {
            var run = CommandRun.of("subscribe", "S0", "S1", "S2", "--verify", "--count", "30", "--url", gateway.url());
            assertEquals(ExitStatus.OK, run.status(), run.err());
            assertEquals("3", exchange.url());
            assertEquals(ExitStatus.OK, gateway.stop());
            assertEquals(ExitStatus.OK, exchange.stop());
            assertTrue(gateway.out().contains("feed.published-read"), gateway.out());
        }
    }
}
