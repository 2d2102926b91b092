package tickcast.cli;

/** Whether standard output is a terminal, where lines can be drawn again. */
final class Terminal {
    private Terminal() {}

    /** The launcher knows; without it a console says so only where input is a terminal too. */
    static boolean isTerminal() {
        String told = System.getProperty("tickcast.terminal");
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }
}
