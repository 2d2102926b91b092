package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Decimal8Test {
    @Test
    void parsesExactly() {
        assertEquals(150_000_000, Decimal8.parse("1.5"));
        assertEquals(1, Decimal8.parse("0.00000001"));
        assertEquals(-1, Decimal8.parse("-1e-8"));
        assertEquals(Long.MAX_VALUE, Decimal8.parse("92233720368.54775807"));
        assertEquals(100_000_000, Decimal8.parse("1.000000000000"));
        assertEquals(0, Decimal8.parse("0e999999999"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "NaN",
                "Infinity",
                "0.000000001",
                "92233720368.54775808",
                "1e400",
                "1e999999999",
                "1e-99"
            })
    void refusesWhatDoesNotFit(String text) {
        assertThrows(NumberFormatException.class, () -> Decimal8.parse(text));
    }

    @Test
    void formatsPlainly() {
        assertEquals("0", Decimal8.format(0));
        assertEquals("1", Decimal8.format(Decimal8.ONE));
        assertEquals("64250", Decimal8.format(64_250 * Decimal8.ONE));
        assertEquals("0.00000001", Decimal8.format(1));
        assertEquals("-1.5", Decimal8.format(-150_000_000));
        assertEquals(new BigDecimal("64250"), Decimal8.toBigDecimal(64_250 * Decimal8.ONE));
    }

    @Test
    void doublesAreTheNearest() {
        assertEquals(0.1, Decimal8.toDouble(10_000_000));
        assertEquals(64_250.51, Decimal8.toDouble(6_425_051_000_000L));
        assertEquals(6_425_051_000_000L, Decimal8.ofDouble(64_250.51));
    }
}
