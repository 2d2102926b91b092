package tickcast.orderentry.risk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts of which there is something to know: orders, positions, or clientOrderIds of the trading day. Others are not
 * kept, however many come and ask. Confined to a thread.
 */
final class RiskAccounts {
    private final MarketBoard market;
    private final Map<String, AccountRisk> accounts = new HashMap<>();
    private RiskLimits limits;
    private int generation;

    RiskAccounts(RiskLimits limits, MarketBoard market) {
        this.limits = limits;
        this.market = market;
        this.generation = market.generation();
    }

    int size() {
        return accounts.size();
    }

    void clear() {
        accounts.clear();
    }

    void limits(RiskLimits newLimits) {
        limits = newLimits;
        accounts.values().forEach(AccountRisk::forgetLimits);
    }

    /** Null when nothing is known of it. */
    AccountRisk find(String name) {
        return accounts.get(name);
    }

    /** One that is kept, or else one to look at only. */
    AccountRisk view(String name) {
        var account = accounts.get(name);
        return account == null ? new AccountRisk(name) : account;
    }

    /** One that is kept until it is {@link #changed} and empty. */
    AccountRisk keep(String name) {
        var account = accounts.get(name);
        if (account == null) {
            account = new AccountRisk(name);
            accounts.put(name, account);
        }
        return account;
    }

    /** The account, which is kept, may have nothing more that is to be known. */
    void changed(AccountRisk account) {
        if (account.isEmpty()) {
            accounts.remove(account.name(), account);
        }
    }

    void newDay() {
        accounts.values().removeIf(account -> {
            account.newDay();
            return account.isEmpty();
        });
    }

    List<String> withOrders(int symbolId) {
        var names = new ArrayList<String>();
        accounts.values().stream()
                .filter(account -> account.hasOpenOrders(symbolId))
                .forEach(account -> names.add(account.name()));
        return names;
    }

    SymbolLimits limits(AccountRisk account, SymbolRisk symbol) {
        if (generation != market.generation()) {
            generation = market.generation();
            accounts.values().forEach(AccountRisk::forgetLimits);
        }
        if (symbol.limits() == null) {
            String text = market.symbol(symbol.symbolId());
            symbol.limits(limits.symbol(account.name(), text == null ? "" : text));
        }
        return symbol.limits();
    }

    AccountLimits limits(AccountRisk account) {
        if (account.limits() == null) {
            account.limits(limits.account(account.name()));
        }
        return account.limits();
    }
}
