/**
 * The order channel: checks what clients ask, writes it to the orders journal, and turns what the exchange says in the
 * executions journal into answers and execution reports.
 *
 * <p>A request is acknowledged only once the exchange's answer has been read: accepted means durable. Each event loop
 * has an {@link tickcast.orderentry.OrderDesk}, each connection an {@link tickcast.orderentry.OrderEntrySession}; all
 * share one {@link tickcast.orderentry.OrderWriter}, and an {@link tickcast.orderentry.archive.OrderArchive} for what has been.
 */
package tickcast.orderentry;
