package tickcast.cli.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickcast.protocol.Subprotocol;

class FormMixTest {
    @Test
    void oneForm() {
        assertEquals(
                List.of(Subprotocol.SBE, Subprotocol.SBE), FormMix.parse("sbe").forms(2));
    }

    @Test
    void withoutSharesAllTheSame() {
        var forms = FormMix.parse("v1,SBE,json").forms(9);
        for (var form : Subprotocol.values()) {
            assertEquals(3, Collections.frequency(forms, form));
        }
    }

    @Test
    void shares() {
        var forms = FormMix.parse("v1=80, sbe=15,json=5").forms(10_000);
        assertEquals(8_000, Collections.frequency(forms, Subprotocol.V1));
        assertEquals(1_500, Collections.frequency(forms, Subprotocol.SBE));
        assertEquals(500, Collections.frequency(forms, Subprotocol.JSON));
    }

    @Test
    void everySubscriberHasOne() {
        var mix = FormMix.parse("v1=1,sbe=1,json=1");
        for (int count = 0; count < 20; count++) {
            assertEquals(count, mix.forms(count).size());
        }
    }

    @Test
    void noPatternButTheSameEachTime() {
        var mix = FormMix.parse("v1,sbe");
        var forms = mix.forms(100);
        assertEquals(forms, mix.forms(100));
        long even = 0;
        for (int i = 0; i < 100; i += 2) {
            even += forms.get(i) == Subprotocol.V1 ? 1 : 0;
        }
        assertTrue(even > 10 && even < 40, () -> forms.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            xml      | form 'xml' is unknown
            ''       | form '' is unknown
            sbe,     | form '' is unknown
            sbe,sbe  | is named twice
            sbe=0    | share '0' must be
            sbe=-1   | share '-1' must be
            sbe=half | share 'half' must be
            """)
    void wrong(String text, String said) {
        var failure = assertThrows(IllegalArgumentException.class, () -> FormMix.parse(text));
        assertTrue(failure.getMessage().contains(said), failure.getMessage());
    }
}
