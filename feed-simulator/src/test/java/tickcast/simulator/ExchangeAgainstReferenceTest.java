package tickcast.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.journal.JournalSettings;
import tickcast.journal.RollInterval;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.SelfTradePrevention;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * Several accounts send anything that can be sent, days pass, and the exchange stops or dies in the middle of it again
 * and again: every report is the one that the plain model expects, in its place. That reports are numbered and linked
 * without a hole, and that positions are the sums of the fills, {@link ReportLog} asserts of every one.
 */
class ExchangeAgainstReferenceTest {
    private static final int SYMBOLS = 3;
    private static final int STEPS = 60;
    private static final int REQUESTS_OF_STEP = 40;
    private static final int CLIENT_ORDER_IDS = 60;
    private static final String[] ACCOUNTS = {"alice", "bob", "carol"};

    @TempDir
    private Path data;

    private final ArrayDeque<ReferenceVenue.Ask> asked = new ArrayDeque<>();
    private final ReferenceVenue venue = new ReferenceVenue(SYMBOLS);
    private SplittableRandom random;
    private OrderTape orders;
    private ReportLog reports;
    private long now = TimeUnit.HOURS.toNanos(24 * 20_000);
    private int day = TradingDays.DEFAULT.dayAt(now);
    private Exchange exchange;
    private int compared;
    private int crashes;
    private int repeated;
    private int days;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyReportIsTheExpectedOne(long seed) {
        random = new SplittableRandom(seed);
        try (var tape = new OrderTape(data.resolve("orders"));
                var log = new ReportLog(data.resolve("executions"))) {
            orders = tape;
            reports = log;
            for (int step = 0; step < STEPS; step++) {
                boolean mayDie = random.nextInt(3) == 0;
                for (int i = 0; i < REQUESTS_OF_STEP; i++) {
                    ask(mayDie);
                }
                if (mayDie) {
                    runUntilItDies(random.nextInt(3 * REQUESTS_OF_STEP));
                } else {
                    run();
                }
            }
            run();
            closeExchange();
        }
        assertTrue(compared > STEPS * REQUESTS_OF_STEP, "only " + compared + " reports");
        assertTrue(crashes > 5, "died only " + crashes + " times");
        assertTrue(repeated > 50, "only " + repeated + " repeats");
        assertTrue(days > 3, "only " + days + " days");
    }

    /** Runs on, or starts again, until all is done; sometimes on another day. */
    private void run() {
        boolean restart = exchange == null || random.nextInt(6) == 0;
        if (restart) {
            closeExchange();
        }
        now += TimeUnit.MINUTES.toNanos(random.nextInt(600));
        boolean anotherDay = TradingDays.DEFAULT.dayAt(now) != day;
        if (restart) {
            exchange = Exchange.open(settings(), () -> now);
            compareRestart(reports.take(), anotherDay);
        }
        while (exchange.doWork() > 0) {
            continue;
        }
        beginDay(anotherDay);
        compareRequests(reports.take());
        assertEquals(venue.openIds().size(), exchange.engine().restingOrders());
        assertPositions();
    }

    /** Starts again and dies after so many documents, of whichever journal, unless it is done before. Of the same day. */
    private void runUntilItDies(int appends) {
        closeExchange();
        var journals = new CrashingJournals(appends);
        try (var dying = Exchange.open(settings(), () -> now, () -> {}, journals)) {
            while (dying.doWork() > 0) {
                continue;
            }
        } catch (CrashingJournals.Crash e) {
            crashes++;
        }
        compareRequests(compareRestart(reports.take(), false));
    }

    private void closeExchange() {
        if (exchange != null) {
            exchange.close();
            exchange = null;
        }
    }

    private void beginDay(boolean anotherDay) {
        if (anotherDay) {
            venue.dayEnds();
            day = TradingDays.DEFAULT.dayAt(now);
            days++;
        }
    }

    /** What was open ends, as far as the exchange came with that; returns what follows. */
    private List<ReportLog.Line> compareRestart(List<ReportLog.Line> lines, boolean anotherDay) {
        var events = withoutRestated(lines);
        int ended = 0;
        while (ended < events.size() && events.get(ended).requestId() == 0 && venue.endNextAtRestart(anotherDay)) {
            ended++;
        }
        compare(events.subList(0, ended));
        return events.subList(ended, events.size());
    }

    /** Those requests that the exchange has taken are done as the model does them. */
    private void compareRequests(List<ReportLog.Line> lines) {
        while (!asked.isEmpty() && asked.peek().seq() <= reports.orderSeq()) {
            venue.apply(asked.poll(), now);
        }
        compare(withoutRestated(lines));
    }

    private void compare(List<ReportLog.Line> lines) {
        var expected = venue.take();
        assertEquals(
                String.join("\n", expected),
                String.join("\n", lines.stream().map(ReportLog.Line::summary).toList()));
        compared += expected.size();
        repeated += (int) lines.stream().filter(ReportLog.Line::duplicate).count();
    }

