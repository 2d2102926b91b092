package tickcast.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickcast.protocol.Decimal8;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.Side;

/** The example of the package's documentation, as it stands there. */
@Timeout(60)
class PackageExampleTest {
    @Test
    void theExampleWorks() throws Exception {
        try (var gateway = new ScriptedGateway()) {
            var prices = new LinkedBlockingQueue<String>();
            var outcome = CompletableFuture.supplyAsync(() -> example(gateway.uri(), prices));
            var feed = new FeedScript();
            var session = gateway.welcomed(60_000);
            session.grant(feed);
            session.sendBinary(feed.packet(feed.trade(Side.BUY, Decimal8.parse("64250.49"), Decimal8.ONE)));
            var order = session.request(ClientMessage.PlaceOrder.class);
            session.send(new ServerMessage.Ack(order.id(), 1L, null, "new", null));
            assertEquals("accepted", outcome.get(10, SECONDS));
            assertEquals("BTC/USD 64250.49", prices.poll(10, SECONDS));
        }
    }

    @Test
    void theDocumentationShowsThisExample() throws Exception {
        var documented =
                between(Path.of("src/main/java/tickcast/client/package-info.java"), "<pre>{@code", "}</pre>", " * ");
        var tested = between(
                Path.of("src/test/java/tickcast/client/PackageExampleTest.java"), "// begin", "// end", "        ");
        assertFalse(tested.isEmpty());
        assertEquals(tested, documented);
    }

    private static String example(URI address, BlockingQueue<String> prices) {
        // begin
        var client = TickcastClient.builder(address)
                .listener(new ClientListener() {
                    @Override
                    public void onTrade(
                            String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
                        prices.add(symbol + " " + Decimal8.format(price));
                    }
                })
                .build();
        client.connect().join();
        client.subscribe("BTC/USD").join();
        var order = OrderRequest.limit("BTC/USD", Side.BUY, Decimal8.parse("64250.5"), Decimal8.parse("0.1"));
        String outcome = client.placeOrder(order).join().text();
        client.close();
        // end
        return outcome;
    }

    private static List<String> between(Path file, String begin, String end, String indent) throws Exception {
        return Files.readAllLines(file).stream()
                .dropWhile(line -> !line.endsWith(begin))
                .skip(1)
                .takeWhile(line -> !line.endsWith(end))
                .map(line -> line.substring(Math.min(line.length(), indent.length())))
                .toList();
    }
}
