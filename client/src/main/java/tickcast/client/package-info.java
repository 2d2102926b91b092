/**
 * A client of a Tickcast gateway, to be embedded: market data that is proved right, orders, and a session that comes back by itself.
 *
 * <pre>{@code
 * var client = TickcastClient.builder(address)
 *         .listener(new ClientListener() {
 *             @Override
 *             public void onTrade(
 *                     String symbol, long tradeId, Side aggressor, long price, long quantity, long timeNanos) {
 *                 prices.add(symbol + " " + Decimal8.format(price));
 *             }
 *         })
 *         .build();
 * client.connect().join();
 * client.subscribe("BTC/USD").join();
 * var order = OrderRequest.limit("BTC/USD", Side.BUY, Decimal8.parse("64250.5"), Decimal8.parse("0.1"));
 * String outcome = client.placeOrder(order).join().text();
 * client.close();
 * }</pre>
 *
 * {@link tickcast.client.TickcastClient} tells what happens when things go wrong, {@link tickcast.client.ClientListener} what is
 * told and on which thread, {@link tickcast.client.ClientTransport} how thousands of clients share their threads.
 */
package tickcast.client;
