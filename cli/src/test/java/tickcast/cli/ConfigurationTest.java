package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickcast.gateway.SessionLimits;
import tickcast.journal.RollInterval;
import tickcast.orderentry.OrderLimits;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ReplaySpeed;
import tickcast.simulator.recording.RecordingOptions;

class ConfigurationTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path directory;

    @Test
    void defaults() {
        var configuration = ConfigurationLoader.load(null, Map.of(), Map.of());
        assertEquals("127.0.0.1", configuration.host());
        assertEquals(8080, configuration.port());
        assertEquals(2 * GIB, configuration.exchange().feed().retainBytes());
        assertEquals(200, configuration.exchange().eventsPerSecond());
        assertEquals(10, configuration.exchange().instruments().size());
        assertEquals(SessionLimits.DEFAULT, configuration.gateway().sessionLimits());
        assertEquals(OrderLimits.DEFAULT, configuration.gateway().orderLimits());
        assertEquals(Path.of("data/orders"), configuration.gateway().orders().directory());
    }

    @Test
    void optionWinsOverVariableOverFileOverReference() throws IOException {
        var file = file("port = 1001, host = file, data = file");
        var environment = Map.of("TICKCAST_PORT", "1002", "TICKCAST_HOST", "variable");
        var configuration = ConfigurationLoader.load(file, environment, Map.of("port", "1003"));
        assertEquals(1003, configuration.port());
        assertEquals("variable", configuration.host());
        assertEquals(Path.of("file"), configuration.data());
        assertEquals("cli", configuration.account());
    }

    @Test
    void everySettingArrives() throws IOException {
        var file = file("""
                feed { roll = hourly, retain = 3 GiB }
                exchange { rate = max, seed = 7, symbols = 25, checkpoint-interval = 500 }
                gateway { shards = 3, heartbeat = 750ms, drain = 9s }
                latency.interval = 250ms
                """);
        var configuration = ConfigurationLoader.load(file, Map.of(), Map.of());
        assertEquals(RollInterval.HOURLY, configuration.exchange().feed().roll());
        assertEquals(3 * GIB, configuration.exchange().feed().retainBytes());
        assertEquals(ExchangeSettings.UNLIMITED, configuration.exchange().eventsPerSecond());
        assertEquals(7, configuration.exchange().seed());
        assertEquals(25, configuration.exchange().instruments().size());
        assertEquals(500, configuration.exchange().checkpointInterval());
        assertEquals(3, configuration.gateway().shards());
        assertEquals(750, configuration.gateway().sessionLimits().heartbeatMillis());
        assertEquals(Duration.ofSeconds(9), configuration.drain());
        assertEquals(Duration.ofMillis(250), configuration.latencyInterval());
    }

    @Test
    void nothingIsReplayedByDefault() {
        assertNull(ConfigurationLoader.load(null, Map.of(), Map.of()).exchange().replay());
    }

    @Test
    void everySettingOfAReplayArrives() throws IOException {
        var file = file("""
                replay {
                  files = [a.gz, "b,c.gz"], format = itch, symbols = [AAPL, MSFT], date = 2019-01-30
                  speed = 2.5, from = "09:30", to = "+5m", loop = true, interactive = true
                }
                """);
        var replay =
                ConfigurationLoader.load(file, Map.of(), Map.of()).exchange().replay();
        assertEquals(List.of(Path.of("a.gz"), Path.of("b,c.gz")), replay.files());
        assertEquals("itch", replay.format().name());
        assertEquals(new RecordingOptions(Set.of("AAPL", "MSFT"), LocalDate.of(2019, 1, 30)), replay.options());
        assertEquals(2.5, replay.speed().factor());
        assertEquals("09:30", replay.from().toString());
        assertEquals("+5m", replay.to().toString());
        assertTrue(replay.loop());
        assertTrue(replay.interactive());
    }

    @Test
    void listsInVariablesAreDividedByCommas() {
        var environment = Map.of("TICKCAST_REPLAY_FILES", "a.gz, b.gz", "TICKCAST_REPLAY_SYMBOLS", "AAPL,MSFT,");
        var replay = ConfigurationLoader.load(null, environment, Map.of("replay.speed", "max"))
                .exchange()
                .replay();
        assertEquals(List.of(Path.of("a.gz"), Path.of("b.gz")), replay.files());
        assertEquals(Set.of("AAPL", "MSFT"), replay.options().symbols());
        assertEquals(ReplaySpeed.MAX, replay.speed());
        assertNull(replay.format());
        assertNull(replay.from());
    }

    @Test
    void unknownKeyOfTheFileIsNamed() throws IOException {
        var file = file("gateway { shard = 3 }");
        var refused =
                assertThrows(ConfigurationException.class, () -> ConfigurationLoader.load(file, Map.of(), Map.of()));
        assertTrue(refused.getMessage().contains("gateway.shard"), refused.getMessage());
        assertTrue(refused.getMessage().contains("gateway.shards"), refused.getMessage());
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void wrongValueNamesKeyOriginAndWhatWouldBeRight() {
        var refused = assertThrows(
                ConfigurationException.class,
                () -> ConfigurationLoader.load(null, Map.of("TICKCAST_GATEWAY_WATCHER", "sleep"), Map.of()));
        assertTrue(refused.getMessage().contains("TICKCAST_GATEWAY_WATCHER"), refused.getMessage());
        assertTrue(refused.getMessage().contains("park, yield or spin"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TICKCAST_GATEWAY_HEARTBEAT       | 2     | gateway.heartbeat in ms is 2, must be 100 to 3600000
                    TICKCAST_GATEWAY_MAX_LAG         | 5ms   | gateway.max-lag in ms is 5, must be 100 to
                    TICKCAST_GATEWAY_MAX_MESSAGE     | 9     | gateway.max-message in bytes is 9, must be 1024 to
                    TICKCAST_GATEWAY_MAX_CONNECTIONS | 0     | gateway.max-connections is 0, must be 1 to
                    TICKCAST_RISK_OPERATOR_TOKEN     | short | risk.operator-token must have 16 to 256 characters
                    TICKCAST_ACCOUNT                 | a b   | account is 'a b', must be 1 to 32 of A-Z a-z 0-9 _ . -
                    """)
    void whatTheGatewayRefusesIsNamedByItsKey(String variable, String value, String said) {
        var refused = assertThrows(
                ConfigurationException.class, () -> ConfigurationLoader.load(null, Map.of(variable, value), Map.of()));
        assertTrue(
                refused.getMessage().startsWith("environment variable " + variable + ": " + said),
                refused.getMessage());
    }

    @Test
    void everyKeyIsDocumented() throws IOException {
        String manual = Files.readString(Path.of("../docs/operations.md"));
        for (var entry : ConfigurationLoader.reference().entrySet()) {
            assertTrue(manual.contains("`" + entry.getKey() + "`"), entry.getKey());
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tickcast.conf"), text);
    }
}
