/** The JSON messages of the WebSocket endpoint: control and orders in both directions, and market data as text. */
package tickcast.protocol.json;
