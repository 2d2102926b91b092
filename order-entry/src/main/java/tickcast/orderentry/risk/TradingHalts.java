package tickcast.orderentry.risk;

import java.util.HashSet;
import java.util.Set;
import tickcast.protocol.json.ErrorCode;

/** The accounts and symbols that an operator has halted. Confined to a thread. */
final class TradingHalts {
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> symbols = new HashSet<>();

    void account(String account, boolean halted) {
        set(accounts, account, halted);
    }

    void symbol(String symbol, boolean halted) {
        set(symbols, symbol, halted);
    }

    /** @param symbol null while it is not known, so that it cannot be told whether it is halted */
    RiskRefusal refusal(String account, String symbol) {
        if (accounts.contains(account)) {
            return new RiskRefusal(
                    ErrorCode.HALTED, "An operator has halted the account " + account + "; the order was not sent");
        }
        if (symbol == null) {
            return new RiskRefusal(
                    ErrorCode.FEED_NOT_READY, "The gateway has not read the symbol from the feed yet; try again");
        }
        return symbols.contains(symbol)
                ? new RiskRefusal(
                        ErrorCode.HALTED, "An operator has halted the symbol " + symbol + "; the order was not sent")
                : null;
    }

    private static void set(Set<String> names, String name, boolean halted) {
        if (halted) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }
}
