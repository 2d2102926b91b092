package tickcast.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tickcast.simulator.ExchangeCounters;
import tickcast.simulator.ReplayProgress;
import tickcast.simulator.ReplaySettings;

/** What was replayed, how fast, and what was wrong with it. Made of the progress as it is at each call. */
final class ReplayReport {
    private static final double SECOND_NANOS = 1e9;
    private static final int FILES_NAMED = 3;
    private static final String INDENT = "  ";

    private final ReplaySettings settings;
    private final ReplayProgress progress;
    private final ExchangeCounters exchange;

    /** @param exchange null when nothing is published */
    ReplayReport(ReplaySettings settings, ReplayProgress progress, ExchangeCounters exchange) {
        this.settings = settings;
        this.progress = progress;
        this.exchange = exchange;
    }

    void tell(ServerProgram program) {
        lines().forEach(program::println);
        faults().forEach(program::complain);
    }

    int exitStatus() {
        return faults().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add((exchange == null ? "checked " : "replayed ") + files(settings));
        lines.add(INDENT + span());
        long records = progress.records();
        lines.add(format("%,d records in %s, %s records/s", records, took(), rate(records)));
        if (exchange != null) {
            long messages = exchange.messages();
            lines.add(format(
                    "%,d feed messages, %s messages/s; %,d trades", messages, rate(messages), exchange.trades()));
        }
        if (progress.passes() > 1) {
            lines.add(INDENT + "of the last time:");
        }
        progress.counts().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> INDENT + format("%-42s %,15d", count.getKey(), count.getValue()))
                .forEach(lines::add);
        if (progress.warnings() + progress.contradictions() + progress.disagreements() > 0) {
            lines.add(format(
                    "warnings: %,d, contradictions: %,d, disagreements: %,d",
                    progress.warnings(), progress.contradictions(), progress.disagreements()));
        }
        if (progress.ended() && !missing().isEmpty()) {
            lines.add(INDENT + "not in the recording: " + String.join(", ", missing()));
        }
        var pacing = progress.pacing();
        if (pacing.getTotalCount() > 0) {
            lines.add(format(
                    "pacing error p50 %s  p99 %s  max %s  (%,d records)",
                    RecordedTime.brief(pacing.getValueAtPercentile(50)),
                    RecordedTime.brief(pacing.getValueAtPercentile(99)),
                    RecordedTime.brief(pacing.getMaxValue()),
                    pacing.getTotalCount()));
        }
        return lines;
    }

    /** What makes it a failure, a line each; empty when nothing does. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        if (progress.failure() != null) {
            faults.add(progress.failure());
        }
        if (progress.disagreements() > 0) {
            faults.add(String.format(
                    Locale.ROOT,
                    "Disagreements of the recording with itself: %,d; the first ones are in the log above",
                    progress.disagreements()));
        }
        if (progress.passes() > 0 && progress.failure() == null) {
            nothingThere(faults);
        }
        return faults;
    }

    private void nothingThere(List<String> faults) {
        var missing = missing();
        if (!missing.isEmpty() && missing.size() == settings.options().symbols().size()) {
            faults.add("The recording has no " + String.join(", ", missing));
        } else if (progress.firstNanos() == 0 && (settings.from() != null || settings.to() != null)) {
            faults.add("Nothing was recorded" + (settings.from() == null ? "" : " from " + settings.from())
                    + (settings.to() == null ? "" : " to " + settings.to()) + "; it was read up to "
                    + RecordedTime.exactPosition(progress));
        }
    }

    private Set<String> missing() {
        var missing = new TreeSet<>(settings.options().symbols());
        missing.removeAll(progress.symbols());
        return missing;
    }

    /** The names of what is replayed, of the first ones when there are many. */
    static String files(ReplaySettings settings) {
        var names = settings.files().stream()
                .map(file -> file.getFileName().toString())
                .limit(FILES_NAMED)
                .toList();
        int more = settings.files().size() - names.size();
        return String.join(", ", names) + (more == 0 ? "" : " and " + more + " more");
    }

    private String span() {
        String span = progress.firstNanos() == 0
                ? "no record that has a time"
                : RecordedTime.exact(progress.firstNanos(), progress.zone()) + " to "
                        + RecordedTime.exactPosition(progress) + " (" + RecordedTime.name(progress.zone()) + ")";
        if (progress.passes() > 1) {
            return span + ", " + progress.passes() + " times";
        }
        if (progress.passes() == 0) {
            return span + (progress.failure() == null ? ", stopped there" : ", damaged behind it");
        }
        return span;
    }

    private String rate(long count) {
        double seconds = progress.elapsedNanos() / SECOND_NANOS;
        return seconds > 0 ? String.format(Locale.ROOT, "%,.0f", count / seconds) : "-";
    }

    private String took() {
        return RecordedTime.took(progress.elapsedNanos());
    }

    private static String format(String format, Object... values) {
        return INDENT + String.format(Locale.ROOT, format, values);
    }
}
