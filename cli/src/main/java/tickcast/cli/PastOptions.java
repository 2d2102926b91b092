package tickcast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import picocli.CommandLine.Option;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageParser;
import tickcast.protocol.json.Refusal;

/** The options that say which part of the past to show. */
final class PastOptions {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "Begin in the past: with the books as they were before a sequence, or before a time such as "
                    + "2026-01-31T12:00:00Z. Default: now.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "PLACE",
            description = "End the replay there, itself included, and stop: a sequence, a time, or live to go on with "
                    + "live data. Default: live.")
    private String to;

    @Option(
            names = "--replay-speed",
            paramLabel = "SPEED",
            description = "So many times as fast as it was published, or max. Default: max.")
    private String speed;

    /**
     * What is to be replayed; null when nothing is.
     *
     * @throws IllegalArgumentException when the options make no sense
     */
    ClientMessage.Replay replay() {
        if (from == null) {
            if (to != null || speed != null) {
                throw new IllegalArgumentException("--to and --replay-speed need --from");
            }
            return null;
        }
        var replay = NODES.objectNode();
        replay.set("from", numberOrText(from));
        if (to != null) {
            replay.set("to", numberOrText(to));
        }
        if (speed != null) {
            replay.set("speed", numberOrText(speed));
        }
        var subscribe = NODES.objectNode().put("type", "subscribe");
        subscribe.putArray("symbols").add("any");
        try {
            var message =
                    ClientMessageParser.parse(subscribe.set("replay", replay).toString());
            return (ClientMessage.Replay) ((ClientMessage.Subscribe) message).past();
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal.getMessage()
                    .replace("Field replay.from", "--from")
                    .replace("Field replay.to", "--to")
                    .replace("Field replay.speed", "--replay-speed"));
        }
    }

    private static JsonNode numberOrText(String text) {
        try {
            return NODES.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return NODES.textNode(text);
        }
    }
}
