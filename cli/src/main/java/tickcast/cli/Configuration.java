package tickcast.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tickcast.gateway.GatewaySettings;
import tickcast.gateway.Patience;
import tickcast.gateway.SessionLimits;
import tickcast.journal.IdleMode;
import tickcast.journal.JournalSettings;
import tickcast.journal.RollInterval;
import tickcast.orderentry.OrderLimits;
import tickcast.orderentry.RiskSettings;
import tickcast.protocol.Instrument;
import tickcast.protocol.json.OnSlow;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.Instruments;
import tickcast.simulator.ReplaySettings;
import tickcast.simulator.ReplaySpeed;
import tickcast.simulator.ReplayTime;
import tickcast.simulator.TradingDays;
import tickcast.simulator.recording.RecordingFormats;
import tickcast.simulator.recording.RecordingOptions;

/**
 * All settings, parsed and checked; {@code reference.conf} says what each is. Immutable.
 *
 * @param warmup how long a server runs a market of its own before it begins
 * @param drain how long a stopping gateway waits for its sessions
 * @param latencyInterval of the latency logs
 */
record Configuration(
        String host,
        int port,
        Path data,
        URI url,
        String account,
        ExchangeSettings exchange,
        GatewaySettings gateway,
        Duration drain,
        Duration latencyInterval,
        Duration warmup) {
    private static final String WAITS = "park, yield or spin";
    private static final String ON_SLOW = "conflate, skip or disconnect";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SHARDS = 1_024;
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    private static final Duration MOST_WARMUP = Duration.ofMinutes(10);
    private static final int MAX_COUNT = 10_000_000;

    static Configuration of(Config settings) {
        Path data = Path.of(settings.getString("data"));
        return new Configuration(
                settings.getString("host"),
                inRange(settings, "port", 0, MAX_PORT),
                data,
                parsed(settings, "url", Configuration::endpoint, "ws://HOST:PORT/ws"),
                parsed(settings, "account", Configuration::account, "1 to 32 of A-Z a-z 0-9 _ . -"),
                exchange(settings, data),
                gateway(settings, data),
                settings.getDuration("gateway.drain"),
                settings.getDuration("latency.interval"),
                warmup(settings));
    }

    private static Duration warmup(Config settings) {
        var length = settings.getDuration("warmup");
        if (length.isNegative() || length.compareTo(MOST_WARMUP) > 0) {
            throw wrong(settings, "warmup", "0s to " + MOST_WARMUP.toMinutes() + "m", null);
        }
        return length;
    }

    /** The directory of the latency logs. */
    Path latency() {
        return data.resolve("latency");
    }

    private static JournalSettings journal(Config settings, JournalName name, Path data) {
        return JournalSettings.of(name.in(data))
                .withRoll(parsed(
                        settings,
                        name + ".roll",
                        Configuration::rollInterval,
                        String.join(
                                ", ",
                                Arrays.stream(RollInterval.values())
                                        .map(Configuration::text)
                                        .toList())))
                .withRetainBytes(positiveBytes(settings, name + ".retain"))
                .withMinFreeBytes(settings.getBytes("journal.min-free"));
    }

    private static ExchangeSettings exchange(Config settings, Path data) {
        long rate = parsed(settings, "exchange.rate", Configuration::rate, "a number of events per second, or max");
        return new ExchangeSettings(
                JournalName.ORDERS.in(data),
                settings.getLong("exchange.seed"),
                rate,
                instruments(settings),
                journal(settings, JournalName.FEED, data),
                journal(settings, JournalName.EXECUTIONS, data),
                inRange(settings, "exchange.checkpoint-interval", 1, Integer.MAX_VALUE),
                parsed(settings, "exchange.idle", Configuration::idle, WAITS),
                tradingDays(settings),
                replay(settings));
    }

    private static TradingDays tradingDays(Config settings) {
        return new TradingDays(
                parsed(settings, "exchange.trading-day.end", Configuration::timeOfDay, "a time of day like 17:00"),
                parsed(
                        settings,
                        "exchange.trading-day.zone",
                        Configuration::zone,
                        "a time zone like UTC or Europe/London"),
                inRange(settings, "exchange.trading-day.client-order-ids", 1, Integer.MAX_VALUE),
                inRange(settings, "exchange.trading-day.client-order-ids-of-account", 1, Integer.MAX_VALUE));
    }

    private static LocalTime timeOfDay(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Null when there is nothing to replay; what is said of how is checked all the same. */
    private static ReplaySettings replay(Config settings) {
        var format = explained(settings, "replay.format", RecordingFormats::named);
        var options = new RecordingOptions(
                Set.copyOf(symbols(settings)),
                parsed(settings, "replay.date", Configuration::date, "a date like 2012-06-21"));
        var speed = explained(settings, "replay.speed", ReplaySpeed::parse);
        var from = explained(settings, "replay.from", ReplayTime::parse);
        var to = explained(settings, "replay.to", ReplayTime::parse);
        boolean loop = settings.getBoolean("replay.loop");
        boolean interactive = settings.getBoolean("replay.interactive");
        boolean paused = settings.getBoolean("replay.paused");
        var files = strings(settings, "replay.files").stream().map(Path::of).toList();
        return files.isEmpty()
                ? null
                : new ReplaySettings(files, format, options, speed, from, to, loop, interactive, paused);
    }

    private static List<String> symbols(Config settings) {
        var symbols = strings(settings, "replay.symbols");
        if (!symbols.stream().allMatch(Instrument::isSymbol)) {
            throw wrong(
                    settings,
                    "replay.symbols",
                    "names of at most " + Instrument.MAX_SYMBOL_LENGTH + " characters",
                    null);
        }
        return symbols;
    }

    private static LocalDate date(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A list, or a text of items between commas. */
    private static List<String> strings(Config settings, String key) {
        var value = settings.getValue(key);
        var all = value.valueType() == ConfigValueType.LIST
                ? settings.getStringList(key)
                : Arrays.asList(settings.getString(key).split(","));
        return all.stream().map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    private static Instruments instruments(Config settings) {
        String file = settings.getString("exchange.instruments");
        int symbols = inRange(settings, "exchange.symbols", 0, Instruments.MAX_COUNT);
        if (file.isEmpty()) {
            return symbols == 0 ? Instruments.standard() : Instruments.numbered(symbols);
        }
        try {
            return Instruments.load(Path.of(file));
        } catch (IOException e) {
            throw wrong(settings, "exchange.instruments", "a file that can be read", e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    private static long rate(String text) {
        long rate = text.equalsIgnoreCase("max") ? ExchangeSettings.UNLIMITED : Long.parseLong(text);
        if (rate < 0) {
            throw new IllegalArgumentException("below 0");
        }
        return rate;
    }

    private static IdleMode idle(String text) {
        return IdleMode.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static GatewaySettings gateway(Config settings, Path data) {
        int shards = inRange(settings, "gateway.shards", 0, MAX_SHARDS);
        try {
            return new GatewaySettings(
                    JournalName.FEED.in(data),
                    JournalName.EXECUTIONS.in(data),
                    journal(settings, JournalName.ORDERS, data),
                    settings.getString("host"),
                    settings.getInt("port"),
                    shards == 0 ? Runtime.getRuntime().availableProcessors() : shards,
                    parsed(settings, "gateway.watcher", Configuration::idle, WAITS),
                    new SessionLimits(
                            settings.getInt("gateway.max-connections"),
                            bytes(settings, "gateway.max-message"),
                            settings.getInt("gateway.messages-per-second"),
                            settings.getInt("gateway.message-burst"),
                            bytes(settings, "gateway.max-outbound"),
                            millis(settings, "gateway.heartbeat"),
                            millis(settings, "gateway.close"),
                            new Patience(
                                    parsed(settings, "gateway.on-slow", Configuration::onSlow, ON_SLOW),
                                    millis(settings, "gateway.max-lag"),
                                    positiveBytes(settings, "gateway.max-queued"),
                                    millis(settings, "gateway.ping"),
                                    millis(settings, "gateway.pong"),
                                    millis(settings, "gateway.idle"))),
                    new OrderLimits(
                            settings.getInt("gateway.max-open-orders"),
                            settings.getInt("gateway.max-pending-requests"),
                            tradingDays(settings).clientOrderIds()),
                    risk(settings, data),
                    parsed(settings, "gateway.order-writer", Configuration::idle, WAITS),
                    settings.getString("risk.operator-token"),
                    settings.getInt("gateway.max-replays"),
                    settings.getInt("latency.accounts"),
                    millis(settings, "latency.slow-order"));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(SettingKeys.named(e.getMessage(), settings), e);
        }
    }

    private static RiskSettings risk(Config settings, Path data) {
        String limits = settings.getString("risk.limits");
        return new RiskSettings(
                limits.isEmpty() ? null : Path.of(limits),
                data.resolve("halts.conf"),
                inRange(settings, "risk.max-unanswered", 1, MAX_COUNT),
                settings.getDuration("risk.max-unanswered-age"),
                inRange(settings, "risk.messages-per-second", 1, MAX_COUNT),
                inRange(settings, "risk.message-burst", 1, MAX_COUNT));
    }

    private static OnSlow onSlow(String text) {
        return OnSlow.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static long positiveBytes(Config settings, String key) {
        long value = settings.getBytes(key);
        if (value < 1) {
            throw wrong(settings, key, "above 0", null);
        }
        return value;
    }

    private static int bytes(Config settings, String key) {
        return (int) Math.min(Integer.MAX_VALUE, settings.getBytes(key));
    }

    private static int millis(Config settings, String key) {
        return (int) Math.min(Integer.MAX_VALUE, settings.getDuration(key).toMillis());
    }

    private static RollInterval rollInterval(String text) {
        return RollInterval.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String text(RollInterval roll) {
        return roll.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static URI endpoint(String text) {
        var url = URI.create(text);
        if (url.getHost() == null || !("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))) {
            throw new IllegalArgumentException("no WebSocket URL");
        }
        return url;
    }

    private static String account(String text) {
        if (!ACCOUNT.matcher(text).matches()) {
            throw new IllegalArgumentException("no account");
        }
        return text;
    }

    private static int inRange(Config settings, String key, int min, int max) {
        try {
            long value = settings.getLong(key);
            if (value >= min && value <= max) {
                return (int) value;
            }
        } catch (ConfigException.WrongType e) {
            throw wrong(settings, key, min + " to " + max, e);
        }
        throw wrong(settings, key, min + " to " + max, null);
    }

    private static <T> T parsed(Config settings, String key, Function<String, T> parser, String expected) {
        try {
            return parser.apply(settings.getString(key));
        } catch (IllegalArgumentException e) {
            throw wrong(settings, key, expected, e);
        }
    }

    /** Null for an empty text. The parser's own message says what would be right. */
    private static <T> T explained(Config settings, String key, Function<String, T> parser) {
        String text = settings.getString(key);
        try {
            return text.isEmpty() ? null : parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    settings.getValue(key).origin().description() + ": " + key + ": " + e.getMessage(), e);
        }
    }

    private static ConfigurationException wrong(Config settings, String key, String expected, Throwable cause) {
        var value = settings.getValue(key);
        return new ConfigurationException(
                value.origin().description() + ": " + key + " is '" + value.unwrapped() + "', must be " + expected,
                cause);
    }
}
