package tickcast.simulator.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message type byte by byte, field by field from the specification's tables: what is written and what is read. */
class ItchMessagesTest {
    /** Locate 258, tracking number 0, 09:30:00.000000001: what follows a message's type. */
    private static final String HEADER = " 0102 0000 1F1ACED9F001 ";
    /** Blanks on the right. */
    private static final String AAPL = " 4141504C20202020 ";

    private static final String NO_EVENT = "";

    @TempDir
    private Path directory;

    static List<Arguments> messages() {
        return List.of(
                row("S system event", w -> w.systemEvent('O'), "000C 53 0000 0000 1F1ACED9F001 4F", NO_EVENT),
                row(
                        "R stock directory",
                        w -> w.stockDirectory(258, "AAPL"),
                        "0027 52" + HEADER + AAPL + "51 4E 00000064 4E 43 5A20 50 4E 4E 31 4E 00000000 4E",
                        "instrument 258 AAPL 0.01 1"),
                row(
                        "H stock trading action",
                        w -> w.tradingAction(258, "AAPL", 'H'),
                        "0019 48" + HEADER + AAPL + "48 20 54312020",
                        "instrument 258 AAPL 0.01 1; status 258 HALTED"),
                row("Y Reg SHO restriction", w -> w.regSho(258, "AAPL"), "0014 59" + HEADER + AAPL + "30", NO_EVENT),
                row(
                        "L market participant position",
                        w -> w.marketParticipantPosition(258, "AAPL"),
                        "001A 4C" + HEADER + "4D4D4B52" + AAPL + "59 4E 41",
                        NO_EVENT),
                row(
                        "V MWCB decline level",
                        w -> w.declineLevel(1, 2, 3),
                        "0023 56 0000 0000 1F1ACED9F001 0000000000000001 0000000000000002 0000000000000003",
                        NO_EVENT),
                row("W MWCB status", w -> w.breachedLevel('3'), "000C 57 0000 0000 1F1ACED9F001 33", NO_EVENT),
                row(
                        "K IPO quoting period",
                        w -> w.quotingPeriod(258, "AAPL", 34_200, 100_0000),
                        "001C 4B" + HEADER + AAPL + "00008598 41 000F4240",
                        NO_EVENT),
                row(
                        "J LULD auction collar",
                        w -> w.auctionCollar(258, "AAPL", 1, 2, 3),
                        "0023 4A" + HEADER + AAPL + "00000001 00000002 00000003 00000000",
                        NO_EVENT),
                row(
                        "h operational halt",
                        w -> w.operationalHalt(258, "AAPL", 'Q', 'H'),
                        "0015 68" + HEADER + AAPL + "51 48",
                        "instrument 258 AAPL 0.01 1; status 258 HALTED"),
                row(
                        "A add order",
                        w -> w.addOrder(258, 0x0102030405060708L, 'B', 300, "AAPL", 163_2500),
                        "0024 41" + HEADER + "0102030405060708 42 0000012C" + AAPL + "0018E8F4",
                        "instrument 258 AAPL 0.01 1; add 258 72623859790382856 BUY 163.25 300"),
                row(
                        "F add order with MPID",
                        w -> w.addOrderWithMpid(258, 7, 'S', 1, "AAPL", 200_000_0000),
                        "0028 46" + HEADER + "0000000000000007 53 00000001" + AAPL + "77359400 4D4D4B52",
                        "instrument 258 AAPL 0.01 1; add 258 7 SELL 200000 1"),
                row("B broken trade", w -> w.brokenTrade(258, 9), "0013 42" + HEADER + "0000000000000009", NO_EVENT),
                row(
                        "P trade",
                        w -> w.trade(258, 'B', 10, "AAPL", 1, 9),
                        "002C 50" + HEADER + "0000000000000000 42 0000000A" + AAPL + "00000001 0000000000000009",
                        "instrument 258 AAPL 0.01 1; trade 258 0.0001 10 NULL_VAL"),
                row(
                        "Q cross trade",
                        w -> w.cross(258, 5_000_000_000L, "AAPL", 163_2500, 9),
                        "0028 51" + HEADER + "000000012A05F200" + AAPL + "0018E8F4 0000000000000009 4F",
                        "instrument 258 AAPL 0.01 1; cross 258 163.25 5000000000"),
                row(
                        "I net order imbalance",
                        w -> w.imbalance(258, "AAPL", 1, 2, 3),
                        "0032 49" + HEADER + "0000000000000001 0000000000000002 42" + AAPL
                                + "00000003 00000003 00000003 4F 4C",
                        NO_EVENT),
                row(
                        "N retail price improvement",
                        w -> w.retailInterest(258, "AAPL"),
                        "0014 4E" + HEADER + AAPL + "41",
                        ""),
                row(
                        "O direct listing price discovery",
                        w -> w.directListing(258, "AAPL", 1, 2, 3),
                        "0030 4F" + HEADER + AAPL + "4E 00000001 00000002 00000003 00001F1ACED9F001 00000001 00000002",
                        NO_EVENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void message(String label, UnaryOperator<ItchWriter> write, String hex, String expected) throws IOException {
        byte[] bytes = bytes(hex);
        assertArrayEquals(bytes, write.apply(writer()).bytes());
        read(bytes, label, expected);
    }

    /** Messages about orders, behind one that makes the stock known. */
    static List<Arguments> orderMessages() {
        return List.of(
                row(
                        "E order executed",
                        w -> w.executed(258, 7, 100, 9),
                        "001F 45" + HEADER + "0000000000000007 00000064 0000000000000009",
                        "execute 258 7 100 own printed"),
                row(
                        "C order executed with price",
                        w -> w.executedWithPrice(258, 7, 100, 9, 'Y', 163_2500),
                        "0024 43" + HEADER + "0000000000000007 00000064 0000000000000009 59 0018E8F4",
                        "execute 258 7 100 163.25 printed"),
                row(
                        "C order executed with price",
                        w -> w.executedWithPrice(258, 7, 100, 9, 'N', 163_2500),
                        "0024 43" + HEADER + "0000000000000007 00000064 0000000000000009 4E 0018E8F4",
                        "execute 258 7 100 163.25 unprinted"),
                row(
                        "X order cancel",
                        w -> w.cancel(258, 7, 0xFFFF_FFFF),
                        "0017 58" + HEADER + "0000000000000007 FFFFFFFF",
                        "reduce 258 7 4294967295"),
                row("D order delete", w -> w.delete(258, 7), "0013 44" + HEADER + "0000000000000007", "delete 258 7"),
                row(
                        "U order replace",
                        w -> w.replace(258, 7, 8, 100, 163_2500),
                        "0023 55" + HEADER + "0000000000000007 0000000000000008 00000064 0018E8F4",
                        "replace 258 7 8 163.25 100"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orderMessages")
    void orderMessage(String label, UnaryOperator<ItchWriter> write, String hex, String expected) throws IOException {
        byte[] bytes = write.apply(writer().stockDirectory(258, "AAPL")).bytes();
        byte[] message = bytes(hex);
        assertArrayEquals(message, Arrays.copyOfRange(bytes, 41, bytes.length));
        read(bytes, label, "instrument 258 AAPL 0.01 1; " + expected);
    }

    private void read(byte[] bytes, String label, String expected) throws IOException {
        try (Recording recording = ItchWriter.open(directory, bytes)) {
            assertEquals(
                    expected,
                    String.join("; ", new EventList().readAll(recording).lines()));
            assertEquals(ItchWriter.MIDNIGHT_NANOS + 34_200_000_000_001L, recording.eventNanos());
            Map<String, Long> counts = recording.counts();
            assertEquals(1L, counts.get(label), counts.toString());
        }
    }

    private static ItchWriter writer() {
        return new ItchWriter().at(34_200_000_000_001L);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Arguments row(String label, UnaryOperator<ItchWriter> write, String hex, String expected) {
        return Arguments.of(label, write, hex, expected);
    }
}
