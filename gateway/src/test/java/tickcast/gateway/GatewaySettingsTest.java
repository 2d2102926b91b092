package tickcast.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GatewaySettingsTest {
    private final GatewaySettings settings = GatewaySettings.of(Path.of("data"));

    @Test
    void wrongSettingsAreNamedWithTheirRange() {
        assertRefused("Setting port is 65536, must be 0 to 65535", () -> settings.withAddress("::1", 65_536));
        assertRefused("Setting host is empty, must be a name or an address", () -> settings.withAddress(" ", 0));
        assertRefused("Setting shards is 0, must be 1 to 1024", () -> settings.withShards(0));
        assertRefused(
                "Setting outboundBytes is 100, must be 65536 to 1073741824",
                () -> SessionLimits.DEFAULT.withOutboundBytes(100));
        assertRefused(
                "Setting messagesPerSecond is 0, must be 1 to 1000000",
                () -> SessionLimits.DEFAULT.withMessageRate(0, 1));
    }

    @Test
    void theJournalsLieInTheDataDirectory() {
        assertEquals(Path.of("data/feed"), settings.feedDirectory());
        assertEquals(Path.of("data/executions"), settings.executionsDirectory());
        assertEquals(Path.of("data/orders"), settings.orders().directory());
    }

    private static void assertRefused(String message, Executable change) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, change).getMessage());
    }
}
