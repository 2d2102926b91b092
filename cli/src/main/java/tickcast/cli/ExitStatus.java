package tickcast.cli;

/** How the program ends. */
final class ExitStatus {
    /** It did what was asked, or was told to stop. */
    static final int OK = 0;
    /** It failed, or what it checked does not hold; the reason is on standard error. */
    static final int FAILED = 1;
    /** It was called wrongly; the message says what would be right. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
