package tickcast.orderentry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request that was written, or is about to be, and that the exchange has not answered.
 *
 * @param messageId what the answer names
 * @param newOrder whether it may become an open order
 * @param cancelAll what it is a part of, null when it stands for itself
 */
record PendingRequest(JsonNode messageId, boolean newOrder, CancelAllProgress cancelAll) {}
