package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaySpeedTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1x",
        "1x, 1x",
        "2.5x, 2.5x",
        "1.0, 1x",
        "0.1, 0.1x",
        "1000, 1000x",
        "2.50, 2.5x",
        "1e2, 100x",
        "max, max",
        "MAX, max"
    })
    void speedsAreReadAndNamed(String text, String name) {
        assertEquals(name, ReplaySpeed.parse(text).toString());
    }

    @Test
    void maximumIsNoFactor() {
        assertTrue(ReplaySpeed.parse("max").isMax());
        assertFalse(ReplaySpeed.parse("1000").isMax());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "0.099",
                "1000.1",
                "fast",
                "x",
                "1xx",
                "NaN",
                "Infinity",
                "1e400",
                "1e999999999",
                "1,5"
            })
    void whatIsNoSpeedIsRefused(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ReplaySpeed.parse(text))
                .getMessage();
        assertTrue(message.endsWith("must be a number from 0.1 to 1000, or max"), message);
    }
}
