package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ExecutionsOutcome;
import tickcast.protocol.json.ServerMessage;

class KeptExecutionsTest {
    private static final long FROM_NOW = ClientMessage.ResumeExecutions.FROM_NOW;

    private final RecordingListener calls = new RecordingListener();
    private final List<Long> asked = new ArrayList<>();
    private CompletableFuture<ServerMessage.ExecutionsResumed> answer;
    private KeptExecutions kept = executions(true, FROM_NOW);

    @Test
    void theFirstSessionBeginsFromNow() {
        kept.up();
        report(8);
        assertEquals(List.of(), calls.all());
        resumed(ExecutionsOutcome.RESUMED, 0, 7);
        report(9);
        assertEquals(List.of("executions RESUMED 0 up to 7", "report 8", "report 9"), calls.all());
        assertEquals(List.of(FROM_NOW), asked);
    }

    @Test
    void aReconnectBringsWhatWasMissedAndKeepsTheOrder() {
        theFirstSessionBeginsFromNow();
        kept.down();
        kept.up();
        report(13);
        resumed(ExecutionsOutcome.RESUMED, 3, 12);
        report(10);
        report(11);
        report(12);
        report(14);
        assertEquals(
                List.of(
                        "executions RESUMED 3 up to 12",
                        "report 10",
                        "report 11",
                        "report 12",
                        "report 13",
                        "report 14"),
                calls.all().subList(3, calls.all().size()));
        assertEquals(List.of(FROM_NOW, 9L), asked);
    }

    @Test
    void whatWasKeptBackWhenTheSessionEndedIsAskedForAgain() {
        theFirstSessionBeginsFromNow();
        kept.down();
        kept.up();
        report(13);
        resumed(ExecutionsOutcome.RESUMED, 3, 12);
        report(10);
        kept.down();
        kept.up();
        resumed(ExecutionsOutcome.RESUMED, 3, 13);
        report(11);
        report(12);
        report(13);
        assertEquals(List.of(FROM_NOW, 9L, 10L), asked);
        assertEquals(
                List.of(
                        "executions RESUMED 3 up to 12",
                        "report 10",
                        "executions RESUMED 3 up to 13",
                        "report 11",
                        "report 12",
                        "report 13"),
                calls.all().subList(3, calls.all().size()));
    }

    @Test
    void whatCannotBeHadIsGivenUp() {
        kept = executions(true, 50);
        kept.up();
        resumed(ExecutionsOutcome.TOO_FAR, 0, 3);
        report(4);
        kept.down();
        kept.up();
        assertEquals(List.of("executions TOO_FAR 0 up to 3", "report 4"), calls.all());
        assertEquals(List.of(50L, 4L), asked);
    }

    @Test
    void aRefusalIsToldAndLiveReportsGoOn() {
        kept = executions(true, 50);
        kept.up();
        report(60);
        answer.completeExceptionally(new RequestRefusedException("HISTORY_BUSY", "busy", List.of()));
        report(61);
        assertEquals(3, calls.all().size());
        assertEquals(List.of("report 60", "report 61"), calls.all().subList(1, 3));
    }

    @Test
    void theFailureOfARequestOfTheSessionBeforeIsNoMatter() {
        kept = executions(true, 50);
        kept.up();
        var before = answer;
        kept.down();
        kept.up();
        before.completeExceptionally(new OutcomeUnknownException("lost"));
        report(51);
        assertEquals(List.of(), calls.all());
    }

    @Test
    void whatItHasIsNotToldAgain() {
        theFirstSessionBeginsFromNow();
        kept.down();
        kept.up();
        report(8);
        report(9);
        report(11);
        resumed(ExecutionsOutcome.RESUMED, 1, 10);
        report(10);
        report(11);
        report(12);
        assertEquals(
                List.of("executions RESUMED 1 up to 10", "report 10", "report 11", "report 12"),
                calls.all().subList(3, calls.all().size()));
    }

    @Test
    void whatTheGatewayLostIsAskedForAgain() {
        theFirstSessionBeginsFromNow();
        kept.lost();
        report(12);
        kept.lost();
        assertEquals(List.of(FROM_NOW, 9L), asked);
        resumed(ExecutionsOutcome.RESUMED, 2, 11);
        report(10);
        report(11);
        assertEquals(List.of(FROM_NOW, 9L, 12L), asked);
        resumed(ExecutionsOutcome.UNREADABLE, 0, 0);
        report(12);
        report(13);
        assertEquals(
                List.of(
                        "executions RESUMED 2 up to 11",
                        "report 10",
                        "report 11",
                        "report 12",
                        "executions UNREADABLE 0 up to 0",
                        "report 13"),
                calls.all().subList(3, calls.all().size()));
    }

    @Test
    void withoutAnAccountThereIsNothingToResume() {
        kept = executions(false, FROM_NOW);
        kept.up();
        report(1);
        assertEquals(List.of("report 1"), calls.all());
        assertEquals(List.of(), asked);
    }

    private KeptExecutions executions(boolean ofAnAccount, long seq) {
        return new KeptExecutions(
                ofAnAccount,
                seq,
                from -> {
                    asked.add(from);
                    answer = new CompletableFuture<>();
                    return answer;
                },
                calls);
    }

    private void resumed(ExecutionsOutcome outcome, long count, long seq) {
        var reply = new ServerMessage.ExecutionsResumed(null, outcome, count, seq);
        kept.resumed(reply);
        answer.complete(reply);
    }

    private void report(long accountSeq) {
        kept.report(new ServerMessage.ExecutionReport(
                accountSeq,
                1,
                null,
                "A",
                "buy",
                "limit",
                "GTC",
                "new",
                "new",
                null,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                0,
                null));
    }
}
