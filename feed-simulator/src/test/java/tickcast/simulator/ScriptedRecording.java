package tickcast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tickcast.simulator.recording.RecordedEvents;
import tickcast.simulator.recording.Recording;
import tickcast.simulator.recording.RecordingException;

/** A recording that a test writes: what each record tells, and when it was made. */
final class ScriptedRecording implements Recording {
    private static final int RECORD_BYTES = 10;

    private record Entry(long nanos, Consumer<RecordedEvents> tells) {}

    private final List<Entry> entries = new ArrayList<>();
    private String damage;
    private int at;
    private boolean closed;

    ScriptedRecording opening(Consumer<RecordedEvents> tells) {
        return at(OPENING, tells);
    }

    ScriptedRecording at(long nanos, Consumer<RecordedEvents> tells) {
        entries.add(new Entry(nanos, tells));
        return this;
    }

    /** A record that tells something and is damaged then. */
    ScriptedRecording damagedAt(long nanos, Consumer<RecordedEvents> tells, String message) {
        return at(nanos, events -> {
            tells.accept(events);
            throw new RecordingException(message);
        });
    }

    /** What comes after all others is no record. */
    ScriptedRecording endsDamaged(String message) {
        damage = message;
        return this;
    }

    /** The same from its start. */
    ScriptedRecording again() {
        ScriptedRecording copy = new ScriptedRecording();
        copy.entries.addAll(entries);
        copy.damage = damage;
        return copy;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public long nextNanos() {
        if (at < entries.size()) {
            return entries.get(at).nanos;
        }
        if (damage != null) {
            throw new RecordingException(damage);
        }
        return END;
    }

    @Override
    public void next(RecordedEvents events) {
        Entry entry = entries.get(at);
        at++;
        entry.tells.accept(events);
    }

    /** A venue's clock, a little before that of the recorder. */
    @Override
    public long eventNanos() {
        long nanos = at == 0 ? OPENING : entries.get(at - 1).nanos;
        return nanos == OPENING ? 0 : nanos - 1;
    }

    @Override
    public long records() {
        return at;
    }

    @Override
    public String place() {
        return "record " + at;
    }

    @Override
    public long bytesRead() {
        return (long) at * RECORD_BYTES;
    }

    @Override
    public long bytesTotal() {
        return (long) entries.size() * RECORD_BYTES;
    }

    @Override
    public Map<String, Long> counts() {
        return Map.of("records", (long) at);
    }

    @Override
    public void close() {
        closed = true;
    }
}
