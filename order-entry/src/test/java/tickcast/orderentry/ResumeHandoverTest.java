package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickcast.orderentry.GatewayRig.buy;
import static tickcast.orderentry.GatewayRig.id;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;

/**
 * A client that comes and goes at random, while its account trades and the desks and the archive read now this far, now
 * that far: with what it resumes it has every report once.
 */
class ResumeHandoverTest {
    private static final int STEPS = 1_500;
    private static final OrderLimits LIMITS = new OrderLimits(10_000, 20_000);

    @TempDir
    Path data;

    private final AtomicLong clock = new AtomicLong(1_700_000_000_000_000_000L);
    private final List<Runnable> written = new ArrayList<>();
    private GatewayRig rig;
    /** Of another event loop, which reads at its own pace. */
    private OrderDesk otherDesk;

    private TestExchange exchange;
    private OrderEntrySession trader;
    private ReturningClient client;
    private long sessionIds;
    private long traded;
    /** What the client has, in the order of its numbers. */
    private final List<Long> has = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyReportOnce(long seed) {
        var random = new SplittableRandom(seed);
        startGateway();
        var journal = JournalWriter.open(JournalSettings.of(data.resolve("executions")), () -> clock.get() / 1_000_000);
        exchange = new TestExchange(data.resolve("orders"), journal, clock::get);
        try {
            for (int step = 0; step < STEPS; step++) {
                step(random);
            }
            settle();
            if (client == null) {
                connect(rig.desk);
                settle();
            }
            client.leave();
            assertEquals(LongStream.rangeClosed(1, traded).boxed().toList(), has);
            assertTrue(traded > STEPS / 4, "reports: " + traded);
        } finally {
            otherDesk.close();
            rig.close();
            exchange.close();
        }
    }

    private void step(SplittableRandom random) {
        int chance = random.nextInt(100);
        if (chance < 35) {
            trade("alice", 1 + random.nextInt(4));
        } else if (chance < 40) {
            trade("bob", 1);
        } else if (chance < 42) {
            exchange.checkpointOfAll();
        } else if (chance < 65) {
            desk(random).poll(1 + random.nextInt(3));
        } else if (chance < 85) {
            rig.archive.doWork();
        } else if (chance < 90) {
            runWritten();
        } else if (chance < 97) {
            disconnect();
            connect(desk(random));
        } else if (chance == 98) {
            disconnect();
        } else if (chance == 99) {
            restartGateway();
        }
    }

    /** Other sessions' orders: their reports are all that the client hears. */
    private void trade(String account, int orders) {
        for (int i = 0; i < orders; i++) {
            if (account.equals("bob")) {
                var bob = rig.desk.open(++sessionIds, "bob", message -> {});
                bob.on(buy("", 1, 100), clock.get(), id(1));
                bob.close();
            } else {
                trader.on(buy("", 1, 100), clock.get(), id(1));
                traded++;
            }
            rig.write();
        }
        exchange.publish(exchange.take().stream().map(exchange::accept).toArray(TestExchange.VenueReport[]::new));
    }

    private OrderDesk desk(SplittableRandom random) {
        return random.nextBoolean() ? rig.desk : otherDesk;
    }

    private void connect(OrderDesk desk) {
        client = new ReturningClient();
        var session = desk.open(++sessionIds, "alice", client);
        client.session = session;
        session.on(new ClientMessage.ResumeExecutions(null, has.size()), clock.get(), id(1));
    }

    private void disconnect() {
        if (client == null) {
            return;
        }
        client.leave();
        client.session.close();
        client = null;
    }

    private void restartGateway() {
        disconnect();
        written.clear();
        otherDesk.close();
        rig.close();
        startGateway();
    }

    private void startGateway() {
        rig = new GatewayRig(data, clock, GatewayRig.RING_BYTES, 0, LIMITS);
        otherDesk = rig.newDesk();
        trader = rig.desk.open(++sessionIds, "alice", message -> {});
    }

    private void runWritten() {
        var actions = List.copyOf(written);
        written.clear();
        actions.forEach(Runnable::run);
    }

    private void settle() {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        int quiet = 0;
        while (quiet < 3) {
            boolean busy = rig.read() > 0 | otherDesk.poll(100) > 0 | rig.archive.doWork() > 0 | !written.isEmpty();
            runWritten();
            quiet = busy ? 0 : quiet + 1;
        }
    }

    /** Puts aside what is live until it has what it missed. */
    private final class ReturningClient implements OrderReplies {
        private final List<Long> early = new ArrayList<>();
        private OrderEntrySession session;
        private boolean resumed;
        private long missing;

        @Override
        public void send(ServerMessage message) {
            if (message instanceof ServerMessage.ExecutionsResumed outcome) {
                assertEquals("RESUMED", outcome.outcome().name());
                resumed = true;
                missing = outcome.count();
            } else if (message instanceof ServerMessage.ExecutionReport report && !resumed) {
                early.add(report.accountSeq());
            } else if (message instanceof ServerMessage.ExecutionReport report) {
                has.add(report.accountSeq());
                missing--;
            }
            if (resumed && missing == 0) {
                has.addAll(early);
                early.clear();
            }
        }

        @Override
        public void whenWritten(Runnable action) {
            written.add(action);
        }

        /** What was put aside and never came to its turn is asked for again. */
        void leave() {
            for (int i = 0; i < has.size(); i++) {
                assertEquals(i + 1, has.get(i), "the number of a report");
            }
        }
    }
}