    private List<ReportLog.Line> withoutRestated(List<ReportLog.Line> lines) {
        return lines.stream()
                .filter(line -> line.execType() != ExecType.RESTATED || line.duplicate())
                .toList();
    }

    private void assertPositions() {
        venue.positions()
                .forEach((account, bySymbol) -> bySymbol.forEach((symbolId, net) -> assertEquals(
                        net * OrderTape.UNIT,
                        reports.positions().find(account, symbolId).netQuantity(),
                        account + " " + symbolId)));
    }

    /** @param oneDocument only what the exchange does in one document, so that it is done or not when the exchange dies */
    private void ask(boolean oneDocument) {
        String account = ACCOUNTS[random.nextInt(ACCOUNTS.length)];
        long session = 1 + random.nextInt(3);
        long validUntil = random.nextInt(12) == 0 ? now + random.nextInt(3) - 1 : 0;
        String clientOrderId = random.nextInt(4) == 0 ? "" : "id" + random.nextInt(CLIENT_ORDER_IDS);
        long orderId = clientOrderId.isEmpty() ? anOrderId() : 0;
        var side = random.nextBoolean() ? Side.BUY : Side.SELL;
        int symbolId = 1 + random.nextInt(20) % (random.nextInt(30) == 0 ? SYMBOLS + 1 : SYMBOLS);
        long price = random.nextInt(40) == 0 ? 0 : 95 + random.nextInt(10);
        long quantity = random.nextInt(40) == 0 ? 0 : 1 + random.nextInt(20);
        var mode = SelfTradePrevention.get((short) random.nextInt(4));
        orders.session(session);
        orders.validUntil(validUntil);
        orders.preventSelfTrade(mode);
        int kind = random.nextInt(20);
        if (kind < 13) {
            boolean market = random.nextInt(8) == 0;
            var type = market ? OrderType.MARKET : OrderType.LIMIT;
            var timeInForce = market
                    ? TimeInForce.IOC
                    : random.nextBoolean() ? TimeInForce.GTC : TimeInForce.get((short) random.nextInt(4));
            long limit = market ? 0 : price;
            long seq = orders.order(
                    account,
                    clientOrderId,
                    symbolId,
                    side,
                    type,
                    timeInForce,
                    limit * OrderTape.UNIT,
                    quantity * OrderTape.UNIT);
            asked.add(new ReferenceVenue.Ask(
                    ReferenceVenue.Kind.PLACE,
                    seq,
                    account,
                    session,
                    0,
                    clientOrderId,
                    symbolId,
                    side,
                    type,
                    timeInForce,
                    mode,
                    limit,
                    quantity,
                    validUntil));
        } else if (kind < 16) {
            long seq = orders.cancel(account, orderId, clientOrderId);
            asked.add(new ReferenceVenue.Ask(
                    ReferenceVenue.Kind.CANCEL,
                    seq,
                    account,
                    session,
                    orderId,
                    clientOrderId,
                    0,
                    null,
                    null,
                    null,
                    null,
                    0,
                    0,
                    validUntil));
        } else if (kind < 19) {
            long seq = orders.replace(account, orderId, clientOrderId, price, quantity);
            asked.add(new ReferenceVenue.Ask(
                    ReferenceVenue.Kind.REPLACE,
                    seq,
                    account,
                    session,
                    orderId,
                    clientOrderId,
                    0,
                    null,
                    null,
                    null,
                    null,
                    price,
                    quantity,
                    validUntil));
        } else {
            int ofSymbol = oneDocument || random.nextBoolean() ? symbolId : 0;
            var ofSide = random.nextBoolean() ? side : null;
            long ofSession = random.nextBoolean() ? session : 0;
            long seq = orders.massCancel(account, ofSymbol, ofSide, Reason.DEAD_MAN, ofSession);
            asked.add(new ReferenceVenue.Ask(
                    ReferenceVenue.Kind.MASS_CANCEL,
                    seq,
                    account,
                    ofSession,
                    0,
                    "",
                    ofSymbol,
                    ofSide,
                    null,
                    null,
                    null,
                    0,
                    0,
                    0));
        }
    }

    /** One that is open, mostly. */
    private long anOrderId() {
        var open = venue.openIds();
        return open.isEmpty() || random.nextInt(4) == 0
                ? 1 + random.nextInt(5_000)
                : open.get(random.nextInt(open.size()));
    }

    private ExchangeSettings settings() {
        return ExchangeSettings.of(data)
                .withEventsPerSecond(0)
                .withInstruments(Instruments.numbered(SYMBOLS))
                .withFeed(JournalSettings.of(data.resolve("feed"))
                        .withMinFreeBytes(0)
                        .withRoll(RollInterval.HOURLY))
                .withExecutions(JournalSettings.of(data.resolve("executions"))
                        .withMinFreeBytes(0)
                        .withRoll(RollInterval.HOURLY));
    }
}
