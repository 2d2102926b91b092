/** The published JSON Schema of the order channel, for tests only: what is sent and received is held against it. */
package tickcast.orderschemas;
