package tickcast.client;

import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.protocol.DepthBook;
import tickcast.protocol.Instrument;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** Stands before the user's listener: what that throws is logged and goes no further. */
final class GuardedListener implements ClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final ClientListener guarded;

    GuardedListener(ClientListener guarded) {
        this.guarded = guarded;
    }

    @Override
    public void onConnected(ServerMessage.Welcome welcome) {
        try {
            guarded.onConnected(welcome);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onDisconnected(int code, String reason) {
        try {
            guarded.onDisconnected(code, reason);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onReconnecting(int attempt, long delayMillis, String cause) {
        try {
            guarded.onReconnecting(attempt, delayMillis, cause);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onError(String text) {
        try {
            guarded.onError(text);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onWarning(ServerMessage.Warning warning) {
        try {
            guarded.onWarning(warning);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onResumed(ServerMessage.Resumed resumed) {
        try {
            guarded.onResumed(resumed);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onExecutionsResumed(ServerMessage.ExecutionsResumed resumed) {
        try {
            guarded.onExecutionsResumed(resumed);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onReplayed(ServerMessage.Replayed replayed) {
        try {
            guarded.onReplayed(replayed);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onHeartbeat(ServerMessage.Heartbeat heartbeat) {
        try {
            guarded.onHeartbeat(heartbeat);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onSubscribed(ServerMessage.Subscribed granted) {
        try {
            guarded.onSubscribed(granted);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onInstrument(Instrument instrument, TradingStatus status) {
        try {
            guarded.onInstrument(instrument, status);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onStatus(String symbol, TradingStatus status) {
        try {
            guarded.onStatus(symbol, status);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onConflated(String symbol, long merged, long trades) {
        try {
            guarded.onConflated(symbol, merged, trades);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onPrice(String symbol, long price, long timeNanos) {
        try {
            guarded.onPrice(symbol, price, timeNanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onBook(String symbol, DepthBook book) {
        try {
            guarded.onBook(symbol, book);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        try {
            guarded.onTrade(symbol, tradeId, aggressor, price, quantity, timeNanos);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onFeedMessage(String symbol, DirectBuffer message, int offset, int length, DepthBook.Update update) {
        try {
            guarded.onFeedMessage(symbol, message, offset, length, update);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onResync(String symbol, String cause) {
        try {
            guarded.onResync(symbol, cause);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void onExecutionReport(ServerMessage.ExecutionReport report) {
        try {
            guarded.onExecutionReport(report);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private static void failed(RuntimeException e) {
        LOG.error("A listener failed; the client goes on", e);
    }
}
