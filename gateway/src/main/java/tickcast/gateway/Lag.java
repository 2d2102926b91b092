package tickcast.gateway;

/**
 * For how long what waits for a client has been waiting: remembers how much had been written at a time, until the connection has taken
 * that much. It tells too little rather than too much, but no later than at twice the time. Pure.
 */
final class Lag {
    private long markedBytes;
    private long markedNanos;
    private boolean marked;

    /**
     * The age of what waits.
     *
     * @param writtenBytes all that was ever written
     * @param pendingBytes what of it the connection has not taken
     */
    long nanos(long writtenBytes, long pendingBytes, long nowNanos) {
        if (pendingBytes == 0) {
            marked = false;
            return 0;
        }
        if (!marked || writtenBytes - pendingBytes >= markedBytes) {
            marked = true;
            markedBytes = writtenBytes;
            markedNanos = nowNanos;
        }
        return nowNanos - markedNanos;
    }
}
