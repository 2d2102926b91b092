package tickcast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tickcast.journal.JournalReader;
import tickcast.journal.Seek;

@Command(
        name = "inspect",
        description =
                "Prints the messages of a journal in order, one line each. Reads only; an exchange may be running.",
        footer = {
            "",
            "Examples:",
            "  tickcast inspect --symbol BTC/USD --follow",
            "  tickcast inspect --journal executions --from 100 --to 120 --json"
        })
final class InspectCommand extends Subcommand {
    private static final Duration IDLE = Duration.ofMillis(20);
    private static final int BATCH = 1000;

    @Mixin
    private DataOption data;

    @Option(
            names = "--journal",
            paramLabel = "NAME",
            description = "Which one: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private JournalName journal = JournalName.FEED;

    @Option(names = "--from", paramLabel = "SEQ", description = "First sequence. Default: the oldest there is.")
    private Long from;

    @Option(names = "--to", paramLabel = "SEQ", description = "Last sequence. Default: the newest at the start.")
    private Long to;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "Only messages about this symbol.")
    private String symbol;

    @Option(
            names = "--follow",
            description = "Go on with what is written from now on, until stopped or --to is reached.")
    private boolean follow;

    @Option(names = "--json", description = "JSON lines instead of text.")
    private boolean json;

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private long printedSeq;

    @Override
    public Integer call() {
        if (from != null && from < 1) {
            throw wrong("--from is " + from + ", must be 1 or more");
        }
        if (from != null && to != null && to < from) {
            throw wrong("--to is " + to + ", must not be below --from " + from);
        }
        Path directory = configuration(data).data();
        Path queue = journal.in(directory);
        if (!Files.isDirectory(queue)) {
            throw new CommandFailedException("There is no " + journal + " journal in " + directory.toAbsolutePath()
                    + "; name the data directory of an exchange with --data");
        }
        var decoder = new JournalDecoder(mapper, SymbolNames.read(JournalName.FEED.in(directory)));
        try (var reader = JournalReader.open(queue)) {
            seek(reader);
            print(reader, decoder);
        }
        return ExitStatus.OK;
    }

    private void seek(JournalReader reader) {
        long last = reader.lastSeq();
        if (from == null) {
            reader.seekStart();
            return;
        }
        Seek outcome = reader.seek(from);
        if (outcome == Seek.TOO_OLD) {
            throw new CommandFailedException("Sequence " + from + " is no longer kept; the oldest is "
                    + reader.firstSeq() + ", the newest " + last);
        }
        if (outcome == Seek.TOO_FAR) {
            throw new CommandFailedException("Sequence " + from + " is not written yet; the newest is " + last);
        }
    }

    private void print(JournalReader reader, JournalDecoder decoder) {
        var out = out();
        long end = to != null ? to : follow ? Long.MAX_VALUE : reader.lastSeq();
        printedSeq = from == null ? 0 : from - 1;
        while (printedSeq < end && !stop().isRequested() && !out.checkError()) {
            int count = reader.poll(
                    (buffer, offset, length) -> printDocument(out, decoder, end, buffer, offset, length), BATCH);
            if (count == JournalReader.TOO_OLD) {
                throw new CommandFailedException(
                        "The journal's oldest messages were deleted while they were read; the oldest is now "
                                + reader.firstSeq());
            }
            if (count == 0) {
                if (!follow) {
                    return;
                }
                out.flush();
                stop().await(IDLE);
            }
        }
    }

    private void printDocument(
            PrintWriter out, JournalDecoder decoder, long end, DirectBuffer buffer, int offset, int length) {
        if (printedSeq >= end) {
            return;
        }
        for (var message : decoder.decode(buffer, offset, length)) {
            printedSeq = message.get("seq").asLong();
            if (printedSeq <= end
                    && (symbol == null || symbol.equals(message.path("symbol").asText()))) {
                out.println(json ? json(message) : JournalText.line(message));
            }
        }
    }

    private String json(ObjectNode message) {
        try {
            return mapper.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message that cannot be written: " + message, e);
        }
    }
}
