package tickcast.orderentry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tickcast.protocol.json.CancelScope;

/**
 * Which sessions want orders cancelled when they go, and which accounts have a dead-man timer, in a file that outlives the
 * death of the process: a line for every change, written before anybody is told. Confined to a thread.
 */
final class AbsenceLog implements AutoCloseable {
    /** Within the directory of the orders journal, whose lock guards it. */
    static final String FILE_NAME = "absences.txt";

    private static final Logger LOG = LoggerFactory.getLogger(AbsenceLog.class);
    private static final int MIN_LINES_TO_SHORTEN = 1_000;
    private static final int LINES_FOR_EACH = 4;
    private static final String SESSION = "session";
    private static final String ENDED = "ended";
    private static final String TIMER = "timer";
    private static final int SESSION_FIELDS = 7;
    private static final int TIMER_FIELDS = 3;
    private static final int ENDED_FIELDS = 2;

    private final Path file;
    private final Map<Long, WatchedSession> sessions = new LinkedHashMap<>();
    private final Map<String, Integer> timers = new LinkedHashMap<>();
    private FileChannel channel;
    private int lines;

    private AbsenceLog(Path file) {
        this.file = file;
    }

    /** What the file holds; an empty one when there is none. @throws UncheckedIOException when it cannot be read or written */
    static AbsenceLog open(Path file) {
        var log = new AbsenceLog(file);
        try {
            if (Files.exists(file)) {
                log.read();
            }
            log.shorten();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + file, e);
        }
        return log;
    }

    Collection<WatchedSession> sessions() {
        return sessions.values();
    }

    /** Null when the session is not watched. */
    WatchedSession session(long sessionId) {
        return sessions.get(sessionId);
    }

    /** The timeouts in ms, by account. */
    Map<String, Integer> timers() {
        return timers;
    }

    void put(WatchedSession session) {
        if (!session.equals(sessions.get(session.sessionId()))) {
            write(line(session));
            sessions.put(session.sessionId(), session);
        }
    }

    void remove(long sessionId) {
        if (sessions.containsKey(sessionId)) {
            write(ENDED + "\t" + sessionId);
            sessions.remove(sessionId);
        }
    }

    /** @param timeoutMillis 0 for none */
    void putTimer(String account, int timeoutMillis) {
        if (timers.getOrDefault(account, 0) != timeoutMillis) {
            write(line(account, timeoutMillis));
            apply(account, timeoutMillis);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + file, e);
        }
    }

    private void apply(String account, int timeoutMillis) {
        if (timeoutMillis == 0) {
            timers.remove(account);
        } else {
            timers.put(account, timeoutMillis);
        }
    }

    private void write(String line) {
        try {
            if (lines > MIN_LINES_TO_SHORTEN && lines > LINES_FOR_EACH * (sessions.size() + timers.size())) {
                shorten();
            }
            append(line, channel);
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static void append(String line, FileChannel to) throws IOException {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** Begins the file anew with what holds now; the old one stays, and is written on, until the new one is whole. */
    private void shorten() throws IOException {
        var name = file.resolveSibling(file.getFileName() + ".new");
        var fresh = FileChannel.open(
                name, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            for (var session : sessions.values()) {
                append(line(session), fresh);
            }
            for (var timer : timers.entrySet()) {
                append(line(timer.getKey(), timer.getValue()), fresh);
            }
            Files.move(name, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        var old = channel;
        channel = fresh;
        lines = sessions.size() + timers.size();
        if (old != null) {
            old.close();
        }
    }

    /** A last line without its end was being written when the process died: nobody was told of it. */
    private void read() throws IOException {
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            if (!line.isEmpty() && !take(line.split("\t", -1))) {
                LOG.warn("{} has a line that says nothing and is left out: {}", file, line);
            }
        }
    }

    private boolean take(String[] fields) {
        try {
            if (fields[0].equals(SESSION) && fields.length == SESSION_FIELDS) {
                var session = new WatchedSession(
                        Long.parseLong(fields[1]),
                        fields[2],
                        CancelScope.valueOf(fields[3]),
                        Integer.parseInt(fields[4]),
                        Boolean.parseBoolean(fields[5]),
                        ids(fields[6]));
                sessions.put(session.sessionId(), session);
            } else if (fields[0].equals(ENDED) && fields.length == ENDED_FIELDS) {
                sessions.remove(Long.parseLong(fields[1]));
            } else if (fields[0].equals(TIMER) && fields.length == TIMER_FIELDS) {
                apply(fields[1], Integer.parseInt(fields[2]));
            } else {
                return false;
            }
            return true;
        } catch (IllegalArgumentException e) { // no number, or no such scope
            return false;
        }
    }

    private static String line(WatchedSession session) {
        return String.join(
                "\t",
                SESSION,
                Long.toString(session.sessionId()),
                session.account(),
                session.scope().name(),
                Integer.toString(session.graceMillis()),
                Boolean.toString(session.onClose()),
                session.placers().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private static String line(String account, int timeoutMillis) {
        return String.join("\t", TIMER, account, Integer.toString(timeoutMillis));
    }

    private static List<Long> ids(String text) {
        return Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    }
}
