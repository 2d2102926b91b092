package tickcast.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tickcast.protocol.Instrument;

/**
 * What the feed lists, by ids that count from 1 and that a symbol keeps for the life of the feed: those of the runs
 * before come first. Confined to a thread.
 */
final class Listings {
    private final List<Instrument> byId = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    /** @param before what the feed has listed already, in the order of the ids 1, 2, 3 … */
    Listings(Collection<Instrument> before) {
        before.forEach(this::put);
    }

    /** Lists a symbol, or gives one that is listed new terms; its instrument now. */
    Instrument list(String symbol, long tickSize, long lotSize, long referencePrice) {
        int symbolId = ids.getOrDefault(symbol, byId.size() + 1);
        Instrument instrument = new Instrument(symbolId, symbol, tickSize, lotSize, referencePrice);
        put(instrument);
        return instrument;
    }

    /** Lists all; the instruments now, in the same order. */
    List<Instrument> listAll(Collection<Instrument> instruments) {
        return instruments.stream()
                .map(one -> list(one.symbol(), one.tickSize(), one.lotSize(), one.referencePrice()))
                .toList();
    }

    /** In the order of their ids. */
    List<Instrument> all() {
        return Collections.unmodifiableList(byId);
    }

    int size() {
        return byId.size();
    }

    private void put(Instrument instrument) {
        if (instrument.symbolId() == byId.size() + 1) {
            byId.add(instrument);
        } else {
            byId.set(instrument.symbolId() - 1, instrument);
        }
        ids.put(instrument.symbol(), instrument.symbolId());
    }
}
