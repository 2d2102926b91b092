package tickcast.simulator;

/** The exchange was told to stop while it waited for room on the disk. */
final class ExchangeStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExchangeStoppedException() {
        super("stopped while the disk was nearly full");
    }
}
