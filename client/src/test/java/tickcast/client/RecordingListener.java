package tickcast.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.DepthBook;
import tickcast.protocol.Instrument;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;

/** Turns calls into lines, to be awaited one after the other. */
final class RecordingListener implements ClientListener {
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    /** The next call, which must be this. */
    void expect(String call) throws InterruptedException {
        assertEquals(call, next());
    }

    /** The next call, which must begin so. */
    void expectStart(String start) throws InterruptedException {
        String call = next();
        assertTrue(call.startsWith(start), call);
    }

    String next() throws InterruptedException {
        String call = calls.poll(10, TimeUnit.SECONDS);
        assertNotNull(call, "nothing more was called");
        return call;
    }

    /** All calls so far. */
    List<String> all() {
        return List.copyOf(calls);
    }

    @Override
    public void onConnected(ServerMessage.Welcome welcome) {
        calls.add("connected");
    }

    @Override
    public void onDisconnected(int code, String reason) {
        calls.add("disconnected " + code + " " + reason);
    }

    @Override
    public void onReconnecting(int attempt, long delayMillis, String cause) {
        calls.add("reconnecting " + attempt);
    }

    @Override
    public void onResumed(ServerMessage.Resumed resumed) {
        calls.add("resumed " + resumed.outcome());
    }

    @Override
    public void onError(String text) {
        calls.add("error " + text);
    }

    @Override
    public void onWarning(ServerMessage.Warning warning) {
        calls.add("warning " + warning.code());
    }

    @Override
    public void onSubscribed(ServerMessage.Subscribed granted) {
        calls.add("subscribed "
                + granted.symbols().stream().map(ServerMessage.Listing::symbol).toList());
    }

    @Override
    public void onInstrument(Instrument instrument, TradingStatus status) {
        calls.add("instrument " + instrument.symbol() + " " + status);
    }

    @Override
    public void onStatus(String symbol, TradingStatus status) {
        calls.add("status " + symbol + " " + status);
    }

    @Override
    public void onConflated(String symbol, long merged, long trades) {
        calls.add("conflated " + symbol + " " + merged + " " + trades);
    }

    @Override
    public void onPrice(String symbol, long price, long timeNanos) {
        calls.add("price " + symbol + " " + price + " " + timeNanos);
    }

    @Override
    public void onBook(String symbol, DepthBook book) {
        var view = BookView.of(symbol, book);
        calls.add("book " + side(view.bids()) + "/" + side(view.asks()));
    }

    @Override
    public void onTrade(String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
        calls.add("trade " + symbol + " " + tradeId + " " + aggressor + " " + quantity + "@" + price);
    }

    @Override
    public void onResync(String symbol, String cause) {
        calls.add("resync " + cause);
    }

    @Override
    public void onExecutionsResumed(ServerMessage.ExecutionsResumed resumed) {
        calls.add("executions " + resumed.outcome() + " " + resumed.count() + " up to " + resumed.seq());
    }

    @Override
    public void onExecutionReport(ServerMessage.ExecutionReport report) {
        calls.add("report " + report.accountSeq());
    }

    private static String side(List<BookView.PriceLevel> levels) {
        var text = new StringBuilder();
        levels.forEach(level -> text.append(text.isEmpty() ? "" : ",")
                .append(level.quantity())
                .append('@')
                .append(level.price()));
        return text.toString();
    }
}
