package tickcast.simulator;

import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.journal.IdleMode;
import tickcast.journal.Spinner;
import tickcast.journal.TimerSlack;
import tickcast.journal.Traffic;
import tickcast.journal.WakePort;
import tickcast.protocol.sbe.TradingStatus;

/** Runs an exchange on a thread of its own. Methods are for any thread. */
public final class ExchangeThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeThread.class);
    /** What is due sooner is awaited by short parks, since a sleep ends with a whole millisecond. */
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long SHORT_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    /** Of events that follow each other within a millisecond, those of so long are taken together. */
    private static final long FREQUENT_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    /** How long it takes to be woken, about: the last of the time to an event is spent awake. */
    private static final long WAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    /** Nobody wakes it for what it is asked beside orders, and a wake-up may get lost. */
    private static final long MAX_SLEEP_MILLIS = 20;
    /** After so many sleeps in a row at whose end orders waited of which it had not heard, it looks often. */
    private static final int UNHEARD_SLEEPS = 3;

    private static final long DISK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SPINS_IN_A_ROW = 16;

    private final IdleMode idle;
    private final Spinner spinner = new Spinner(SPINS_IN_A_ROW);
    private final Consumer<Throwable> onFailure;
    private final LongSupplier epochNanos;
    private final Exchange exchange;
    /** Where the writer of the orders wakes it; null when it does not sleep. */
    private final WakePort wakePort;

    private final Traffic traffic = new Traffic();
    private final Thread thread;
    private volatile boolean stopping;
    private int unheard;
    /** When the event was due for which it stayed awake last. */
    private long awakeForNanos;

    private ExchangeThread(ExchangeSettings settings, LongSupplier epochNanos, Consumer<Throwable> onFailure) {
        this.idle = settings.idle();
        this.epochNanos = epochNanos;
        this.onFailure = onFailure;
        exchange = Exchange.open(settings, epochNanos, this::pauseForDisk, UnaryOperator.identity());
        wakePort = idle == IdleMode.PARK ? openWakePort(exchange) : null;
        thread = new Thread(this::run, "tickcast-exchange");
    }

    private static WakePort openWakePort(Exchange exchange) {
        try {
            WakePort port = WakePort.open();
            exchange.wakeAt(port.number());
            return port;
        } catch (UncheckedIOException e) {
            LOG.warn("The writer of the orders cannot wake the exchange, which looks for them every 50 us", e);
            return null;
        }
    }

    /**
     * Opens the exchange on the calling thread, as {@link Exchange#open} does, and lets it run.
     *
     * @param onFailure is told, on the exchange's thread, why it stopped without having been asked to; its journals are
     *     closed then, and the log says what to do
     */
    public static ExchangeThread start(ExchangeSettings settings, Consumer<Throwable> onFailure) {
        return start(settings, SystemEpochNanoClock.INSTANCE::nanoTime, onFailure);
    }

    /** With a clock of its own, in nanoseconds since the Unix epoch; read by any thread. */
    public static ExchangeThread start(
            ExchangeSettings settings, LongSupplier epochNanos, Consumer<Throwable> onFailure) {
        ExchangeThread running = new ExchangeThread(settings, epochNanos, onFailure);
        running.thread.start();
        return running;
    }

    public ExchangeCounters counters() {
        return exchange.counters();
    }

    /** Opens, halts or closes trading in a symbol, soon. */
    public void changeStatus(int symbolId, TradingStatus status) {
        exchange.changeStatus(symbolId, status);
    }

    /** How far the replay is; null when there is none. */
    public ReplayProgress replayProgress() {
        return exchange.replayProgress();
    }

    /** Steers the replay, if there is one. */
    public ReplayControl replayControl() {
        return exchange.replayControl();
    }

    /** Lets the current turn end, closes the journals, and returns. */
    @Override
    public void close() {
        stopping = true;
        if (wakePort != null) {
            wakePort.wake();
        }
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The thread must never be left inside a journal, so the interrupt waits.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        TimerSlack.least();
        Throwable failure = null;
        try (exchange;
                wakePort) {
            while (!stopping) {
                if (exchange.doWork() == 0) {
                    idle();
                }
            }
        } catch (ExchangeStoppedException e) {
            LOG.warn("The exchange was {}; what it had begun it completes when it starts again", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("The exchange has stopped; check the disk of its journals, then start it again", e);
            failure = e;
        }
        if (failure != null) {
            onFailure.accept(failure);
        }
    }

    private void idle() {
        switch (idle) {
            case SPIN -> spinner.spin();
            case YIELD -> Thread.yield();
            case PARK -> park();
        }
    }

    private void park() {
        long dueNanos = exchange.nextDueNanos();
        long dueInNanos = dueNanos - epochNanos.getAsLong();
        if (dueInNanos <= 0) {
            return;
        }
        boolean polls = wakePort == null || unheard == UNHEARD_SLEEPS || traffic.isBusy(taken(), System.nanoTime());
        if (polls || dueInNanos < MILLI_NANOS) {
            parkShortly(dueNanos, dueInNanos);
        } else if (!exchange.awaitsOrders()) {
            sleep(Math.min(dueInNanos / MILLI_NANOS, MAX_SLEEP_MILLIS));
        }
    }

    /** An event is at most so late as a park is long, and at its time if the one before was a millisecond ago. */
    private void parkShortly(long dueNanos, long dueInNanos) {
        boolean frequent = dueNanos != awakeForNanos && dueNanos - awakeForNanos < MILLI_NANOS;
        if (frequent) {
            LockSupport.parkNanos(FREQUENT_PARK_NANOS);
        } else if (dueInNanos > WAKE_NANOS) {
            LockSupport.parkNanos(Math.min(dueInNanos - WAKE_NANOS, SHORT_PARK_NANOS));
        } else {
            awakeForNanos = dueNanos;
            Thread.onSpinWait();
        }
    }

    private long taken() {
        return exchange.counters().clientRequests();
    }

    private void sleep(long millis) {
        if (wakePort.sleep(millis)) {
            unheard = 0;
        } else if (exchange.hasOrders() && ++unheard == UNHEARD_SLEEPS) {
            LOG.info("What writes the orders does not reach this process on 127.0.0.1: looking for them every 50 us");
        }
    }

    private void pauseForDisk() {
        LockSupport.parkNanos(DISK_PAUSE_NANOS);
        if (stopping) {
            throw new ExchangeStoppedException();
        }
    }
}
