package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickcast.orderentry.risk.AccountLimits;
import tickcast.orderentry.risk.RiskLimits;
import tickcast.orderentry.risk.SymbolLimits;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.SelfTradePrevention;

class RiskLimitsParserTest {
    private static final long ONE = Decimal8.ONE;
    private static final long NONE = SymbolLimits.NONE;

    @Test
    void nothingIsNoLimits() {
        assertEquals(RiskLimits.UNLIMITED, RiskLimitsParser.parse("", "risk.conf"));
        assertEquals(RiskLimits.UNLIMITED, RiskLimitsParser.parse("defaults {}\naccounts {}\nsymbols {}", "risk.conf"));
    }

    @Test
    void everyLimit() {
        var limits = RiskLimitsParser.parse("""
                defaults {
                  max-quantity = 1000
                  max-notional = 1000000.5
                  price-collar = 7.5          # percent
                  max-position = "2500.00000001"
                  max-symbol-open-orders = 20
                  self-trade-prevention = cancel-oldest
                  max-open-orders = 100
                  messages-per-second = 50
                  message-burst = 80
                }
                symbols { "BTC/USD" { max-quantity = 5 } }
                accounts {
                  alice {
                    max-open-orders = 7
                    self-trade-prevention = none
                    symbols { "BTC/USD" { max-position = 2 } }
                  }
                }
                """, "risk.conf");
        assertEquals(
                new SymbolLimits(
                        1_000 * ONE,
                        Decimal8.parse("1000000.5"),
                        Decimal8.parse("7.5"),
                        Decimal8.parse("2500.00000001"),
                        20,
                        SelfTradePrevention.CANCEL_OLDEST),
                limits.symbol("bob", "AAPL"));
        assertEquals(new AccountLimits(100, 50, 80), limits.account("bob"));
        assertEquals(new AccountLimits(7, 50, 80), limits.account("alice"));
        assertEquals(5 * ONE, limits.symbol("bob", "BTC/USD").maxQuantity());
        assertEquals(5 * ONE, limits.symbol("alice", "BTC/USD").maxQuantity());
        assertEquals(2 * ONE, limits.symbol("alice", "BTC/USD").maxPosition());
        assertEquals(SelfTradePrevention.NONE, limits.symbol("alice", "BTC/USD").selfTradePrevention());
        assertEquals(NONE, RiskLimits.UNLIMITED.symbol("bob", "AAPL").maxQuantity());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            defaults { max-quantity = -1 }                | risk.conf: 1: max-quantity is '-1', must be a number above 0 with at most 8 decimals
            defaults { max-quantity = 1e-9 }              | risk.conf: 1: max-quantity is '1.0E-9', must be a number above 0 with at most 8 decimals
            defaults { max-position = many }              | risk.conf: 1: max-position is 'many', must be a number above 0 with at most 8 decimals
            defaults { max-open-orders = 1.5 }            | risk.conf: 1: max-open-orders is '1.5', must be a whole number from 1 to 1000000000
            defaults { max-open-orders = 0 }              | risk.conf: 1: max-open-orders is '0', must be a whole number from 1 to 1000000000
            defaults { self-trade-prevention = null_val } | risk.conf: 1: self-trade-prevention is 'null_val', must be cancel-newest, cancel-oldest, cancel-both, none
            defaults { max-quantity = [1] }               | risk.conf: 1: max-quantity is '[1]', must be a number above 0 with at most 8 decimals
            defaults = 5                                  | risk.conf: 1: defaults is '5', must be limits in braces
            accounts { a { symbols { X = 1 } } }          | risk.conf: 1: accounts.a.symbols.X is '1', must be limits in braces
            accounts { "a b" { } }                        | risk.conf: 1: the name 'a b' in accounts must be 1 to 32 of A-Z a-z 0-9 _ . -
            default { }                                   | risk.conf: 1: unknown key default in the file; there are: defaults, symbols, accounts
            symbols { X { max-open-orders = 1 } }         | risk.conf: 1: unknown key max-open-orders in symbols.X; there are: max-quantity, max-notional, price-collar, max-position, max-symbol-open-orders, self-trade-prevention
            """)
    void whatIsWrongIsNamed(String text, String message) {
        var refused = assertThrows(RiskLimitsException.class, () -> RiskLimitsParser.parse(text, "risk.conf"));
        assertEquals(message, refused.getMessage());
    }

    @Test
    void aFileThatCannotBeReadIsNamedByLine() {
        var refused = assertThrows(
                RiskLimitsException.class,
                () -> RiskLimitsParser.parse("defaults {\n  max-quantity = \n", "risk.conf"));
        assertEquals("risk.conf: 3:", refused.getMessage().substring(0, 13), refused.getMessage());
    }
}
