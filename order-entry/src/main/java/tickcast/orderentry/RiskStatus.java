package tickcast.orderentry;

import java.time.Instant;
import java.util.List;

/**
 * How orders are checked now.
 *
 * @param limits file of the limits, null when there is none
 * @param loaded when the limits that hold were read, null when there are none
 * @param error why the file as it is now was not taken, null when it was
 * @param unknownSymbols symbols that the limits name and nobody trades: typing errors, unless they are still to come; in the
 *     order of their names, empty before any symbol is known
 * @param haltedAccounts in the order of their names
 * @param haltedSymbols in the order of their names
 */
public record RiskStatus(
        String limits,
        Instant loaded,
        String error,
        List<String> unknownSymbols,
        List<String> haltedAccounts,
        List<String> haltedSymbols) {}
