package tickcast.orderentry;

/** How far one cancelAll has come: it is answered once, when its last cancel is answered or its first one is refused. */
final class CancelAllProgress {
    private final int count;
    private int unanswered;
    private boolean refused;

    CancelAllProgress(int count) {
        this.count = count;
        this.unanswered = count;
    }

    /** How many orders it asked to cancel. */
    int count() {
        return count;
    }

    /** One cancel was answered by the exchange; true when the whole is now to be acknowledged. */
    boolean answered() {
        unanswered--;
        return unanswered == 0 && !refused;
    }

    /** One cancel could not be written; true the first time, when the client is to be told. */
    boolean refused() {
        boolean first = !refused;
        refused = true;
        return first;
    }
}
