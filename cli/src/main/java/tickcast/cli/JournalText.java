package tickcast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A decoded message as one line: sequence, time, type and symbol in columns, then every other field by name. */
final class JournalText {
    /** When a message was written; the reports of executions name the time of writing of the order too. */
    private static final List<String> TIMES = List.of("reportedTimeMicros", "publishTimeMicros", "writtenTimeMicros");

    private JournalText() {}

    static String line(ObjectNode message) {
        var rest = message.deepCopy();
        long seq = rest.remove("seq").asLong();
        String type = rest.remove("type").asText();
        var symbol = rest.remove("symbol");
        rest.remove("symbolId");
        String timeField = TIMES.stream().filter(rest::has).findFirst().orElseThrow();
        String time = instant(rest.remove(timeField).asLong());
        var line = new StringBuilder(
                String.format("%10d  %-27s  %-16s  %-10s", seq, time, type, symbol == null ? "-" : symbol.asText("-")));
        rest.properties()
                .forEach(field -> line.append(' ')
                        .append(field.getKey().replaceFirst("Micros$", ""))
                        .append('=')
                        .append(text(field.getKey(), field.getValue())));
        return line.toString();
    }

    private static String text(String name, JsonNode value) {
        if (name.endsWith("Micros")) {
            return value.asLong() == 0 ? "-" : instant(value.asLong());
        }
        if (value.isArray()) {
            var levels = new StringBuilder("[");
            for (var level : value) {
                levels.append(levels.length() == 1 ? "" : " ")
                        .append(level.path(1).asText())
                        .append('@')
                        .append(level.path(0).asText());
            }
            return levels.append(']').toString();
        }
        String text = value.asText();
        return text.isEmpty() ? "-" : text;
    }

    private static String instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
