package tickcast.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tickcast.client.ClientCounters;
import tickcast.client.SubscriptionTerms;
import tickcast.client.TickcastClient;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.OnSlow;
import tickcast.protocol.json.PastOutcome;
import tickcast.protocol.json.ServerMessage;

@Command(
        name = "subscribe",
        description =
                "Subscribes to symbols and shows what comes: a live table on a terminal, else one line per update.",
        footer = {
            "",
            "Examples:",
            "  tickcast subscribe BTC/USD AAPL",
            "  tickcast subscribe '*' --verify --duration 1m --format json > updates.json",
            "  tickcast subscribe AAPL --from 2026-01-31T12:00:00Z --replay-speed 10"
        })
final class SubscribeCommand extends Subcommand {
    /** How updates are shown. */
    enum Format {
        TEXT,
        JSON,
        RAW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The choices of --encoding. */
    enum Encoding {
        V1,
        SBE,
        JSON;

        Subprotocol subprotocol() {
            return Subprotocol.valueOf(name());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The choices of --on-slow. */
    enum SlowPolicy {
        CONFLATE,
        SKIP,
        DISCONNECT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double LOWEST_RATE = 0.1;
    private static final double HIGHEST_RATE = 1_000;
    private static final String ALL = "*";
    private static final Duration REFRESH = Duration.ofMillis(200);

    @Parameters(
            paramLabel = "SYMBOL",
            arity = "1..*",
            description = "What to subscribe to; '*' stands for all, those listed later too.")
    private List<String> symbols;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}: readable, JSON lines, or the WebSocket messages as they are, "
                    + "binary ones in hexadecimal. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description = "Form of the market data on the wire: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Encoding encoding = Encoding.SBE;

    @Option(
            names = "--max-rate",
            paramLabel = "RATE",
            description =
                    "Most updates of a symbol's book and price in a second, 0.1 to 1000; trades all come. Default: "
                            + "every update.")
    private Double maxRate;

    @Option(
            names = "--on-slow",
            paramLabel = "POLICY",
            description = "What the gateway does when updates are not read fast enough: ${COMPLETION-CANDIDATES}. "
                    + "Default: ${DEFAULT-VALUE}.")
    private SlowPolicy onSlow = SlowPolicy.CONFLATE;

    @Option(
            names = "--verify",
            description = "Check every message: chain of sequences and book checksum (sbe and json). Exit status 1 "
                    + "when there was a gap or a mismatch, or nothing to check.")
    private boolean verify;

    @Option(names = "--count", paramLabel = "N", description = "Stop after so many updates. Default: never.")
    private Long count;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "Stop after so long (10s, 5m). Default: until stopped.")
    private Duration duration;

    @Mixin
    private PastOptions past;

    @Mixin
    private ClientOptions gateway;

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw wrong("--count is " + count + ", must be 1 or more");
        }
        if (verify && encoding == Encoding.V1) {
            throw wrong("--verify needs --encoding sbe or json; v1 has neither sequences nor checksums");
        }
        if (verify && format == Format.RAW) {
            throw wrong("--verify needs --format text or json; raw shows messages without reading them");
        }
        if (maxRate != null && !(maxRate >= LOWEST_RATE && maxRate <= HIGHEST_RATE)) {
            throw wrong("--max-rate is " + maxRate + ", must be 0.1 to 1000");
        }
        var replay = replay();
        var url = configuration(gateway).url();
        var output = new FeedOutput(out(), count == null ? Long.MAX_VALUE : count);
        return format == Format.RAW ? showRaw(url, output, replay) : show(url, output, replay);
    }

    private int showRaw(URI url, FeedOutput output, ClientMessage.Replay replay) {
        try (var raw = new RawFeed(output)) {
            raw.open(url, encoding.subprotocol(), symbols, terms(), replay, stop());
            showUntilEnd(output, raw.ended(), output::flush);
            return ExitStatus.OK;
        }
    }

