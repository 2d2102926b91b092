package tickcast.protocol;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/** The instruments known so far, by symbol and by id. Confined to a thread; grows as definitions arrive. */
public final class InstrumentDirectory {
    private final Map<String, Instrument> bySymbol = new HashMap<>();
    private final Int2ObjectHashMap<Instrument> byId = new Int2ObjectHashMap<>();
    private final TreeMap<Integer, Instrument> inOrder = new TreeMap<>();

    /** Adds an instrument, or replaces the one of the same id. */
    public void add(Instrument instrument) {
        var before = byId.put(instrument.symbolId(), instrument);
        if (before != null) {
            bySymbol.remove(before.symbol());
        }
        bySymbol.put(instrument.symbol(), instrument);
        inOrder.put(instrument.symbolId(), instrument);
    }

    /** Forgets all of them. */
    public void clear() {
        bySymbol.clear();
        byId.clear();
        inOrder.clear();
    }

    /** The instrument of this symbol, or null. */
    public Instrument bySymbol(String symbol) {
        return bySymbol.get(symbol);
    }

    /** The instrument of this id, or null. */
    public Instrument byId(int symbolId) {
        return byId.get(symbolId);
    }

    /** All instruments in the order of their ids. */
    public Collection<Instrument> all() {
        return Collections.unmodifiableCollection(inOrder.values());
    }

    public int size() {
        return inOrder.size();
    }
}
