package tickcast.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import tickcast.client.OrderOutcome;
import tickcast.client.OrderRequest;
import tickcast.client.TickcastClient;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

@Command(
        name = "order",
        description = {
            "Places an order, prints the answer and the execution reports that follow.",
            "With a price it is a limit order, without one a market order."
        },
        customSynopsis = "tickcast order [OPTIONS] buy|sell SYMBOL QTY [@ PRICE]",
        footer = {
            "",
            "Examples:",
            "  tickcast order buy BTC/USD 0.25 @ 64000",
            "  tickcast order sell AAPL 10 --client-order-id exit-1 --wait 5s"
        })
final class OrderCommand extends AccountSubcommand {
    private static final Duration MAX_RECV_WINDOW = Duration.ofSeconds(60);

    /** How an order is spelled on the command line. */
    enum Direction {
        BUY(Side.BUY),
        SELL(Side.SELL);

        final Side side;

        Direction(Side side) {
            this.side = side;
        }

        @Override
        public String toString() {
            return side == Side.BUY ? "buy" : "sell";
        }
    }

    /** The choices of --tif. */
    enum Tif {
        GTC(TimeInForce.GTC),
        DAY(TimeInForce.DAY),
        IOC(TimeInForce.IOC),
        FOK(TimeInForce.FOK);

        final TimeInForce timeInForce;

        Tif(TimeInForce timeInForce) {
            this.timeInForce = timeInForce;
        }
    }

    /** The choices of --self-trade. */
    enum SelfTrade {
        CANCEL_NEWEST(SelfTradePrevention.CANCEL_NEWEST),
        CANCEL_OLDEST(SelfTradePrevention.CANCEL_OLDEST),
        CANCEL_BOTH(SelfTradePrevention.CANCEL_BOTH),
        NONE(SelfTradePrevention.NONE);

        final SelfTradePrevention mode;

        SelfTrade(SelfTradePrevention mode) {
            this.mode = mode;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(index = "0", paramLabel = "buy|sell", description = "The side.")
    private Direction direction;

    @Parameters(index = "1", paramLabel = "SYMBOL", description = "What to trade; see 'tickcast symbols'.")
    private String symbol;

    @Parameters(index = "2", paramLabel = "QTY", converter = MantissaConverter.class, description = "How much.")
    private Long quantity;

    @Parameters(
            index = "3..*",
            arity = "0..2",
            paramLabel = "@ PRICE",
            description = "The limit; without it the order trades at once at what the book offers.")
    private List<String> priceWords = List.of();

    @Option(
            names = "--tif",
            paramLabel = "TIF",
            description =
                    "Time in force: GTC (rests until cancelled), DAY (until the trading day ends), IOC (trades at once or is cancelled), "
                            + "FOK (trades wholly at once or not at all). Default: GTC; IOC for a market order.")
    private Tif tif;

    @Option(names = "--post-only", description = "Refused rather than trading at once.")
    private boolean postOnly;

    @Option(names = "--client-order-id", paramLabel = "ID", description = "Your own name for the order.")
    private String clientOrderId = "";

    @Option(
            names = "--recv-window",
            paramLabel = "DURATION",
            description = "Refused rather than executed later than this (5ms, 2s; at most 60s) after it was sent.")
    private Duration recvWindow = Duration.ZERO;

    @Option(
            names = "--self-trade",
            paramLabel = "MODE",
            description = "When it would trade with an order of the same account: cancel-newest, cancel-oldest, "
                    + "cancel-both or none. Default: what holds for the account.")
    private SelfTrade selfTrade;

    @Option(names = "--validate", description = "Only checks the order; nothing is placed.")
    private boolean validate;

    @Option(
            names = "--cancel-on-exit",
            description = "What is left of the order is cancelled when this command ends, however it ends.")
    private boolean cancelOnExit;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait for execution reports (500ms, 10s). Default: 1s.")
    private Duration wait = Duration.ofSeconds(1);

    @Override
    public Integer call() {
        var request = request();
        return new OrderSession(configuration(), stop(), out()).run(client -> place(client, request), wait);
    }

    private CompletableFuture<OrderOutcome> place(TickcastClient client, OrderRequest request) {
        if (validate) {
            return client.validateOrder(request);
        }
        if (cancelOnExit) {
            return client.cancelOnDisconnect(CancelScope.SESSION, Duration.ZERO, true)
                    .thenCompose(terms -> client.placeOrder(request));
        }
        return client.placeOrder(request);
    }

    private OrderRequest request() {
        long price = price();
        boolean market = price == 0;
        if (market && postOnly) {
            throw wrong("--post-only needs a price: '@ PRICE' after the quantity");
        }
        if (market && (tif == Tif.GTC || tif == Tif.DAY)) {
            throw wrong("a market order never rests: --tif must be IOC or FOK, or give a price: '@ PRICE'");
        }
        if (recvWindow.compareTo(MAX_RECV_WINDOW) > 0) {
            throw wrong("--recv-window must be at most 60s");
        }
        var chosen = tif != null ? tif.timeInForce : market ? TimeInForce.IOC : TimeInForce.GTC;
        return new OrderRequest(
                symbol,
                direction.side,
                market ? OrderType.MARKET : OrderType.LIMIT,
                chosen,
                postOnly,
                price,
                quantity,
                clientOrderId,
                (int) recvWindow.toMillis(),
                selfTrade == null ? null : selfTrade.mode);
    }

    /** 0 = none. */
    private long price() {
        String text = String.join(" ", priceWords).strip();
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.startsWith("@") || text.length() == 1) {
            throw wrong("'" + text + "' after the quantity is no price; write '@ PRICE', such as '@ 101.5'");
        }
        try {
            return new MantissaConverter().convert(text.substring(1).strip());
        } catch (TypeConversionException e) {
            throw wrong("the price " + e.getMessage());
        }
    }
}
