package tickcast.simulator;

/**
 * What the engine does not know of a client's order.
 *
 * @param clientOrderId empty when the client gave none
 */
record ClientOrder(long orderId, ClientAccount account, String clientOrderId) {}
