package tickcast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tickcast.simulator.ReplayControl;
import tickcast.simulator.ReplayProgress;
import tickcast.simulator.ReplaySpeed;

/** Steers a replay by lines of an input that is never waited for. Confined to a thread. */
final class ReplayConsole {
    static final String COMMANDS = "pause (p), resume (r), step [N] (s), speed X, status, stop";

    private static final int MOST_BYTES = 4_096;
    private static final int MOST_CHARACTERS = 200;
    /** What was asked for is told after so many polls even when it is not done yet. */
    private static final int MOST_POLLS = 10;

    private final InputStream in;
    private final ReplayControl control;
    private final ReplayProgress progress;
    private final Supplier<String> status;
    private final Runnable stop;
    private final byte[] bytes = new byte[MOST_BYTES];
    private final StringBuilder text = new StringBuilder();
    private final Queue<String> lines = new ArrayDeque<>();
    /** Whether what was asked for last is done; null when its answer is given. */
    private BooleanSupplier done;

    private Supplier<String> answer;
    private int pollsLeft;

    /**
     * @param status the answer to {@code status}
     * @param stop what {@code stop} does
     */
    ReplayConsole(
            InputStream in, ReplayControl control, ReplayProgress progress, Supplier<String> status, Runnable stop) {
        this.in = in;
        this.control = control;
        this.progress = progress;
        this.status = status;
        this.stop = stop;
    }

    /** Does what the lines say that are there, and answers each with a line once it is done. */
    void poll(Consumer<String> answers) {
        pollsLeft--;
        answerIfDone(answers);
        if (lines.isEmpty()) {
            read();
        }
        while (done == null && !lines.isEmpty()) {
            take(lines.remove());
            answerIfDone(answers);
        }
    }

    private void read() {
        int length;
        try {
            length = in.read(bytes, 0, Math.min(in.available(), bytes.length));
        } catch (IOException e) {
            // A terminal cannot be read from the background of its shell; perhaps it can be later.
            length = 0;
        }
        for (int i = 0; i < length; i++) {
            char character = (char) (bytes[i] & 0xFF);
            if (character == '\n') {
                lines.add(text.toString().strip());
                text.setLength(0);
            } else if (text.length() < MOST_CHARACTERS) {
                text.append(character >= ' ' && character < 0x7F ? character : ' ');
            }
        }
    }

    private void take(String line) {
        String[] words = line.split(" +");
        String argument = words.length == 2 ? words[1] : null;
        String command = words.length > 2 ? line : words[0].toLowerCase(Locale.ROOT) + (argument == null ? "" : " X");
        switch (command) {
            case "" -> {}
            case "pause", "p" -> steer(control::pause, this::paused);
            case "resume", "r" -> steer(control::resume, () -> "resumed at " + position() + ", " + progress.speed());
            case "step", "s" -> step("1");
            case "step X", "s X" -> step(argument);
            case "speed X" -> speed(argument);
            case "status" -> say(status.get());
            case "stop" -> {
                stop.run();
                say("stopping at " + position());
            }
            default -> say("'" + line + "' is unknown; there are: " + COMMANDS);
        }
    }

    private void step(String count) {
        long records;
        try {
            records = Long.parseLong(count);
        } catch (NumberFormatException e) {
            records = 0;
        }
        if (records < 1) {
            say("step is \"" + count + "\", must be a number of records above 0");
            return;
        }
        long steps = records;
        long enough = progress.records() + steps;
        steer(() -> control.step(steps), this::paused);
        BooleanSupplier known = done;
        if (known != null) {
            done = () -> known.getAsBoolean() && (progress.records() >= enough || progress.ended());
        }
    }

    private void speed(String text) {
        try {
            var speed = ReplaySpeed.parse(text);
            steer(
                    () -> control.speed(speed),
                    () -> "speed " + progress.speed() + (progress.paused() ? ", paused" : ""));
        } catch (IllegalArgumentException e) {
            say(e.getMessage());
        }
    }

    private void steer(Runnable request, Supplier<String> told) {
        if (progress.ended()) {
            say("the recording has ended at " + position());
            return;
        }
        request.run();
        done = control::isIdle;
        answer = told;
        pollsLeft = MOST_POLLS;
    }

    private void say(String told) {
        done = () -> true;
        answer = () -> told;
    }

    private void answerIfDone(Consumer<String> answers) {
        if (done != null && (done.getAsBoolean() || pollsLeft <= 0)) {
            answers.accept(answer.get());
            done = null;
        }
    }

    private String paused() {
        if (progress.ended()) {
            return "the recording has ended at " + position();
        }
        return progress.seeking() ? "will be paused when it has sought its beginning" : "paused at " + position();
    }

    private String position() {
        return RecordedTime.exactPosition(progress);
    }
}
