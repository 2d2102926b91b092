package tickcast.cli;

import java.util.SplittableRandom;

/**
 * Stops exchange, gateway or both in order, though in the midst of everything, and starts them again; often a trading day
 * ends before, or while they are not there.
 */
final class PathRestarts {
    private static final int MOST_REQUESTS = 15;

    private enum Restart {
        EXCHANGE,
        GATEWAY,
        BOTH
    }

    private final OrderPath path;
    private final JournalledVenue journalled;
    private final Crowd crowd;
    private final MarketWatch market;
    private final SplittableRandom random;
    private int count;

    PathRestarts(OrderPath path, JournalledVenue journalled, Crowd crowd, MarketWatch market, SplittableRandom random) {
        this.path = path;
        this.journalled = journalled;
        this.crowd = crowd;
        this.market = market;
        this.random = random;
    }

    /** Starts again what is next. */
    void next() throws Exception {
        restart(Restart.values()[count++ % Restart.values().length]);
    }

    void gateway() throws Exception {
        restart(Restart.GATEWAY);
    }

    /** Whether everything was started again. */
    boolean all() {
        return count >= Restart.values().length;
    }

    private void restart(Restart what) throws Exception {
        boolean exchange = what != Restart.GATEWAY;
        boolean gateway = what != Restart.EXCHANGE;
        maybeNextDay();
        stop(exchange, gateway);
        if (!gateway) {
            talkToNobody();
        }
        maybeNextDay();
        start(exchange, gateway);
        path.awaitReady();
        if (gateway) {
            crowd.gatewayIsBack();
            market.awaitConnection();
        }
    }

    private void maybeNextDay() {
        if (random.nextInt(3) == 0) {
            path.nextDay();
        }
    }

    private void stop(boolean exchange, boolean gateway) {
        boolean exchangeFirst = random.nextBoolean();
        if (exchange && exchangeFirst) {
            journalled.exchangeStopped(path.stopExchange());
        }
        if (gateway) {
            path.stopGateway();
            crowd.gatewayIsGone();
        }
        if (exchange && !exchangeFirst) {
            journalled.exchangeStopped(path.stopExchange());
        }
    }

    private void start(boolean exchange, boolean gateway) throws Exception {
        boolean exchangeFirst = random.nextBoolean();
        if (exchange && exchangeFirst) {
            path.startExchange();
        }
        if (gateway) {
            path.startGateway();
        }
        if (exchange && !exchangeFirst) {
            path.startExchange();
        }
    }

    /** The exchange is gone; the gateway has noticed it or not. */
    private void talkToNobody() {
        int requests = random.nextInt(MOST_REQUESTS);
        boolean missed = random.nextBoolean();
        for (int i = 0; i < requests; i++) {
            if (missed && i == requests / 2) {
                path.awaitExchangeMissed();
            }
            crowd.stir();
        }
    }
}
