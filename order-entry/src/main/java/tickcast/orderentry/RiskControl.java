package tickcast.orderentry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.orderentry.RequestCheck.OwnRequests;
import tickcast.orderentry.risk.AccountLimits;
import tickcast.orderentry.risk.MarketBoard;
import tickcast.orderentry.risk.RiskGate;
import tickcast.orderentry.risk.RiskLimits;
import tickcast.orderentry.risk.SymbolLimits;

/**
 * Steers the checks of a gateway's orders: the file of limits, which is read anew when it has changed, and the kill switch.
 * For any thread; {@link #reload}, {@link #halt} and {@link #resume} read or write a file.
 */
public final class RiskControl implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RiskControl.class);
    private static final long LOOK_MILLIS = 500;

    private final RiskSettings settings;
    private final int mostOpenOrders;
    private final MarketBoard market;
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService watch;
    private volatile RiskLimits limits;
    private volatile Runnable wake = () -> {};
    private RiskHalts halts;
    private String readText;
    private Instant loaded;
    private String error;
    private List<String> seenUnknown = List.of();
    private List<String> warnedOf = List.of();
    private boolean ended;

    /** What the writer's thread is to do. */
    private interface Command {
        void carryOut(OrderGuard guard, OwnRequests ownRequests);

        default void giveUp() {}
    }

    private RiskControl(RiskSettings settings, OrderLimits orderLimits, MarketBoard market) {
        this.settings = settings;
        mostOpenOrders = orderLimits.openOrders();
        this.market = market;
        halts = RiskHalts.read(settings.halts());
        limits = settings.limits() == null ? RiskLimits.UNLIMITED : read();
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "tickcast-risk-limits");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the limits, and what is halted.
     *
     * @throws RiskLimitsException when one of the two files cannot be taken
     */
    public static RiskControl open(RiskSettings settings, OrderLimits orderLimits, MarketBoard market) {
        var control = new RiskControl(settings, orderLimits, market);
        if (settings.limits() != null) {
            control.watch.scheduleWithFixedDelay(control::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return control;
    }

    /** What holds for the account as a whole; its rate is always told. */
    public AccountLimits account(String account) {
        var said = limits.account(account);
        boolean rate = said.messagesPerSecond() != SymbolLimits.NONE;
        boolean burst = said.messageBurst() != SymbolLimits.NONE;
        return new AccountLimits(
                said.maxOpenOrders(),
                rate ? said.messagesPerSecond() : settings.messagesPerSecond(),
                burst ? said.messageBurst() : rate ? said.messagesPerSecond() : settings.messageBurst());
    }

    /** What is known of the symbols; one thread is to keep it current. */
    public MarketBoard market() {
        return market;
    }

    public synchronized RiskStatus status() {
        return new RiskStatus(
                settings.limits() == null ? null : settings.limits().toString(),
                loaded,
                error,
                unknownSymbols(),
                List.copyOf(halts.accounts()),
                List.copyOf(halts.symbols()));
    }

    /**
     * Reads the file of limits now; they hold when this returns.
     *
     * @throws RiskLimitsException when it cannot be taken: the limits are as before
     */
    public synchronized void reload() {
        if (settings.limits() == null) {
            throw new RiskLimitsException("There is no file of limits", null);
        }
        RiskLimits newLimits;
        try {
            newLimits = read();
        } catch (RiskLimitsException e) {
            failed(e.getMessage());
            throw e;
        }
        limits = newLimits;
        command((guard, ownRequests) -> guard.gate().limits(newLimits));
        LOG.info("The risk limits of {} hold now", settings.limits());
    }

    /**
     * Lets no order of the account, or in the symbol, be written any more.
     *
     * @param cancelOrders whether what is open is cancelled
     * @return completes when it holds, with the number of accounts whose orders are being cancelled; fails when they cannot
     *     be, though it holds
     * @throws IllegalArgumentException when there is no such symbol
     */
    public synchronized CompletableFuture<Integer> halt(HaltTarget target, boolean cancelOrders) {
        if (!target.isAccount() && !market.isEmpty() && market.symbolId(target.name()) == 0) {
            throw new IllegalArgumentException("There is no symbol " + target.name());
        }
        keep(halts.with(target, true));
        LOG.warn("An operator has halted the {} {}", target.isAccount() ? "account" : "symbol", target.name());
        return switchTo(target, true, cancelOrders);
    }

    /**
     * Lets orders be written again.
     *
     * @return completes when it holds
     */
    public synchronized CompletableFuture<Integer> resume(HaltTarget target) {
        keep(halts.with(target, false));
        LOG.warn("An operator has resumed the {} {}", target.isAccount() ? "account" : "symbol", target.name());
        return switchTo(target, false, false);
    }

    /** Ends the watch over the file. */
    @Override
    public void close() {
        watch.shutdownNow();
    }

    /** The check of a writer's requests; one writer only. */
    RequestCheck check(Path orders, Path executions, Runnable wakeWriter, LongSupplier epochNanos) {
        var gate = new RiskGate(limits, mostOpenOrders, market);
        synchronized (this) {
            halts.accounts().forEach(account -> gate.haltAccount(account, true));
            halts.symbols().forEach(symbol -> gate.haltSymbol(symbol, true));
            wake = wakeWriter;
        }
        return new OrderGuard(orders, executions, this, gate, settings, epochNanos);
    }

    /** On the writer's thread: does what was asked for; returns how much that was. */
    int carryOut(OrderGuard guard, OwnRequests ownRequests) {
        int done = 0;
        for (var next = commands.poll(); next != null; next = commands.poll()) {
            next.carryOut(guard, ownRequests);
            done++;
        }
        return done;
    }

    /** The writer writes nothing more. */
    void ended() {
        synchronized (this) {
            ended = true;
        }
        for (var next = commands.poll(); next != null; next = commands.poll()) {
            next.giveUp();
        }
    }

    private void keep(RiskHalts newHalts) {
        newHalts.write(settings.halts());
        halts = newHalts;
    }

    private CompletableFuture<Integer> switchTo(HaltTarget target, boolean halted, boolean cancelOrders) {
        var outcome = new CompletableFuture<Integer>();
        command(new Command() {
            @Override
            public void carryOut(OrderGuard guard, OwnRequests ownRequests) {
                if (target.isAccount()) {
                    guard.gate().haltAccount(target.name(), halted);
                } else {
                    guard.gate().haltSymbol(target.name(), halted);
                }
                int accounts = cancelOrders ? cancel(target, guard, ownRequests) : 0;
                if (accounts < 0) {
                    outcome.completeExceptionally(new IllegalStateException(
                            "It is halted, but the cancels of open orders cannot be written"));
                } else {
                    outcome.complete(accounts);
                }
            }

            @Override
            public void giveUp() {
                outcome.completeExceptionally(
                        new IllegalStateException(
                                "It is kept, but no orders are written any more: the gateway stops, or its orders have failed"));
            }
        });
        return outcome;
    }

    /** Returns for how many accounts, -1 when not all could be asked for. */
    private int cancel(HaltTarget target, OrderGuard guard, OwnRequests ownRequests) {
        int symbolId = target.isAccount() ? 0 : market.symbolId(target.name());
        if (symbolId == 0 && !target.isAccount()) {
            return 0;
        }
        var accounts =
                target.isAccount() ? List.of(target.name()) : guard.gate().accountsWithOrders(symbolId);
        for (var account : accounts) {
            if (!guard.cancelHalted(account, symbolId, ownRequests)) {
                return -1;
            }
        }
        return accounts.size();
    }

    private synchronized void command(Command command) {
        if (ended) {
            command.giveUp();
            return;
        }
        commands.add(command);
        wake.run();
    }

    private List<String> unknownSymbols() {
        return market.isEmpty()
                ? List.of()
                : limits.namedSymbols()
                        .filter(symbol -> market.symbolId(symbol) == 0)
                        .toList();
    }

    /** Says once of which symbols nothing is known, and only what two looks saw: instruments come one after the other. */
    private void warnOfUnknownSymbols() {
        var unknown = unknownSymbols();
        if (unknown.equals(seenUnknown) && !unknown.equals(warnedOf)) {
            if (!unknown.isEmpty()) {
                LOG.warn("The risk limits name symbols that nobody trades: {}", String.join(", ", unknown));
            }
            warnedOf = unknown;
        }
        seenUnknown = unknown;
    }

    /** Reads the limits when the file is another than before. */
    private synchronized void look() {
        warnOfUnknownSymbols();
        try {
            if (!Files.readString(settings.limits()).equals(readText)) {
                reload();
            }
        } catch (IOException e) {
            failed(unreadable(e));
        } catch (RiskLimitsException e) {
            LOG.debug("Trying again when the file has changed", e);
        }
    }

    private String unreadable(IOException failure) {
        return settings.limits() + ", the file of risk limits, cannot be read: "
                + (failure instanceof NoSuchFileException ? "there is no such file" : failure);
    }

    /** Says so once. */
    private void failed(String newError) {
        if (!newError.equals(error)) {
            LOG.error("The risk limits stay as they were: {}", newError);
        }
        error = newError;
    }

    private RiskLimits read() {
        try {
            readText = Files.readString(settings.limits());
        } catch (IOException e) {
            throw new RiskLimitsException(unreadable(e), e);
        }
        var read = RiskLimitsParser.parse(readText, settings.limits().toString());
        loaded = Instant.now();
        error = null;
        return read;
    }
}
