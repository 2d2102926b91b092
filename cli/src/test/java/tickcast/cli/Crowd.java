package tickcast.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Reason;

/**
 * Sessions of several accounts that come, say anything, and go. Of each account one session stays, and hears all; when the
 * gateway goes it comes back with the next. One thread lets them talk.
 */
final class Crowd implements AutoCloseable {
    private static final int SESSIONS_OF_ACCOUNT = 2;

    private final int port;
    private final List<String> accounts;
    private final SplittableRandom random;
    /** Those that have gone stay here until they are forgotten. */
    private final List<TradingSocket> traders = new ArrayList<>();

    private final Set<TradingSocket> ownReportsOnly = new HashSet<>();
    private final Map<String, TradingSocket> witnesses = new HashMap<>();
    /** By the witnesses of gateways before. */
    private final Map<String, List<ServerMessage.ExecutionReport>> heard = new HashMap<>();

    private final Map<String, RandomTrader> minds = new HashMap<>();
    /** Which accounts may have orders cancelled for which reasons that nobody asks for at that moment. */
    private final Set<String> mayBeCancelled = new HashSet<>();

    Crowd(OrderPath path, List<String> accounts, PlainVenue venue, SplittableRandom random) {
        this.port = path.port();
        this.accounts = accounts;
        this.random = random;
        for (String account : accounts) {
            minds.put(account, new RandomTrader(account, path.instruments(), venue, random.split()));
            heard.put(account, List.of());
        }
        gatewayIsBack();
    }

    /** All that the witness of the account has heard since the beginning: what came before the answer to a resume goes behind it. */
    List<ServerMessage.ExecutionReport> heard(String account) {
        return Stream.concat(
                        heard.get(account).stream(),
                        witness(account).reports().stream()
                                .sorted(Comparator.comparingLong(ServerMessage.ExecutionReport::accountSeq)))
                .toList();
    }

    /** The gateway has said goodbye to everybody. */
    void gatewayIsGone() {
        traders.stream().filter(trader -> !trader.hasEnded()).forEach(TradingSocket::awaitGoodbye);
        witnesses.forEach((account, witness) -> {
            witness.awaitGoodbye();
            heard.put(account, heard(account));
        });
        witnesses.clear();
    }

    void gatewayIsBack() {
        for (String account : accounts) {
            var witness = TradingSocket.connect(port, account);
            long seq = heard.get(account).size();
            witness.ask(ServerMessage.ExecutionsResumed.class, id -> new ClientMessage.ResumeExecutions(id, seq));
            witnesses.put(account, witness);
        }
    }

    List<TradingSocket> traders() {
        return traders;
    }

    TradingSocket witness(String account) {
        return witnesses.get(account);
    }

    /** Whether it hears of the orders of other sessions, too. */
    boolean wantsAll(TradingSocket trader) {
        return !ownReportsOnly.contains(trader);
    }

    void mayCancel(String account, Reason reason) {
        mayBeCancelled.add(account + " " + reason);
    }

    boolean mayBeCancelled(String account, Reason reason) {
        return mayBeCancelled.contains(account + " " + reason);
    }

    /** One of those that are here says something. */
    TradingSocket.Request say(TradingSocket trader) {
        return trader.send(minds.get(trader.account()).next());
    }

    /** A clientOrderId that the account has used, on whatever day. */
    String usedName(String account) {
        var names = minds.get(account).names();
        return names.isEmpty() ? "none-used" : names.get(random.nextInt(names.size()));
    }

    /** All sessions that there may be are there. */
    void gather() {
        while (live().size() < accounts.size() * SESSIONS_OF_ACCOUNT) {
            come();
        }
    }

    private List<TradingSocket> live() {
        return traders.stream().filter(trader -> !trader.hasEnded()).toList();
    }

    /** Somebody comes, says something, or goes. */
    void stir() {
        var live = live();
        if (live.size() < accounts.size() * SESSIONS_OF_ACCOUNT) {
            come();
            return;
        }
        var trader = live.get(random.nextInt(live.size()));
        switch (random.nextInt(120)) {
            case 0 -> trader.leave();
            case 1, 2 -> trader.lose();
            default -> say(trader);
        }
    }

    /** A session of the account that has the fewest, as it is after a loss, or like new. */
    private void come() {
        String account =
                accounts.stream().min(Comparator.comparingLong(this::sessions)).orElseThrow();
        var trader = TradingSocket.connect(port, account);
        traders.add(trader);
        if (random.nextInt(4) != 0) {
            long seq = random.nextInt(3) == 0 ? 0 : toldWithoutHole(account);
            trader.send(id -> new ClientMessage.ResumeExecutions(id, seq));
        }
        if (random.nextInt(4) == 0) {
            ownReportsOnly.add(trader);
            trader.send(id -> new ClientMessage.DropCopy(id, false));
        }
        if (random.nextBoolean()) {
            mayCancel(account, Reason.SESSION_DISCONNECTED);
            trader.send(minds.get(account).cancelOnDisconnect());
        }
    }

    private long sessions(String account) {
        return traders.stream()
                .filter(trader -> trader.account().equals(account) && !trader.hasEnded())
                .count();
    }

    /** What a client of the account that has gone could know. */
    private long toldWithoutHole(String account) {
        var told = traders.stream()
                .filter(trader -> trader.account().equals(account) && trader.hasEnded())
                .flatMap(trader -> trader.reports().stream())
                .map(ServerMessage.ExecutionReport::accountSeq)
                .collect(Collectors.toSet());
        return LongStream.iterate(1, told::contains, seq -> seq + 1).count();
    }

    boolean allAnswered() {
        return traders.stream().allMatch(trader -> trader.hasEnded() || trader.allAnswered());
    }

    void forgetThoseThatHaveGone() {
        traders.removeIf(TradingSocket::hasEnded);
        ownReportsOnly.retainAll(traders);
    }

    @Override
    public void close() {
        traders.forEach(TradingSocket::close);
        witnesses.values().forEach(TradingSocket::close);
    }
}
