package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickcast.journal.JournalSettings;
import tickcast.journal.JournalWriter;
import tickcast.protocol.Decimal8;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.BooleanType;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.NewOrderEncoder;
import tickcast.protocol.sbe.OrderType;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionEncoder;
import tickcast.protocol.sbe.TimeInForce;
import tickcast.protocol.sbe.TradeEncoder;
import tickcast.protocol.sbe.TradingStatus;

class InspectCommandTest {
    private static final long NANOS = 1_700_000_000_000_000_000L;

    @TempDir
    private Path data;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @BeforeEach
    void writeJournals() {
        try (var feed = JournalWriter.open(JournalSettings.of(data.resolve("feed")))) {
            feed.append(buffer, 0, definition(1, 1, "AAPL"));
            feed.append(buffer, 0, definition(2, 2, "MSFT"));
            feed.checkpointWritten(1);
            feed.append(buffer, 0, trade(3, 1, "101.25"));
            feed.append(buffer, 0, trade(4, 2, "430"));
            feed.append(buffer, 0, trade(5, 1, "101.5", Side.NULL_VAL));
        }
        try (var orders = JournalWriter.open(JournalSettings.of(data.resolve("orders")))) {
            orders.append(buffer, 0, newOrder(1));
        }
    }

    @Test
    void wholeFeedInOrder() {
        var run = inspect();
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals(List.of("1", "2", "3", "4", "5"), firstWords(run));
        assertTrue(run.out().contains("symbolDefinition  AAPL"), run.out());
        assertTrue(run.out().contains("price=101.25"), run.out());
        assertTrue(run.out().contains("2023-11-14T22:13:20Z"), run.out());
    }

    @Test
    void partOfTheFeed() {
        assertEquals(List.of("2", "3"), firstWords(inspect("--from", "2", "--to", "3")));
        assertEquals(List.of("1", "3", "5"), firstWords(inspect("--symbol", "AAPL")));
    }

    @Test
    void followEndsWhereToldTo() {
        assertEquals(List.of("4", "5"), firstWords(inspect("--from", "4", "--to", "5", "--follow")));
    }

    @Test
    void jsonLines() {
        var run = inspect("--from", "4", "--to", "4", "--json");
        assertTrue(run.out().startsWith("{\"type\":\"trade\",\"symbol\":\"MSFT\""), run.out());
        assertTrue(run.out().contains("\"price\":430,"), run.out());
    }

    @Test
    void aTradeOfAnAuctionHasNoAggressor() {
        var run = inspect("--from", "4", "--to", "5");
        assertEquals(
                List.of(true, false),
                run.out().lines().map(line -> line.contains("aggressor")).toList(),
                run.out());
    }

    @Test
    void ordersWithTheSymbolsOfTheFeed() {
        var run = inspect("--journal", "orders");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertTrue(run.out().contains("newOrder"), run.out());
        assertTrue(run.out().contains("MSFT"), run.out());
        assertTrue(run.out().contains("account=desk clientOrderId=mine"), run.out());
    }

    @Test
    void whatIsNotThere() {
        var tooFar = inspect("--from", "7");
        assertEquals(ExitStatus.FAILED, tooFar.status());
        assertTrue(tooFar.err().contains("the newest is 5"), tooFar.err());
        var none = inspect("--journal", "executions");
        assertEquals(ExitStatus.FAILED, none.status());
        assertTrue(none.err().contains("no executions journal"), none.err());
    }

    private CommandRun inspect(String... more) {
        var args = new ArrayList<>(List.of("inspect", "--data", data.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static List<String> firstWords(CommandRun run) {
        return run.out().lines().map(line -> line.strip().split(" ")[0]).toList();
    }

    private int definition(long seq, int symbolId, String symbol) {
        int length = new SymbolDefinitionEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .tickSize(Decimal8.ONE / 100)
                .lotSize(Decimal8.ONE)
                .referencePrice(Decimal8.ONE)
                .status(TradingStatus.OPEN)
                .symbolText(symbol)
                .encodedLength();
        FeedHeader.put(buffer, 0, NANOS, seq, 0, symbolId, NANOS);
        return MessageHeaderEncoder.ENCODED_LENGTH + length;
    }

    private int trade(long seq, int symbolId, String price) {
        return trade(seq, symbolId, price, Side.BUY);
    }

    private int trade(long seq, int symbolId, String price, Side aggressor) {
        int length = new TradeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .tradeId(seq)
                .price(Decimal8.parse(price))
                .quantity(Decimal8.ONE)
                .aggressor(aggressor)
                .encodedLength();
        FeedHeader.put(buffer, 0, NANOS, seq, symbolId, symbolId, NANOS);
        return MessageHeaderEncoder.ENCODED_LENGTH + length;
    }

    private int newOrder(long seq) {
        int length = new NewOrderEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .writtenTime(NANOS)
                .seq(seq)
                .receivedTime(NANOS)
                .sessionId(1)
                .requestId(1)
                .symbolId(2)
                .side(Side.SELL)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTC)
                .postOnly(BooleanType.FALSE)
                .price(Decimal8.parse("431"))
                .quantity(Decimal8.ONE)
                .clientTime(0)
                .account("desk")
                .clientOrderId("mine")
                .encodedLength();
        return MessageHeaderEncoder.ENCODED_LENGTH + length;
    }
}
