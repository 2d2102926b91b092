package tickcast.orderentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static tickcast.orderentry.GatewayRig.buy;
import static tickcast.orderentry.GatewayRig.id;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.orderentry.TestExchange.VenueRequest;
import tickcast.protocol.json.CancelScope;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;

/** Sessions come and go, over the real journals. */
class SessionPresenceTest extends SteppedDesk {
    @BeforeEach
    void open() {
        rig = new GatewayRig(data, clock);
        var executions = JournalSettings.of(data.resolve("executions")).withMinFreeBytes(0);
        exchange = new TestExchange(data.resolve("orders"), JournalWriter.open(executions), clock::get);
        session = rig.desk.open(101, "alice", inbox);
    }

    @Test
    void theAnswerTellsWhatWillBeDone() {
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.SESSION, 250, true, ""), 0, id(1));
        assertEquals(List.of(), inbox.take());
        step();
        assertEquals(
                new ServerMessage.DisconnectTerms(id(1), "session", 250, true, 0, null),
                inbox.takeOne(ServerMessage.DisconnectTerms.class));

        session.on(new ClientMessage.CancelAllAfter(null, 60_000), 0, id(2));
        step();
        assertEquals(
                new ServerMessage.DeadManTimer(
                        id(2), 60_000, TimeUnit.NANOSECONDS.toMillis(START_NANOS) + 60_000, null),
                inbox.takeOne(ServerMessage.DeadManTimer.class));
        session.on(new ClientMessage.CancelAllAfter(null, 0), 0, id(3));
        step();
        assertNull(inbox.takeOne(ServerMessage.DeadManTimer.class).triggerTime());
        assertEquals(0, session.pendingRequests());
    }

    @Test
    void itWorksWithoutAnExchange() {
        rig.exchangeUp = false;
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.SESSION, 0, false, ""), 0, id(1));
        session.close();
        step();
        assertEquals(List.of("massCancel SESSION_DISCONNECTED of 101"), requests());
    }

    @Test
    void theLastOrderOfASessionIsCancelledToo() {
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.SESSION, 0, false, ""), 0, id(1));
        step();
        session.on(buy("", 1, 100), clock.get(), id(2));
        session.close(false, 0);
        step();
        assertEquals(List.of("new", "massCancel SESSION_DISCONNECTED of 101"), requests());
        step();
        assertEquals(List.of(), requests());
    }

    @Test
    void anOrderlyEndCancelsNothing() {
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.ACCOUNT, 0, false, ""), 0, id(1));
        session.close(true, 0);
        step();
        assertEquals(List.of(), requests());
    }

    @Test
    void theNextSessionTakesOverByTheNameOfTheOneBefore() {
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.SESSION, 500, false, ""), 0, id(1));
        step();
        inbox.take();
        session.close();
        step();
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(499));
        var next = rig.desk.open(102, "alice", inbox);
        next.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.SESSION, 0, false, "101"), 0, id(2));
        step();
        assertEquals(1, inbox.takeOne(ServerMessage.DisconnectTerms.class).takenOver());
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        step();
        assertEquals(List.of(), requests());
        next.close();
        step();
        assertEquals(
                List.of("massCancel SESSION_DISCONNECTED of 101", "massCancel SESSION_DISCONNECTED of 102"),
                requests());
    }

    @Test
    void aResumeCallsOffWhatWasWaitedFor() {
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.ACCOUNT, 500, false, ""), 0, id(1));
        session.close();
        step();
        var next = rig.desk.open(102, "alice", inbox);
        next.resumed();
        step();
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        step();
        assertEquals(List.of(), requests());
    }

    @Test
    void aResumeCallsOffWhatIsNoticedAfterIt() {
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.ACCOUNT, 0, false, ""), 0, id(1));
        step();
        clock.addAndGet(1_000);
        var next = rig.desk.open(102, "alice", inbox);
        next.on(new ClientMessage.ResumeExecutions(null, 0), 0, id(2));
        clock.addAndGet(1_000);
        session.close(false, 2_000);
        step();
        assertEquals(List.of(), requests());
        next.close(false, 0);
        step();
        assertEquals(List.of("massCancel SESSION_DISCONNECTED of 0"), requests());
    }

    @Test
    void aSessionIdThatNoneCanHave() {
        for (String wrong : List.of("x", "-101", "99999999999999999999", "0")) {
            session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.NONE, 0, false, wrong), 0, id(1));
            step();
            assertEquals(0, inbox.takeOne(ServerMessage.DisconnectTerms.class).takenOver());
        }
    }

    @Test
    void aGatewayThatStopsCancelsForThoseWithoutTimeToComeBack() {
        var patient = rig.desk.open(102, "bob", inbox);
        session.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.SESSION, 0, false, ""), 0, id(1));
        patient.on(new ClientMessage.CancelOnDisconnect(null, CancelScope.SESSION, 1_000, false, ""), 0, id(2));
        step();
        rig.close();
        assertEquals(List.of("massCancel SESSION_DISCONNECTED of 101"), requests());

        rig = new GatewayRig(data, clock);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        step();
        assertEquals(List.of(), requests());
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        step();
        assertEquals(List.of("massCancel SESSION_DISCONNECTED of 102"), requests());
    }

    @Test
    void theTimerCancelsWhetherThereAreSessionsOrNot() {
        session.on(new ClientMessage.CancelAllAfter(null, 1_000), 0, id(1));
        session.close(true, 0);
        step();
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_000));
        step();
        assertEquals(List.of("massCancel DEAD_MAN of 0"), requests());
    }

    private void step() {
        rig.write();
        rig.read();
    }

    private List<String> requests() {
        return exchange.take().stream().map(VenueRequest::kind).toList();
    }
}
