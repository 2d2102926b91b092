package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickcast.protocol.Decimal8;
import tickcast.protocol.sbe.Side;

class ReplayConsoleTest {
    /** What a user types; whoever reads more than is there would wait, and fails instead. */
    private static final class Typed extends InputStream {
        private byte[] bytes = {};
        private IOException failure;

        void type(String text) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int available() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return bytes.length;
        }

        @Override
        public int read() {
            throw new AssertionError("reads without knowing that there is something");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            assertTrue(length <= bytes.length, "reads more than is there");
            System.arraycopy(bytes, 0, into, offset, length);
            bytes = Arrays.copyOfRange(bytes, length, bytes.length);
            return length;
        }
    }

    @TempDir
    private Path directory;

    private final Typed in = new Typed();
    private final List<String> answers = new ArrayList<>();
    private boolean stopped;
    private SteppedReplay replay;
    private ReplayConsole console;

    @BeforeEach
    void start() throws IOException {
        var capture = new BinanceCapture().open();
        for (int second = 1; second <= 20; second++) {
            capture.at(Duration.ofSeconds(second)).level(Side.BUY, 98 * Decimal8.ONE, second * Decimal8.ONE);
        }
        replay = new SteppedReplay(directory, capture);
        console = new ReplayConsole(in, replay.control, replay.progress, () -> "as it is", () -> stopped = true);
        replay.run(Duration.ZERO);
    }

    @AfterEach
    void close() {
        replay.close();
    }

    @Test
    void pauseAndResume() {
        replay.run(Duration.ofSeconds(2));
        assertEquals(List.of("paused at 2024-08-08 09:30:02.000000"), typed("pause"));
        replay.run(Duration.ofSeconds(60));
        assertEquals(4, replay.progress.records());
        assertEquals(List.of("resumed at 2024-08-08 09:30:02.000000, 1x"), typed("resume"));
        replay.run(Duration.ofSeconds(3));
        assertEquals(7, replay.progress.records());
    }

    @Test
    void stepsAreTakenOneByOne() {
        assertEquals(List.of("paused at 2024-08-08 09:30:01.000000"), typed("step"));
        assertEquals(List.of("paused at 2024-08-08 09:30:02.000000"), typed("s"));
        assertEquals(List.of("paused at 2024-08-08 09:30:07.000000"), typed("s 5"));
        assertEquals(List.of("the recording has ended at 2024-08-08 09:30:20.000000"), typed("step 1000"));
    }

    @ParameterizedTest
    @CsvSource({"10,10x", "2.5x,2.5x", "max,max", "0.1,0.1x"})
    void speed(String typed, String answer) {
        assertEquals(List.of("speed " + answer), typed("speed " + typed));
        assertEquals(answer, replay.progress.speed().toString());
    }

    @Test
    void speedWhilePaused() {
        typed("p");
        assertEquals(List.of("speed 10x, paused"), typed("speed 10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"speed 0", "speed fast", "speed 1e9", "speed x"})
    void wrongSpeed(String line) {
        assertEquals(
                List.of("speed is \"" + line.substring(6) + "\", must be a number from 0.1 to 1000, or max"),
                typed(line));
        assertEquals("1x", replay.progress.speed().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"step 0", "step -1", "step x", "step 99999999999999999999"})
    void wrongStep(String line) {
        assertEquals(
                List.of("step is \"" + line.substring(5) + "\", must be a number of records above 0"), typed(line));
        assertFalse(replay.progress.paused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"go", "pause now", "speed", "status x", "step 1 2", "?"})
    void unknownLinesAreToldWhatThereIs(String line) {
        assertEquals(List.of("'" + line + "' is unknown; there are: " + ReplayConsole.COMMANDS), typed(line));
    }

    @Test
    void statusAndStop() {
        assertEquals(List.of("as it is", "stopping at 2024-08-08 09:30:00.000000"), typed("status\nSTOP"));
        assertTrue(stopped);
    }

    @Test
    void emptyLinesSayNothing() {
        assertEquals(List.of(), typed("\n\r\n  "));
    }

    @Test
    void severalLinesAreAnsweredInOrder() {
        replay.run(Duration.ofSeconds(1));
        assertEquals(
                List.of(
                        "paused at 2024-08-08 09:30:01.000000",
                        "speed 2x, paused",
                        "paused at 2024-08-08 09:30:02.000000",
                        "as it is",
                        "resumed at 2024-08-08 09:30:02.000000, 2x"),
                typed("p\nspeed 2\ns\nstatus\nr"));
    }

    @Test
    void lineThatComesInPieces() {
        in.type("pau");
        poll();
        in.type("se");
        poll();
        assertEquals(List.of(), answers);
        in.type("\n");
        poll();
        assertEquals(List.of("paused at 2024-08-08 09:30:00.000000"), answers);
    }

    @Test
    void answerComesWhenItIsDone() {
        in.type("pause\n");
        console.poll(answers::add);
        assertEquals(List.of(), answers);
        replay.run(Duration.ZERO);
        console.poll(answers::add);
        assertEquals(List.of("paused at 2024-08-08 09:30:00.000000"), answers);
    }

    @Test
    void exchangeThatStandsStillIsNotWaitedForForever() {
        in.type("pause\nstatus\n");
        for (int i = 0; i < 20; i++) {
            console.poll(answers::add);
        }
        assertEquals(2, answers.size());
    }

    @Test
    void inputThatCannotBeReadNowIsReadLater() {
        in.failure = new IOException("Input/output error");
        poll();
        in.failure = null;
        assertEquals(List.of("paused at 2024-08-08 09:30:00.000000"), typed("pause"));
    }

    @Test
    void nonsenseOfAnyLengthIsOneLine() {
        in.type("\u0001\u00e9".repeat(100_000) + "\n");
        for (int i = 0; i < 200; i++) {
            poll();
        }
        assertEquals(List.of(), answers);
        assertEquals(1, typed("x".repeat(10_000)).size());
        assertTrue(answers.get(0).length() < 300, answers.get(0));
    }

    @Test
    void nothingIsSteeredOnceItHasEnded() {
        replay.runToEnd();
        String ended = "the recording has ended at 2024-08-08 09:30:20.000000";
        assertEquals(List.of(ended, ended, ended, ended, "as it is"), typed("p\nr\ns\nspeed 2\nstatus"));
    }

    /** Types lines; the answers to them. */
    private List<String> typed(String text) {
        answers.clear();
        in.type(text + "\n");
        for (int i = 0; i < 10; i++) {
            poll();
        }
        return answers;
    }

    private void poll() {
        console.poll(answers::add);
        replay.run(Duration.ZERO);
        console.poll(answers::add);
    }
}
