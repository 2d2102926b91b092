package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandUsageTest {
    private static final String NOWHERE = "ws://127.0.0.1:1/ws";

    @Test
    void withoutArgumentsPrintsHelp() {
        var run = CommandRun.of();
        assertEquals(ExitStatus.OK, run.status());
        assertTrue(run.out().contains("tickcast demo"), run.out());
    }

    @Test
    void version() {
        var run = CommandRun.of("--version");
        assertEquals(ExitStatus.OK, run.status());
        assertTrue(run.out().startsWith("tickcast "), run.out());
    }

    static Stream<String> commands() {
        return new CommandLine(new Tickcast(Map.of(), new StopSignal(), InputStream.nullInputStream()))
                .getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpNamesEveryOption(String command) {
        var run = CommandRun.of(command, "--help");
        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertTrue(run.out().contains("Example"), run.out());
        assertFalse(run.out().contains("${"), run.out());
        var spec = new CommandLine(new Tickcast(Map.of(), new StopSignal(), InputStream.nullInputStream()))
                .getSubcommands()
                .get(command)
                .getCommandSpec();
        for (var option : spec.options()) {
            assertTrue(run.out().contains(option.longestName()), option.longestName());
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isDescribedByAWholeSentence(String command) {
        var usage = new CommandLine(new Tickcast(Map.of(), new StopSignal(), InputStream.nullInputStream()))
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage();
        assertTrue(usage.description()[0].endsWith("."), usage.description()[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                                  | Unmatched argument
                    subscribe A --to 5                        | --to and --replay-speed need --from
                    subscribe A --from noon                   | --from is "noon", must be a sequence from 1 on
                    subscribe A --from 5 --to 4               | --to is 4, must be no earlier than from
                    subscribe A --from 5 --replay-speed 1     | --replay-speed is 1, must be above 1, or max
                    subscribe A --from 5 --encoding v1        | --from needs --encoding sbe or json
                    subscribe A --from 5 --max-rate 5         | --max-rate does not go with --from
                    demo --prot 1                             | Unknown options
                    demo --port x                             | port
                    demo --port 70000                         | must be 0 to 65535
                    demo --rate fast                          | a number of events per second, or max
                    demo --symbols -1                         | must be 0 to 10000
                    demo --retain much                        | feed.retain
                    demo --instruments /nowhere/i.csv         | a file that can be read
                    demo --symbols A,B                        | must be 0 to 10000
                    demo --speed 5                            | name a recording with --replay FILE
                    demo --replay /nowhere/r                  | The recording '/nowhere/r' is not a file that can be read
                    demo --replay ../README.md /nowhere/r     | The recording '/nowhere/r' is not a file that can be read
                    demo --replay ../README.md                | is not recognized as one of: itch, lobster, binance
                    demo --replay /nowhere/r --rate 5         | --rate does not go with --replay
                    demo --replay /nowhere/r --seed 5         | --seed does not go with --replay
                    exchange --replay /nowhere/r              | The recording '/nowhere/r' is not a file that can be read
                    exchange --replay r --symbols é           | names of at most 32 characters
                    exchange --port 1                         | --port
                    replay                                    | FILE...
                    replay /nowhere/r                         | The recording '/nowhere/r' is not a file that can be read
                    replay /nowhere/r --check                 | The recording '/nowhere/r' is not a file that can be read
                    replay ..                                 | The recording '..' is not a file that can be read
                    replay ../README.md                       | is not recognized as one of: itch, lobster, binance
                    replay r --format pcap                    | format "pcap" is unknown; there are: itch, lobster, binance
                    replay r --speed 0                        | speed is "0", must be a number from 0.1 to 1000, or max
                    replay r --speed fast                     | speed is "fast", must be a number from 0.1 to 1000
                    replay r --speed 1001                     | speed is "1001", must be a number from 0.1 to 1000
                    replay r --speed 1e999                    | speed is "1e999", must be a number from 0.1 to 1000
                    replay r --from noon                      | replay.from: time is "noon", must be like 09:30
                    replay r --to +5d                         | replay.to: time is "+5d", must be like 09:30
                    replay r --date yesterday                 | must be a date like 2012-06-21
                    replay r --rate 5                         | --rate
                    gateway --port -1                         | must be 0 to 65535
                    subscribe                                 | SYMBOL
                    subscribe A --format xml                  | expected one of [TEXT, JSON, RAW]
                    subscribe A --count 0                     | must be 1 or more
                    subscribe A --duration 5                  | write 500ms, 10s, 5m or 2h
                    subscribe A --encoding v1 --verify        | needs --encoding sbe or json
                    subscribe A --format raw --verify         | needs --format text or json
                    subscribe A --url http://x                | must be ws://HOST:PORT/ws
                    order                                     | buy|sell
                    order hold A 1                            | hold
                    order buy A 0                             | no number above 0
                    order buy A 1 100                         | write '@ PRICE'
                    order buy A 1 @ x                         | the price 'x'
                    order buy A 1 --post-only                 | needs a price
                    order buy A 1 --tif GTC                   | IOC or FOK
                    order buy A 1 --tif DAY                   | IOC or FOK
                    order buy A 1 --recv-window 61s           | at most 60s
                    order buy A 1 --self-trade all            | cancel-newest
                    cancel 1 --side buy                       | go with --all
                    cancel                                    | tickcast: Missing required argument
                    cancel 1 --client-order-id a              | tickcast: ORDER_ID, --client-order-id=ID are mutually exclusive
                    cancel first                              | (ORDER_ID): 'first' is no whole number
                    cancel --all --account a,b                | account is 'a,b', must be 1 to 32 of A-Z a-z 0-9 _ . -
                    report                                    | FILE
                    bench --orders -1                         | must be 0 to 1000000
                    bench --subscribers 0                     | nothing to do
                    bench --subscribers many                  | option '--subscribers': 'many' is no whole number
                    bench --storm 100001                      | must be 0 to 100000 each
                    bench --form xml                          | form 'xml' is unknown; there are: v1, sbe, json
                    bench --churn -1                          | must be 0 to 10000 per second
                    bench --churn 1 --subscribers 0 --slow 1  | --churn needs --subscribers
                    bench --probes 1001                       | must be 0 to 1000 per second
                    bench --slow-rate 0                       | must be 1 or more
                    bench --min-rate -1                       | must be 0 or more
                    bench --format xml                        | expected one of [TEXT, JSON]
                    inspect --journal trades                  | expected one of [FEED, ORDERS, EXECUTIONS]
                    inspect --from 0                          | must be 1 or more
                    inspect --from 9 --to 3                   | must not be below --from
                    inspect --config /nowhere/tickcast.conf   | tickcast: /nowhere/tickcast.conf cannot be read: there is no such file
                    """)
    void wrongUsage(String arguments, String said) {
        var run = CommandRun.of(arguments.split(" "));
        assertEquals(ExitStatus.USAGE, run.status(), run.err());
        assertTrue(run.err().contains(said.replace("buy|sell", "buy")), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @CsvSource({"symbols", "subscribe A", "subscribe A --format raw", "order buy A 1", "cancel 1", "bench"})
    void gatewayThatIsNotThere(String arguments) {
        var run = CommandRun.of((arguments + " --url " + NOWHERE).split(" "));
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("Cannot connect to " + NOWHERE), run.err());
        assertTrue(run.err().contains(": nothing listens there; start"), run.err());
        assertTrue(run.err().contains("tickcast demo"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void debugShowsTheStackTrace() {
        var run = CommandRun.of("symbols", "--url", NOWHERE, "--debug");
        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("\tat "), run.err());
    }

    @Test
    void riskLimitsThatAreNotThere(@TempDir Path directory) throws Exception {
        var settings = Files.writeString(directory.resolve("settings.conf"), "risk.limits = /nowhere/limits.conf");
        var run = CommandRun.of(
                "gateway", "--port", "0", "--data", directory.toString(), "--config", settings.toString());
        assertEquals(ExitStatus.USAGE, run.status(), run.err());
        assertEquals(
                "tickcast: /nowhere/limits.conf, the file of risk limits, cannot be read: there is no such file",
                run.err().strip());
    }

    @Test
    void dataDirectoryThatCannotBeUsed(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("file"), "not a directory");
        for (String command : new String[] {"demo", "exchange", "gateway"}) {
            var run = CommandRun.of(command, "--data", file.resolve("data").toString());
            assertEquals(ExitStatus.FAILED, run.status(), command);
            assertTrue(run.err().contains("choose another with --data"), run.err());
            assertEquals(1, run.err().lines().count(), run.err());
        }
    }
}
