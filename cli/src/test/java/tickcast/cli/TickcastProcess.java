package tickcast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, as a user runs it. */
final class TickcastProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private TickcastProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output file for what it prints, errors too */
    static TickcastProcess start(Path output, String... arguments) throws IOException {
        return start(output, Tickcast.class, arguments);
    }

    /** Another program instead. */
    static TickcastProcess start(Path output, Class<?> program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-")
                        || option.startsWith("--enable-native-access")
                        || option.startsWith("--sun-misc"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new TickcastProcess(process, output);
    }

    /** Waits until it has printed {@code text}. */
    TickcastProcess awaitOutput(String text) {
        Await.until(LIMIT, () -> "'" + text + "' in: " + output(), () -> {
            if (!process.isAlive() && !output().contains(text)) {
                throw new AssertionError("ended with " + process.exitValue() + ": " + output());
            }
            return output().contains(text);
        });
        return this;
    }

    /** Types a line on its standard input. */
    TickcastProcess type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Lets it stand still, as a machine that is out of breath does. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " ended with " + status);
        }
    }

    /** Asks it to stop, as Ctrl-C does; returns its exit status. */
    int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** Waits until it ends by itself; returns its exit status. */
    int awaitEnd() {
        Await.until(LIMIT, () -> "the end of the process: " + output(), () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
