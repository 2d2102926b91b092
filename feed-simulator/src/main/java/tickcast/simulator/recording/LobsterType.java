package tickcast.simulator.recording;

/** What a row of a LOBSTER message file says. The ordinal is the number that stands there, less 1. */
enum LobsterType {
    SUBMISSION("1 submission"),
    PARTIAL_CANCELLATION("2 partial cancellation"),
    DELETION("3 deletion"),
    EXECUTION("4 execution"),
    HIDDEN_EXECUTION("5 hidden execution"),
    CROSS("6 cross trade"),
    HALT("7 trading halt");

    private static final LobsterType[] ALL = values();

    private final String title;

    LobsterType(String title) {
        this.title = title;
    }

    static int count() {
        return ALL.length;
    }

    /** By the number that stands in the file, from 1. */
    static LobsterType of(int number) {
        return ALL[number - 1];
    }

    /** For the user. */
    String title() {
        return title;
    }
}
