package tickcast.orderentry.risk;

import java.util.Map;
import java.util.stream.Stream;

/**
 * All risk limits. What is said of an account's symbol wins; else the tighter of what is said of the account and of the
 * symbol; else the default. Immutable.
 *
 * @param symbolDefaults for every account and symbol
 * @param accountDefaults for every account
 * @param symbols by symbol
 * @param accounts by account
 */
public record RiskLimits(
        SymbolLimits symbolDefaults,
        AccountLimits accountDefaults,
        Map<String, SymbolLimits> symbols,
        Map<String, OfAccount> accounts) {
    /** No limits at all. */
    public static final RiskLimits UNLIMITED =
            new RiskLimits(SymbolLimits.UNLIMITED, AccountLimits.UNLIMITED, Map.of(), Map.of());

    private static final OfAccount UNNAMED = new OfAccount(AccountLimits.UNLIMITED, SymbolLimits.UNLIMITED, Map.of());

    public RiskLimits {
        symbols = Map.copyOf(symbols);
        accounts = Map.copyOf(accounts);
    }

    /**
     * What is said of one account.
     *
     * @param every for each of its symbols
     * @param symbols by symbol
     */
    public record OfAccount(AccountLimits account, SymbolLimits every, Map<String, SymbolLimits> symbols) {
        public OfAccount {
            symbols = Map.copyOf(symbols);
        }
    }

    /** What holds for the account as a whole. */
    public AccountLimits account(String account) {
        return accounts.getOrDefault(account, UNNAMED).account().or(accountDefaults);
    }

    /** What holds for the account's orders of the symbol. */
    public SymbolLimits symbol(String account, String symbol) {
        var ofAccount = accounts.getOrDefault(account, UNNAMED);
        var ofBoth = ofAccount.symbols().getOrDefault(symbol, SymbolLimits.UNLIMITED);
        var ofSymbol = symbols.getOrDefault(symbol, SymbolLimits.UNLIMITED);
        return ofBoth.or(ofAccount.every().tightenedBy(ofSymbol)).or(symbolDefaults);
    }

    /** The symbols that anything is said of, each once, in the order of their names. */
    public Stream<String> namedSymbols() {
        return Stream.concat(
                        symbols.keySet().stream(),
                        accounts.values().stream().flatMap(account -> account.symbols().keySet().stream()))
                .distinct()
                .sorted();
    }
}
