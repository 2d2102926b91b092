package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Reason;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TimeInForce;

/**
 * Sessions of several accounts ask for anything, at random, over WebSockets: all at once, and one request at a time. They
 * come and go, days end, an operator halts, exchange and gateway are started again. All answers, reports, trades, books, orders and positions that they are told are
 * those of the {@link PlainVenue}. With {@code -Dtickcast.operations=50000 -Dtickcast.seed=7} on the command line of Maven
 * as long and as different as one likes.
 */
final class OrderPathTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int OPERATIONS = Integer.getInteger("tickcast.operations", 1_000);
    private static final long SEED = Long.getLong("tickcast.seed", 20_260_315);
    private static final List<String> ACCOUNTS = List.of("alice", "bob", PlainLimits.BOUND_ACCOUNT);
    private static final int BURST = 150;
    private static final int STEPS = 40;
    private static final int NAMES = 5;
    private static final int GRACE_MILLIS = 2_000;

    @TempDir
    private Path data;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private OrderPath path;
    private JournalledVenue journalled;
    private PlainVenue venue;
    private PlainLimits limits;
    private AccountAudit audit;
    private Crowd crowd;
    private MarketWatch market;
    private int done;
    private int bursts;
    private PathRestarts restarts;

    @Test
    void everybodyIsToldWhatThePlainVenueTells() throws Exception {
        try (var running = new OrderPath(data, PlainLimits.FILE);
                var following = new JournalledVenue(data, running.instruments());
                var watching = new MarketWatch(running.port());
                var talking = new Crowd(running, ACCOUNTS, following.venue(), random)) {
            path = running;
            journalled = following;
            venue = following.venue();
            market = watching;
            crowd = talking;
            limits = new PlainLimits(venue, path.instruments());
            audit = new AccountAudit(journalled, path.instruments());
            restarts = new PathRestarts(path, journalled, crowd, market, random);
            run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "-Dtickcast.seed=" + SEED + " after " + done + " operations: " + e.getMessage(), e);
        }
    }

    private void run() throws Exception {
        comeBackInTime();
        while (done < OPERATIONS) {
            burst();
            settle();
            steps();
            switch (random.nextInt(4)) {
                case 0 -> deadMan();
                case 1 -> halt();
                default -> {
                    // Nothing happens.
                }
            }
        }
        settle();
        assertEnough();
    }

    /**
     * All sessions talk at once, some go and others come; now and then a trading day ends meanwhile, and mostly exchange
     * or gateway are started again.
     */
    private void burst() throws Exception {
        int dayEnds = done < BURST ? BURST / 2 : random.nextInt(3) == 0 ? random.nextInt(BURST) : BURST;
        int restart = ++bursts % 3 != 1 ? random.nextInt(BURST) : BURST;
        for (int i = 0; i < BURST; i++, done++) {
            if (i == dayEnds) {
                path.nextDay();
            }
            if (i == restart) {
                restarts.next();
            }
            crowd.stir();
        }
    }

    /** Waits until nothing is under way, and compares all that was told. */
    private void settle() {
        path.requireSound();
        Await.until(LIMIT, () -> "all is answered", crowd::allAnswered);
        eventually(() -> {
            for (String account : ACCOUNTS) {
                audit.assertState(crowd.witness(account));
                audit.assertReports(crowd.witness(account), true);
            }
            crowd.traders().forEach(trader -> audit.assertReports(trader, crowd.wantsAll(trader)));
            market.assertAgrees(venue, path.instruments());
        });
        crowd.traders().forEach(audit::assertAnswers);
        crowd.forgetThoseThatHaveGone();
        for (var request : journalled.requests()) {
            boolean asked = request.sessionId() != 0 || crowd.mayBeCancelled(request.account(), request.reason());
            assertTrue(asked, request::toString);
        }
        limits.assertKept();
        assertHistories();
        var told = ACCOUNTS.stream().map(crowd::heard).toList();
        told.forEach(ToldReports::assertSound);
        ToldReports.assertTwoSided(told, market.tape());
    }

    private void assertHistories() {
        for (String account : ACCOUNTS) {
            var witness = crowd.witness(account);
            for (var order : venue.openOrders(account)) {
                boolean named = !order.placed.clientOrderId().isEmpty() && random.nextBoolean();
                audit.assertHistory(witness, order, named);
            }
            audit.assertName(witness, "never-used");
            for (int i = 0; i < NAMES; i++) {
                audit.assertName(witness, crowd.usedName(account));
            }
        }
    }

    /** What is on its way comes, so that in the end all agree. */
    private void eventually(Runnable check) {
        var last = new AssertionError[1];
        Await.until(LIMIT, () -> String.valueOf(last[0]), () -> {
            journalled.catchUp();
            try {
                check.run();
                return true;
            } catch (AssertionError e) {
                last[0] = e;
                return false;
            }
        });
    }

    private void steps() {
        crowd.gather();
        for (int i = 0; i < STEPS; i++, done++) {
            step(crowd.traders().get(random.nextInt(crowd.traders().size())));
        }
    }

    /** One request, and its answer as it was foreseen. */
    private void step(TradingSocket trader) {
        journalled.catchUp();
        int before = journalled.requests().size();
        var request = crowd.say(trader);
        var message = request.message;
        String refusal = limits.refusal(trader.account(), message);
        Await.until(LIMIT, () -> "an answer to " + message, () -> request.answer() != null);
        if (message instanceof ClientMessage.AccountMessage || message instanceof ClientMessage.CancelAllAfter) {
            return;
        }
        String answer = TradingSocket.summary(request.answer());
        if (AccountAudit.isSent(message) && refusal == null) {
            journalled.catchUp();
            assertEquals(before + 1, journalled.requests().size(), message::toString);
            var written = journalled.requests().get(before);
            assertEquals(venue.told().answer(written), answer, written::toString);
            return;
        }
        if (refusal != null) {
            assertTrue(AccountAudit.isOfGateway(request.answer()), () -> message + ": " + answer);
            assertEquals(refusal, ((ServerMessage.Nack) request.answer()).code(), message::toString);
        } else {
            var first = venue.order(trader.account(), ((ClientMessage.PlaceOrder) message).clientOrderId());
            assertEquals(first == null ? "validated" : PlainTold.again(first), answer, message::toString);
        }
        journalled.catchUp();
        assertEquals(before, journalled.requests().size(), message::toString);
    }

    /** Of two clients that are lost, one comes back in time: of the other alone orders are cancelled. */
    private void comeBackInTime() {
        String first = ACCOUNTS.get(0);
        String second = ACCOUNTS.get(1);
        var back = resting(first);
        back.lose();
        var successor = TradingSocket.connect(path.port(), first);
        var terms = successor.ask(
                ServerMessage.DisconnectTerms.class,
                id -> new ClientMessage.CancelOnDisconnect(
                        id, CancelScope.SESSION, GRACE_MILLIS, false, back.sessionId()));
        assertEquals(1, terms.takenOver());
        crowd.mayCancel(second, Reason.SESSION_DISCONNECTED);
        resting(second).lose();
        eventually(() -> assertEquals(List.of(), venue.openOrders(second)));
        assertEquals(1, venue.openOrders(first).size());
        successor.ask(ServerMessage.Ack.class, id -> new ClientMessage.CancelAll(id, "", null));
        successor.leave();
    }

    /** A session with an order that nobody will meet. */
    private TradingSocket resting(String account) {
        var socket = TradingSocket.connect(path.port(), account);
        var instrument = path.instruments().get(0);
        socket.ask(
                ServerMessage.DisconnectTerms.class,
                id -> new ClientMessage.CancelOnDisconnect(id, CancelScope.SESSION, GRACE_MILLIS, false, ""));
        socket.ask(
                ServerMessage.Ack.class,
                id -> new ClientMessage.PlaceOrder(
                        id,
                        "",
                        instrument.symbol(),
                        Side.BUY,
                        OrderType.LIMIT,
                        TimeInForce.GTC,
                        false,
                        instrument.tickSize(),
                        instrument.lotSize(),
                        0));
        return socket;
    }

    /** An account says nothing any more. */
    private void deadMan() {
        String account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        crowd.mayCancel(account, Reason.DEAD_MAN);
        crowd.witness(account).ask(ServerMessage.DeadManTimer.class, id -> new ClientMessage.CancelAllAfter(id, 100));
        eventually(() -> assertEquals(List.of(), venue.openOrders(account)));
    }

    /** An operator halts an account or a symbol: nothing is taken there but cancels, until it is resumed. */
    private void halt() throws Exception {
        String account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        var instruments = path.instruments();
        String symbol = instruments.get(random.nextInt(instruments.size())).symbol();
        boolean ofAccount = random.nextBoolean();
        boolean cancels = random.nextBoolean();
        String target = ofAccount ? "\"account\":\"" + account + "\"" : "\"symbol\":\"" + symbol + "\"";
        ACCOUNTS.forEach(each -> crowd.mayCancel(each, Reason.HALTED));
        path.operate("halt", "{" + target + ",\"cancelOrders\":" + cancels + "}");
        (ofAccount ? limits.haltedAccounts : limits.haltedSymbols).add(ofAccount ? account : symbol);
        if (cancels) {
            eventually(() -> assertTrue(ACCOUNTS.stream()
                    .flatMap(each -> venue.openOrders(each).stream())
                    .noneMatch(order ->
                            ofAccount ? order.placed.account().equals(account) : order.symbol.equals(symbol))));
        }
        if (random.nextBoolean()) {
            restarts.gateway();
            settle();
        }
        steps();
        path.operate("resume", "{" + target + "}");
        limits.haltedAccounts.clear();
        limits.haltedSymbols.clear();
    }

    /** A run in which little happened would prove little. */
    private void assertEnough() {
        var all = ACCOUNTS.stream()
                .flatMap(account -> venue.told().reports(account).stream())
                .toList();
        for (String execType : List.of("new", "trade", "replaced", "canceled", "rejected", "expired")) {
            assertTrue(all.stream().anyMatch(report -> report.execType().equals(execType)), execType);
        }
        for (String reason : List.of(
                "selfTrade",
                "iocRemainder",
                "fokNotFillable",
                "postOnlyWouldTrade",
                "dayEnded",
                "clientRequest",
                "exchangeRestart",
                "sessionDisconnected")) {
            assertTrue(all.stream().anyMatch(report -> reason.equals(report.reason())), reason);
        }
        assertTrue(journalled.daysEnded() > 0, "no day ended");
        assertTrue(restarts.all(), "not all was started again");
    }
}
