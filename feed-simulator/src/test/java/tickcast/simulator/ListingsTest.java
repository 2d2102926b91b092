package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import tickcast.protocol.Instrument;

class ListingsTest {
    private static final Instrument OLD_A = new Instrument(1, "A", 5, 1, 0);
    private static final Instrument OLD_B = new Instrument(2, "B", 5, 1, 10);

    @Test
    void idsCountFromOne() {
        Listings listings = new Listings(List.of());
        assertEquals(0, listings.size());
        assertEquals(new Instrument(1, "X", 1, 1, 0), listings.list("X", 1, 1, 0));
        assertEquals(new Instrument(2, "Y", 1, 1, 0), listings.list("Y", 1, 1, 0));
        assertEquals(2, listings.size());
    }

    @Test
    void aSymbolKeepsItsIdWithNewTerms() {
        Listings listings = new Listings(List.of(OLD_A, OLD_B));
        assertEquals(3, listings.list("C", 1, 1, 0).symbolId());
        Instrument renewed = listings.list("A", 2, 3, 4);
        assertEquals(new Instrument(1, "A", 2, 3, 4), renewed);
        assertEquals(List.of(renewed, OLD_B, new Instrument(3, "C", 1, 1, 0)), listings.all());
    }

    @Test
    void allAreListedInTheirOrderWithTheIdsTheyHave() {
        Listings listings = new Listings(List.of(OLD_A, OLD_B));
        List<Instrument> listed =
                listings.listAll(List.of(new Instrument(1, "C", 1, 1, 1), new Instrument(2, "A", 1, 1, 1)));
        assertEquals(List.of(new Instrument(3, "C", 1, 1, 1), new Instrument(1, "A", 1, 1, 1)), listed);
        assertEquals(3, listings.size());
    }

    @Test
    void namesThatDifferInCaseAreTwo() {
        Listings listings = new Listings(List.of(OLD_A));
        assertEquals(2, listings.list("a", 1, 1, 0).symbolId());
    }

    @Test
    void whatCannotBeASymbolIsNotListed() {
        Listings listings = new Listings(List.of(OLD_A));
        assertThrows(IllegalArgumentException.class, () -> listings.list("no good", 1, 1, 0));
        assertEquals(2, listings.list("B", 1, 1, 0).symbolId());
        assertThrows(UnsupportedOperationException.class, () -> listings.all().clear());
    }
}
