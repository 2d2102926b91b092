package tickcast.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import tickcast.simulator.ReplayProgress;
import tickcast.simulator.ReplaySettings;
import tickcast.simulator.ReplaySpeed;

/** How far a replay is, as text, and its rate since the last look. Confined to a thread. */
final class ReplayStatus {
    /** What tells how fast it goes on. */
    private record Pace(ReplaySpeed speed, boolean paused, boolean seeking) {}

    private static final double SECOND_NANOS = 1e9;
    private static final int PERCENT = 100;

    private final ReplaySettings settings;
    private final ReplayProgress progress;
    private final LongSupplier nanoTime;
    private long recordsBefore;
    private long lookedNanos;
    private Pace pace;
    private long paceNanos;
    private long paceRead;

    ReplayStatus(ReplaySettings settings, ReplayProgress progress, LongSupplier nanoTime) {
        this.settings = settings;
        this.progress = progress;
        this.nanoTime = nanoTime;
        lookedNanos = nanoTime.getAsLong();
    }

    String text() {
        if (progress.ended()) {
            return "ended at " + RecordedTime.position(progress);
        }
        List<String> parts = new ArrayList<>();
        parts.add(place());
        parts.add(recordRate());
        long read = progress.bytesRead();
        long total = progress.bytesTotal();
        long end = progress.endNanos();
        if (end > 0) {
            parts.addAll(leftUntil(end));
        } else {
            if (total > 0) {
                parts.add(Math.min(PERCENT, PERCENT * read / total) + "% read");
            }
            parts.addAll(left(read, total));
        }
        return String.join("  ", parts);
    }

    /** Where the end is known, what is left is known too, unless the speed is not. */
    private List<String> leftUntil(long endNanos) {
        double nanos = endNanos - progress.positionNanos();
        if (progress.seeking() || progress.paused() || nanos < 0 || settings.loop()) {
            return List.of();
        }
        long seconds = Math.round(nanos / progress.speed().factor() / SECOND_NANOS);
        return seconds == 0 ? List.of() : List.of(RecordedTime.clock(seconds) + " left");
    }

    /** Estimated from the bytes since the pace was last changed; none while they tell nothing. */
    private List<String> left(long read, long total) {
        var now = new Pace(progress.speed(), progress.paused(), progress.seeking());
        if (!now.equals(pace) || read < paceRead) {
            pace = now;
            paceNanos = lookedNanos;
            paceRead = read;
        }
        if (read == paceRead || read >= total || pace.paused() || settings.loop()) {
            return List.of();
        }
        double leftNanos = (double) (lookedNanos - paceNanos) / (read - paceRead) * (total - read);
        return List.of("about " + RecordedTime.clock(Math.round(leftNanos / SECOND_NANOS)) + " left");
    }

    private String place() {
        String position = RecordedTime.position(progress);
        if (progress.seeking()) {
            return "seeking " + position + " of " + settings.from();
        }
        return progress.paused() ? "paused at " + position : "at " + position + "  " + progress.speed();
    }

    private String recordRate() {
        long nowNanos = nanoTime.getAsLong();
        long records = progress.records();
        double seconds = (nowNanos - lookedNanos) / SECOND_NANOS;
        double rate = seconds > 0 ? (records - recordsBefore) / seconds : 0;
        lookedNanos = nowNanos;
        recordsBefore = records;
        return String.format(Locale.ROOT, "%,.0f records/s", rate);
    }
}