    private int show(URI url, FeedOutput output, ClientMessage.Replay replay) {
        var out = out();
        var err = err();
        boolean table = format == Format.TEXT && Terminal.isTerminal();
        var tableFeed = new TableFeed(output, err);
        SubscriberListener listener = table
                ? tableFeed
                : format == Format.JSON ? new JsonFeed(encoding.subprotocol(), output, err) : new TextFeed(output, err);
        var client = TickcastClient.builder(url)
                .subprotocol(encoding.subprotocol())
                .listener(listener)
                .build();
        try {
            GatewayCall.connect(client, url, stop());
            var subscribed = GatewayCall.answer(
                    replay == null ? client.subscribe(symbols, terms()) : client.replay(symbols, replay), stop());
            for (var rejected : subscribed.rejected()) {
                err.println("tickcast: " + rejected.symbol() + ": " + rejected.error());
            }
            if (subscribed.symbols().isEmpty() && !symbols.contains(ALL)) {
                throw new CommandFailedException("No symbol to show; 'tickcast symbols' lists them");
            }
            showUntilEnd(output, ended(client, listener, replay), table ? () -> tableFeed.draw(out) : output::flush);
            return verify ? verdict(subscribed, listener, client.counters(), err) : ExitStatus.OK;
        } finally {
            GatewayCall.close(client);
        }
    }

    private static CompletableFuture<Void> ended(
            TickcastClient client, SubscriberListener listener, ClientMessage.Replay replay) {
        if (replay == null || replay.to() == null) {
            return client.ended();
        }
        var replayed = listener.replayed().thenAccept(outcome -> {
            if (outcome != PastOutcome.FINISHED) {
                throw new CommandFailedException("There is no such replay: " + outcome.description());
            }
        });
        return CompletableFuture.anyOf(client.ended(), replayed).thenApply(any -> null);
    }

    private ClientMessage.Replay replay() {
        ClientMessage.Replay replay;
        try {
            replay = past.replay();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        if (replay != null && encoding == Encoding.V1) {
            throw wrong("--from needs --encoding sbe or json; v1 has no sequences");
        }
        if (replay != null && maxRate != null) {
            throw wrong("--max-rate does not go with --from: the past has every update");
        }
        return replay;
    }

    private SubscriptionTerms terms() {
        return SubscriptionTerms.DEFAULT
                .withMaxRate(maxRate == null ? 0 : maxRate)
                .withOnSlow(OnSlow.valueOf(onSlow.name()));
    }

    private void showUntilEnd(FeedOutput output, CompletableFuture<Void> ended, Runnable refresh) {
        var end = CompletableFuture.anyOf(output.finished(), ended, stop().future());
        long deadline = System.nanoTime() + (duration == null ? Long.MAX_VALUE / 2 : duration.toNanos());
        boolean over = false;
        while (!over) {
            refresh.run();
            long left = deadline - System.nanoTime();
            over = left <= 0 || isDone(end, Math.min(left, REFRESH.toNanos()));
        }
        refresh.run();
    }

    private static boolean isDone(CompletableFuture<?> end, long limitNanos) {
        try {
            end.get(limitNanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new CommandFailedException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static int verdict(
            ServerMessage.Subscribed subscribed,
            SubscriberListener listener,
            ClientCounters counters,
            PrintWriter err) {
        var proved = listener.proved();
        var unproved = subscribed.symbols().stream()
                .map(ServerMessage.Listing::symbol)
                .filter(symbol -> !proved.contains(symbol))
                .toList();
        boolean right =
                unproved.isEmpty() && !proved.isEmpty() && counters.gaps() == 0 && counters.checksumMismatches() == 0;
        err.printf(
                "verify: %s: %d messages, %d symbols, %d gaps, %d checksum mismatches%s%n",
                right ? "right" : "WRONG",
                counters.messages(),
                proved.size() + unproved.size(),
                counters.gaps(),
                counters.checksumMismatches(),
                unproved.isEmpty() ? "" : ", nothing to check of " + String.join(", ", unproved));
        return right ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
