package tickcast.protocol.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON mappers: exact decimals, no duplicate keys, nothing written that is null, and bounds on what a stranger may send. */
final class Json {
    static final ObjectMapper MAPPER = mapper(Long.MAX_VALUE);
    /** For what clients say: more values than a message can have are not read, for they cost more than their bytes. */
    static final ObjectMapper OF_CLIENTS = mapper(ClientMessageParser.MAX_SYMBOLS + 1_000);

    private Json() {}

    private static ObjectMapper mapper(long mostTokens) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(16)
                                .maxNumberLength(64)
                                .maxTokenCount(mostTokens)
                                .build())
                        // One message with many names of the same hash spoils the table for all who parse after it.
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
                .build();
    }
}
