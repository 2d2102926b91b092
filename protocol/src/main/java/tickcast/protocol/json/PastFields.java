package tickcast.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/** The fields {@code resume} and {@code replay} of a subscribe, to and from JSON. */
final class PastFields {
    private static final String LIVE = "live";
    private static final String MAX_SPEED = "max";
    private static final double LOWEST_SPEED = 0.001;
    private static final double HIGHEST_SPEED = 1_000_000;
    private static final long SECONDS_IN_LONG_NANOS = TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE);

    private PastFields() {}

    /** Null when neither is there. */
    static ClientMessage.Past past(JsonFields fields) throws Refusal {
        if (!fields.has("resume")) {
            return fields.has("replay") ? replay(fields.nested("replay", "from", "to", "speed")) : null;
        }
        if (fields.has("replay")) {
            throw fields.invalid("replay", "left out when resume is given");
        }
        var resume = fields.nested("resume", "epoch", "seq");
        return new ClientMessage.Resume(
                resume.wholeNumber("epoch", 1, ClientMessageParser.MAX_SAFE_INTEGER),
                resume.wholeNumber("seq", 0, ClientMessageParser.MAX_SAFE_INTEGER));
    }

    private static ClientMessage.Replay replay(JsonFields fields) throws Refusal {
        if (!fields.has("from")) {
            throw fields.missing("from", "");
        }
        var from = place(fields, "from", "");
        boolean live = !fields.has("to") || LIVE.equals(fields.raw("to").textValue());
        var to = live ? null : place(fields, "to", ", or live");
        if (to != null
                && (to.seq() != 0 && to.seq() < from.seq()
                        || to.timeNanos() != 0 && to.timeNanos() < from.timeNanos())) {
            throw fields.invalid("to", "no earlier than from");
        }
        double speed = speed(fields);
        if (live && speed <= 1) {
            throw fields.invalid("speed", "above 1, or max, for a replay that is to reach live data");
        }
        return new ClientMessage.Replay(from, to, speed);
    }

    private static double speed(JsonFields fields) throws Refusal {
        var node = fields.raw("speed");
        if (node == null || MAX_SPEED.equals(node.textValue())) {
            return Double.POSITIVE_INFINITY;
        }
        if (!node.isNumber() || !(node.doubleValue() >= LOWEST_SPEED && node.doubleValue() <= HIGHEST_SPEED)) {
            throw fields.invalid("speed", "a number from 0.001 to 1000000, or max");
        }
        return node.doubleValue();
    }

    private static ClientMessage.Place place(JsonFields fields, String field, String orElse) throws Refusal {
        var node = fields.raw(field);
        String expected = "a sequence from 1 on, or a time such as 2026-01-31T12:00:00.5Z" + orElse;
        if (node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= 1
                && node.longValue() <= ClientMessageParser.MAX_SAFE_INTEGER) {
            return new ClientMessage.Place(node.longValue(), 0);
        }
        if (!node.isTextual()) {
            throw fields.invalid(field, expected);
        }
        try {
            var instant = OffsetDateTime.parse(node.textValue()).toInstant();
            if (instant.getEpochSecond() < 0 || instant.getEpochSecond() >= SECONDS_IN_LONG_NANOS) {
                throw fields.invalid(field, expected);
            }
            long nanos = TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
            return new ClientMessage.Place(0, Math.max(1, nanos));
        } catch (DateTimeException e) {
            throw fields.invalid(field, expected);
        }
    }

    /** Null when it is no replay. */
    static ObjectNode replayJson(ClientMessage.Past past) {
        if (!(past instanceof ClientMessage.Replay replay)) {
            return null;
        }
        var json = Json.MAPPER.createObjectNode();
        json.set("from", placeJson(replay.from()));
        json.set("to", replay.to() == null ? json.textNode(LIVE) : placeJson(replay.to()));
        return Double.isInfinite(replay.speed()) ? json.put("speed", MAX_SPEED) : json.put("speed", replay.speed());
    }

    /** Null when it is no resume. */
    static ObjectNode resumeJson(ClientMessage.Past past) {
        return past instanceof ClientMessage.Resume resume
                ? Json.MAPPER.createObjectNode().put("epoch", resume.epoch()).put("seq", resume.seq())
                : null;
    }

    private static JsonNode placeJson(ClientMessage.Place place) {
        var nodes = Json.MAPPER.getNodeFactory();
        if (place.seq() != 0) {
            return nodes.numberNode(place.seq());
        }
        return nodes.textNode(Instant.ofEpochSecond(0, place.timeNanos()).toString());
    }
}
