package tickcast.orderentry;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tickcast.orderentry.risk.AccountLimits;
import tickcast.orderentry.risk.RiskLimits;
import tickcast.orderentry.risk.SymbolLimits;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.SelfTradePrevention;

/**
 * Reads risk limits from HOCON: {@code defaults}, {@code symbols} by symbol, {@code accounts} by account and, within one,
 * {@code symbols} again. What is no limit, or no value for one, is refused by name and line.
 */
final class RiskLimitsParser {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    private static final long MOST_COUNT = 1_000_000_000;
    private static final String SYMBOLS = "symbols";
    private static final List<String> OF_SYMBOL = List.of(
            "max-quantity",
            "max-notional",
            "price-collar",
            "max-position",
            "max-symbol-open-orders",
            "self-trade-prevention");
    private static final List<String> OF_ACCOUNT = List.of("max-open-orders", "messages-per-second", "message-burst");

    private RiskLimitsParser() {}

    /**
     * @param name of the file, for messages
     * @throws RiskLimitsException when something is wrong
     */
    static RiskLimits parse(String text, String name) {
        Config config;
        try {
            config = ConfigFactory.parseString(
                            text, ConfigParseOptions.defaults().setOriginDescription(name))
                    .resolve();
        } catch (ConfigException e) {
            throw new RiskLimitsException(e.getMessage(), e);
        }
        var root = config.root();
        requireKnown(root, "the file", List.of("defaults", SYMBOLS, "accounts"));
        var defaults = section(root, "defaults");
        requireKnown(defaults, "defaults", all(OF_ACCOUNT, OF_SYMBOL));
        var accounts = new HashMap<String, RiskLimits.OfAccount>();
        section(root, "accounts").forEach((account, value) -> {
            if (!ACCOUNT.matcher(account).matches()) {
                throw wrongName(value, "accounts", account, "1 to 32 of A-Z a-z 0-9 _ . -");
            }
            accounts.put(account, account(object(value, "accounts." + account), "accounts." + account));
        });
        return new RiskLimits(ofSymbol(defaults), ofAccount(defaults), symbols(root, ""), accounts);
    }

    private static RiskLimits.OfAccount account(ConfigObject limits, String path) {
        requireKnown(limits, path, all(all(OF_ACCOUNT, OF_SYMBOL), List.of(SYMBOLS)));
        return new RiskLimits.OfAccount(ofAccount(limits), ofSymbol(limits), symbols(limits, path + "."));
    }

    private static Map<String, SymbolLimits> symbols(ConfigObject parent, String path) {
        var symbols = new HashMap<String, SymbolLimits>();
        section(parent, SYMBOLS).forEach((symbol, value) -> {
            if (!Instrument.isSymbol(symbol)) {
                throw wrongName(
                        value,
                        path + SYMBOLS,
                        symbol,
                        "names of at most " + Instrument.MAX_SYMBOL_LENGTH + " characters");
            }
            var limits = object(value, path + SYMBOLS + "." + symbol);
            requireKnown(limits, path + SYMBOLS + "." + symbol, OF_SYMBOL);
            symbols.put(symbol, ofSymbol(limits));
        });
        return symbols;
    }

    private static SymbolLimits ofSymbol(ConfigObject limits) {
        return new SymbolLimits(
                amount(limits, "max-quantity"),
                amount(limits, "max-notional"),
                amount(limits, "price-collar"),
                amount(limits, "max-position"),
                count(limits, "max-symbol-open-orders"),
                parsed(limits, "self-trade-prevention", null, RiskLimitsParser::mode, modes()));
    }

    private static AccountLimits ofAccount(ConfigObject limits) {
        return new AccountLimits(
                count(limits, "max-open-orders"), count(limits, "messages-per-second"), count(limits, "message-burst"));
    }

    private static long amount(ConfigObject limits, String key) {
        return parsed(
                limits,
                key,
                SymbolLimits.NONE,
                text -> positive(Decimal8.parse(text), Long.MAX_VALUE - 1),
                "a number above 0 with at most 8 decimals");
    }

    private static long count(ConfigObject limits, String key) {
        return parsed(
                limits,
                key,
                SymbolLimits.NONE,
                text -> positive(Long.parseLong(text), MOST_COUNT),
                "a whole number from 1 to " + MOST_COUNT);
    }

    private static long positive(long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static SelfTradePrevention mode(String text) {
        var mode = SelfTradePrevention.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (mode == SelfTradePrevention.NULL_VAL) {
            throw new IllegalArgumentException("no mode");
        }
        return mode;
    }

    private static String modes() {
        return Arrays.stream(SelfTradePrevention.values())
                .filter(mode -> mode != SelfTradePrevention.NULL_VAL)
                .map(mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static <T> T parsed(
            ConfigObject limits, String key, T whenAbsent, Function<String, T> parser, String expected) {
        var value = limits.get(key);
        if (value == null) {
            return whenAbsent;
        }
        boolean text = value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER;
        if (text) {
            try {
                return parser.apply(limits.toConfig().getString(key));
            } catch (IllegalArgumentException e) {
                throw wrong(value, key, expected, e);
            }
        }
        throw wrong(value, key, expected, null);
    }

    private static ConfigObject section(ConfigObject parent, String key) {
        var value = parent.get(key);
        return value == null ? ConfigFactory.empty().root() : object(value, key);
    }

    private static ConfigObject object(ConfigValue value, String path) {
        if (value instanceof ConfigObject object) {
            return object;
        }
        throw wrong(value, path, "limits in braces", null);
    }

    private static void requireKnown(ConfigObject limits, String path, List<String> known) {
        limits.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw new RiskLimitsException(
                        value.origin().description() + ": unknown key " + key + " in " + path + "; there are: "
                                + String.join(", ", known),
                        null);
            }
        });
    }

    private static RiskLimitsException wrong(ConfigValue value, String key, String expected, Throwable cause) {
        return new RiskLimitsException(
                value.origin().description() + ": " + key + " is '" + value.unwrapped() + "', must be " + expected,
                cause);
    }

    private static RiskLimitsException wrongName(ConfigValue value, String section, String name, String expected) {
        return new RiskLimitsException(
                value.origin().description() + ": the name '" + name + "' in " + section + " must be " + expected,
                null);
    }

    private static List<String> all(List<String> some, List<String> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
