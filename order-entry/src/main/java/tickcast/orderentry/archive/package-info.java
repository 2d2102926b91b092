/**
 * What has become of orders: the executions of the trading day, found again by order, by client order id and by account.
 * One thread of a gateway reads them for all event loops.
 */
package tickcast.orderentry.archive;
