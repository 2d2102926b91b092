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
}
