package tickcast.cli;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import tickcast.simulator.ExchangeSettings;
import tickcast.simulator.ExchangeThread;

/** The exchange as a program of its own, on whose {@link MovableDays} a test lets trading days end. */
final class DatedExchange {
    private DatedExchange() {}

    /** Arguments: data directory, file of the days, events per second. Runs until it is told to end. */
    public static void main(String[] args) throws Exception {
        var data = Path.of(args[0]);
        var failed = new CountDownLatch(1);
        var settings = ExchangeSettings.of(data).withEventsPerSecond(Integer.parseInt(args[2]));
        var exchange =
                ExchangeThread.start(settings, MovableDays.open(Path.of(args[1])), failure -> failed.countDown());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            exchange.close();
            if (failed.getCount() > 0) {
                Runtime.getRuntime().halt(0);
            }
        }));
        System.out.println("exchange ready");
        failed.await();
        System.exit(1);
    }
}
