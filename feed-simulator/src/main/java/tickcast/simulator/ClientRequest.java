package tickcast.simulator;

/**
 * What every report of a transaction tells of the request that caused it.
 *
 * @param orderSeq      how far the orders have been read, this request included
 * @param clientOrderId of the order that it is about, as the request names it
 */
record ClientRequest(
        long orderSeq, long receivedTime, long writtenTime, long sessionId, long requestId, String clientOrderId) {
    /** The exchange itself caused it. */
    static ClientRequest none(long orderSeq) {
        return new ClientRequest(orderSeq, 0, 0, 0, 0, "");
    }

    /** For reports that do not answer it. */
    ClientRequest unanswered() {
        return new ClientRequest(orderSeq, receivedTime, writtenTime, 0, 0, clientOrderId);
    }

    /** For documents after which it is still to be done: whoever starts there takes it again. */
    ClientRequest unfinished() {
        return new ClientRequest(orderSeq - 1, receivedTime, writtenTime, 0, 0, clientOrderId);
    }
}
