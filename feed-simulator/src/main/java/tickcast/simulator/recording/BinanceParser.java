package tickcast.simulator.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the JSON of records. Confined to a thread. */
final class BinanceParser {
    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    private final BinanceMessage message = new BinanceMessage();

    /**
     * What the record says; good until the next.
     *
     * @throws RecordingException when it is no JSON
     */
    BinanceMessage parse(BinanceLines line) {
        message.clear();
        try (JsonParser parser = json.createParser(line.bytes(), line.jsonStart(), line.jsonLength())) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw line.fault("has no JSON");
            }
            if (first == JsonToken.START_OBJECT) {
                object(parser, true);
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw line.fault("goes on behind its JSON; expected one value");
            }
        } catch (JsonProcessingException e) {
            throw line.fault(
                    "is no JSON: %s at byte %d of it"
                            .formatted(e.getOriginalMessage(), e.getLocation().getByteOffset()),
                    e);
        } catch (IOException e) {
            throw line.fault("is no JSON: " + e.getMessage(), e);
        }
        return message;
    }

    private void object(JsonParser parser, boolean outermost) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (outermost && value == JsonToken.START_OBJECT && name.equals("data")) {
                object(parser, false);
            } else {
                message.read(name, parser);
            }
        }
    }
}
