package tickcast.simulator.recording;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tickcast.protocol.Instrument;
import tickcast.simulator.recording.BinanceCounts.Counted;

/** The symbols of a recording, by their names in upper case, and which of them a snapshot belongs to. */
final class BinanceSymbols {
    private static final long MAX_WAITING_LEVELS = 4L << 20;

    private final RecordedFile stream;
    private final BinanceCounts counts;
    private final Set<String> selected = new HashSet<>();
    private final Map<String, BinanceSymbol> symbols = new LinkedHashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private final LevelBudget forDiffs = new LevelBudget(MAX_WAITING_LEVELS);
    private final LevelBudget forSnapshots = new LevelBudget(MAX_WAITING_LEVELS);
    private final UnnamedSnapshots unnamed = new UnnamedSnapshots(forSnapshots);
    private boolean warnedOfUnnamed;

    /** @param stream where the symbols' records stand */
    BinanceSymbols(RecordedFile stream, RecordingOptions options, BinanceCounts counts) {
        this.stream = stream;
        this.counts = counts;
        options.symbols().forEach(symbol -> selected.add(symbol.toUpperCase(Locale.ROOT)));
    }

    /** The symbol of a record; null when it is not to be read, which is counted. */
    BinanceSymbol of(BinanceLines line, String name, RecordedEvents events) {
        if (name == null) {
            throw line.fault("has no field \"s\"; expected a symbol");
        }
        BinanceSymbol known = symbols.get(name);
        if (known != null) {
            return known;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        known = symbols.get(upper);
        if (known == null && !leftOut.contains(upper)) {
            known = add(line, upper, events);
        }
        if (known == null) {
            counts.add(Counted.OTHER);
        }
        return known;
    }

    /**
     * The symbols that a snapshot may belong to that tells none; it is kept for symbols to come when it may belong to them.
     *
     * @param beside it stands in a file of its own, whose name may tell the symbol
     */
    List<BinanceSymbol> ownersOf(DepthSnapshot snapshot, BinanceLines line, boolean beside, RecordedEvents events) {
        int count = symbols.size() + leftOut.size();
        List<BinanceSymbol> owners = new ArrayList<>();
        for (BinanceSymbol symbol : symbols.values()) {
            if (count == 1 || beside && UnnamedSnapshots.names(line.file().name(), symbol.symbol())) {
                owners.add(symbol);
            }
        }
        if (beside || count == 0) {
            unnamed.hold(snapshot, beside ? line.file().name() : null);
        }
        if (owners.isEmpty() && count > 1 && !symbols.isEmpty() && !warnedOfUnnamed) {
            warnedOfUnnamed = true;
            events.warning(
                    "%s: the snapshot cannot be used: it does not tell its symbol, and the recording has %d; expected a url"
                                    .formatted(snapshot.place(), count)
                            + " with symbol=, or a file named after the symbol. Further ones are passed over");
        }
        return owners;
    }

    /** No more records come. */
    void end(RecordedEvents events) {
        symbols.values().forEach(symbol -> symbol.end(events));
    }

    private BinanceSymbol add(BinanceLines line, String name, RecordedEvents events) {
        if (symbols.size() + leftOut.size() > RecordedEvents.MAX_KEY) {
            throw line.fault("has one more symbol; expected not more than " + (RecordedEvents.MAX_KEY + 1));
        }
        if (!selected.isEmpty() && !selected.contains(name)) {
            leftOut.add(name);
            return null;
        }
        if (!Instrument.isSymbol(name)) {
            leftOut.add(name);
            events.warning("%s: symbol \"%s\" is left out; expected 1 to %d printable ASCII characters without space"
                    .formatted(line.place(), name, Instrument.MAX_SYMBOL_LENGTH));
            return null;
        }
        boolean first = symbols.isEmpty() && leftOut.isEmpty();
        var join = new DepthJoin(forDiffs, forSnapshots);
        var symbol = new BinanceSymbol(symbols.size(), name, stream, counts, join);
        symbols.put(name, symbol);
        for (DepthSnapshot snapshot : unnamed.of(name, first)) {
            symbol.snapshot(snapshot, line, events);
        }
        return symbol;
    }
}
