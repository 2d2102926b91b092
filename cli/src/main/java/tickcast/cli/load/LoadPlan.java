package tickcast.cli.load;

import java.util.List;
import tickcast.protocol.Subprotocol;

/**
 * What a subscriber is to do.
 *
 * @param name for messages
 * @param symbols to subscribe to; {@code *} stands for all
 * @param books whether it keeps whole books and compares each checksum; else it follows the chains of sequences only
 */
public record LoadPlan(String name, Subprotocol form, Reading reading, List<String> symbols, boolean books) {}
