package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.latency.LatencyLog;
import tickcast.orderentry.archive.OrderArchive;
import tickcast.orderentry.risk.MarketBoard;
import tickcast.protocol.Decimal8;
import tickcast.protocol.Instrument;
import tickcast.protocol.InstrumentDirectory;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/** The order side of a gateway with one desk, stepped by hand over real journals. */
final class GatewayRig implements AutoCloseable {
    static final int RING_BYTES = 1 << 16;
    static final Instrument ACME = new Instrument(1, "ACME", Decimal8.ONE / 100, Decimal8.ONE, 100 * Decimal8.ONE);
    static final Instrument COIN = new Instrument(2, "COIN", Decimal8.ONE / 2, Decimal8.ONE / 10, 10 * Decimal8.ONE);
    static final int ARCHIVED_ORDERS = 100;
    static final int ARCHIVED_ACCOUNTS = 50;
    static final OrderLimits LIMITS = new OrderLimits(3, 5);

    final LatencyLog latency = LatencyLog.discarding();
    final OrderTiming timing = new OrderTiming(latency, 1, 100_000_000);
    final RiskControl control;
    final OrderWriter writer;
    final OrderArchive archive;
    final OrderDesk desk;
    private final Path data;
    private final AtomicLong clock;
    private final OrderLimits limits;
    boolean exchangeUp = true;
    /** Of every symbol; 0 = none. */
    long markPrice;

    GatewayRig(Path data, AtomicLong clock) {
        this(data, clock, RING_BYTES, 0, LIMITS);
    }

    GatewayRig(Path data, AtomicLong clock, int ringBytes, long minFreeBytes, OrderLimits limits) {
        this(data, clock, ringBytes, minFreeBytes, limits, null);
    }

    /** With checks of risk. */
    GatewayRig(Path data, AtomicLong clock, OrderLimits limits, RiskSettings risk) {
        this(data, clock, RING_BYTES, 0, limits, risk);
    }

    private GatewayRig(
            Path data, AtomicLong clock, int ringBytes, long minFreeBytes, OrderLimits limits, RiskSettings risk) {
        this.data = data;
        this.clock = clock;
        this.limits = limits;
        var settings = JournalSettings.of(data.resolve("orders")).withMinFreeBytes(minFreeBytes);
        var journal = JournalWriter.open(settings);
        var absences = AbsenceLog.open(settings.directory().resolve(AbsenceLog.FILE_NAME));
        control = risk == null ? null : RiskControl.open(risk, limits, board());
        writer = control == null
                ? OrderWriter.stepped(journal, absences, latency, clock::get, ringBytes)
                : OrderWriter.stepped(journal, absences, this::check, latency, clock::get, ringBytes);
        archive = new OrderArchive(data.resolve("executions"), ARCHIVED_ORDERS, ARCHIVED_ACCOUNTS, clock::get);
        desk = newDesk();
    }

    /** Another desk, as another event loop has it. */
    OrderDesk newDesk() {
        return new OrderDesk(
                data.resolve("executions"),
                writer,
                instruments(),
                () -> exchangeUp,
                timing,
                clock::get,
                limits,
                archive,
                symbolId -> markPrice);
    }

    private RequestCheck check(Runnable wake) {
        return control.check(data.resolve("orders"), data.resolve("executions"), wake, clock::get);
    }

    private static MarketBoard board() {
        var board = new MarketBoard();
        board.define(ACME.symbolId(), ACME.symbol(), ACME.referencePrice());
        board.define(COIN.symbolId(), COIN.symbol(), COIN.referencePrice());
        return board;
    }

    static InstrumentDirectory instruments() {
        var instruments = new InstrumentDirectory();
        instruments.add(ACME);
        instruments.add(COIN);
        return instruments;
    }

    /** Writes all that was offered. */
    void write() {
        while (writer.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Reads all executions; returns how many transactions that were. */
    int read() {
        int read = 0;
        for (int more = desk.poll(10); more > 0; more = desk.poll(10)) {
            read += more;
        }
        desk.sent();
        return read;
    }

    /** Lets the archive do all that it can do now, and its answers be told. */
    void askArchive() {
        do {
            while (archive.doWork() > 0) {
                Thread.onSpinWait();
            }
            desk.poll(0);
        } while (archive.doWork() > 0);
    }

    @Override
    public void close() {
        desk.close();
        archive.close();
        writer.close();
        if (control != null) {
            control.close();
        }
        latency.close();
    }

    static ClientMessage.PlaceOrder buy(String clientOrderId, int quantity, int price) {
        return place(clientOrderId, ACME.symbol(), Side.BUY, quantity * Decimal8.ONE, price * Decimal8.ONE);
    }

    static ClientMessage.PlaceOrder place(String clientOrderId, String symbol, Side side, long quantity, long price) {
        return new ClientMessage.PlaceOrder(
                null,
                clientOrderId,
                symbol,
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                false,
                price,
                quantity,
                1_700_000_000_000L);
    }

    static ClientMessage.CancelOrder cancel(long orderId) {
        return new ClientMessage.CancelOrder(null, orderId, "");
    }

    static ClientMessage.ReplaceOrder replace(long orderId, int quantity, int price) {
        return new ClientMessage.ReplaceOrder(null, orderId, "", price * Decimal8.ONE, quantity * Decimal8.ONE);
    }

    static ClientMessage.CancelAll cancelAll(String symbol) {
        return new ClientMessage.CancelAll(null, symbol, null);
    }

    static JsonNode id(int id) {
        return IntNode.valueOf(id);
    }

    static JsonNode id(String id) {
        return TextNode.valueOf(id);
    }
}
