package tickcast.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.journal.JournalReader;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;

/** The symbols behind the ids, as the definitions in a feed tell them. Confined to a thread. */
final class SymbolNames {
    private final Int2ObjectHashMap<String> byId = new Int2ObjectHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SymbolDefinitionDecoder definition = new SymbolDefinitionDecoder();

    /** The names in the newest checkpoint of a feed; none when there is no feed. */
    static SymbolNames read(Path feed) {
        var names = new SymbolNames();
        if (Files.isDirectory(feed)) {
            try (var reader = JournalReader.open(feed)) {
                if (reader.seekCheckpoint() > 0) {
                    boolean more = true;
                    while (more) {
                        int before = names.byId.size();
                        more = reader.poll((buffer, offset, length) -> names.learn(buffer, offset), 2) > 0
                                && names.byId.size() > before;
                    }
                }
            }
        }
        return names;
    }

    /** Takes the name from the feed message if it is a definition. */
    void learn(DirectBuffer message, int offset) {
        if (FeedHeader.templateId(message, offset) == SymbolDefinitionDecoder.TEMPLATE_ID) {
            definition.wrapAndApplyHeader(message, offset, header);
            byId.put((int) definition.symbolId(), definition.symbolText());
        }
    }

    /** The symbol, {@code #id} when it is not known, null for the feed as a whole. */
    String of(int symbolId) {
        if (symbolId == 0) {
            return null;
        }
        String name = byId.get(symbolId);
        return name == null ? "#" + symbolId : name;
    }
}
