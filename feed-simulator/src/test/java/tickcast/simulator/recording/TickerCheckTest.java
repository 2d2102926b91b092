package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TickerCheckTest {
    private final TickerCheck check = new TickerCheck();

    @Test
    void lastTickerOfTheUpdatesIsCompared() {
        check.ticker(best(3, 70));
        check.ticker(best(5, 80));
        check.ticker(best(7, 90));
        check.book(2, best(6, 80));

        var found = check.next(false);

        assertTrue(found.agrees());
        assertEquals(5, found.ticker().id());
        assertNull(check.next(true));
    }

    @Test
    void bookWaitsForTickersBehindIt() {
        check.book(2, best(6, 80));
        assertNull(check.next(false));
        check.ticker(best(4, 70));
        assertNull(check.next(false));
        check.ticker(best(6, 90));
        assertNull(check.next(false));
        check.ticker(best(8, 80));

        assertFalse(check.next(false).agrees());
    }

    @Test
    void endSettlesWhatWaits() {
        check.book(2, best(6, 80));
        check.ticker(best(6, 80));

        assertNull(check.next(false));
        assertTrue(check.next(true).agrees());
    }

    @Test
    void updatesWithoutTickerAreNotCompared() {
        check.ticker(best(2, 70));
        check.book(2, best(6, 80));
        check.ticker(best(7, 70));

        assertNull(check.next(true));
    }

    @Test
    void quietTickersDoNotHoldBooksForEver() {
        check.ticker(best(1, 80));
        for (int id = 1; id <= 64; id++) {
            check.book(id - 1, best(id, 80));
            assertNull(check.next(false));
        }
        check.book(64, best(65, 80));

        assertTrue(check.next(false).agrees());
        assertNull(check.next(false));
    }

    private static BestPrices best(long id, long bidPrice) {
        return new BestPrices(id, id, bidPrice, 1, 100, 1);
    }
}
