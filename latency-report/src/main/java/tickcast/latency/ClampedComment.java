package tickcast.latency;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment before an interval that holds values out of range, recorded as the nearest one in range. */
record ClampedComment(String tag, long count) {

    private static final Pattern FORM = Pattern.compile("\\[Clamped: (\\S+) (\\d{1,18})]");

    static String format(String tag, long count) {
        return "[Clamped: " + tag + " " + count + "]";
    }

    /** The comment without its {@code #}; null when it is another one. */
    static ClampedComment parse(String comment) {
        Matcher matcher = FORM.matcher(comment);
        return matcher.matches() ? new ClampedComment(matcher.group(1), Long.parseLong(matcher.group(2))) : null;
    }
}
