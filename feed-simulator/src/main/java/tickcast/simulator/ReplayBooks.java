package tickcast.simulator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;
import tickcast.simulator.recording.RecordedEvents;
import tickcast.simulator.recording.Recording;

/** Keeps the books that a recording tells of, and groups what one record says into transactions. Confined to a thread. */
final class ReplayBooks implements RecordedEvents {
    private static final int TEN = 10;

    private final ReplayOutput output;
    private final Function<OrderBook, RecordedOrders> ordersOf;
    private final ReplayProgress progress;
    private final Map<String, ReplaySymbol> bySymbol = new HashMap<>();
    private RecordedListing[] byKey = new RecordedListing[64];
    private Recording recording;
    private long recordedNanos;
    /** The symbol of the transaction, null while there is none. */
    private ReplaySymbol current;

    /** @param ordersOf the recorded orders that belong to a book */
    ReplayBooks(ReplayOutput output, Function<OrderBook, RecordedOrders> ordersOf, ReplayProgress progress) {
        this.output = output;
        this.ordersOf = ordersOf;
        this.progress = progress;
    }

    /** A recording begins, perhaps again: nothing recorded rests, and what was listed waits until it is listed again. */
    void begin(Recording newRecording) {
        recording = newRecording;
        Arrays.fill(byKey, null);
        for (ReplaySymbol symbol : bySymbol.values()) {
            symbol.listing = null;
            remake(symbol);
        }
        flush();
    }

    /** Takes the next record, which was made at that time; 0 when it has none. */
    void next(long newRecordedNanos) {
        recordedNanos = newRecordedNanos;
        try {
            recording.next(this);
        } finally {
            flush();
        }
    }

    /** Tells of all books and statuses as they are now, after they were not told of for a while. */
    void tellAll() {
        for (ReplaySymbol symbol : bySymbol.values()) {
            current = symbol;
            output.bookReplaced();
            flush();
        }
    }

    @Override
    public void instrument(int key, String name, long tickSize, long lotSize) {
        flush();
        tellTime();
        ReplaySymbol symbol = bySymbol.get(name);
        if (symbol == null) {
            OrderBook book = output.list(name, tickSize, lotSize);
            symbol = new ReplaySymbol(name, book, ordersOf.apply(book));
            bySymbol.put(name, symbol);
            progress.listed(name);
        }
        refine(symbol, tickSize, lotSize);
        if (key >= byKey.length) {
            byKey = Arrays.copyOf(byKey, Math.max(key + 1, 2 * byKey.length));
        }
        if (byKey[key] == null || byKey[key].symbol != symbol) {
            unlist(byKey[key]);
            byKey[key] = new RecordedListing(symbol);
        }
        if (symbol.listing == null) {
            symbol.listing = byKey[key];
            byKey[key].takeBook();
        }
        flush();
        current = symbol;
    }

    @Override
    public void status(int key, TradingStatus status) {
        RecordedListing listing = byKey[key];
        listing.venueStatus(status);
        if (listing.symbol.listing == listing) {
            turnTo(listing.symbol);
        }
    }

    @Override
    public void statusOfAll(TradingStatus status) {
        for (int key = 0; key < byKey.length; key++) {
            if (byKey[key] != null) {
                status(key, status);
            }
        }
    }

    @Override
    public void add(int key, long orderId, Side side, long price, long quantity) {
        ReplaySymbol symbol = about(key);
        fit(symbol, price, quantity);
        count(symbol.orders.add(orderId, side, price, quantity));
    }

    @Override
    public void execute(int key, long orderId, long quantity, long price, boolean printed) {
        count(about(key).orders.execute(orderId, quantity, price, printed));
    }

    @Override
    public void reduce(int key, long orderId, long quantity) {
        count(about(key).orders.reduce(orderId, quantity));
    }

    @Override
    public void delete(int key, long orderId) {
        count(about(key).orders.delete(orderId));
    }

    @Override
    public void replace(int key, long orderId, long newOrderId, long price, long quantity) {
        ReplaySymbol symbol = about(key);
        fit(symbol, price, quantity);
        count(symbol.orders.replace(orderId, newOrderId, price, quantity));
    }

    @Override
    public void executeLevel(int key, Side side, long price, long quantity) {
        ReplaySymbol symbol = about(key);
        fit(symbol, price, quantity);
        count(symbol.orders.executeLevel(side, price, quantity));
    }

    @Override
    public void level(int key, Side side, long price, long quantity) {
        ReplaySymbol symbol = about(key);
        fit(symbol, price, quantity);
        count(symbol.orders.level(side, price, quantity));
    }

    @Override
    public void trade(int key, long price, long quantity, Side aggressor) {
        about(key).orders.trade(price, quantity, aggressor);
    }

    @Override
    public void cross(int key, long price, long quantity) {
        about(key).orders.cross(price, quantity);
    }

    @Override
    public void clear(int key) {
        ReplaySymbol symbol = about(key);
        symbol.listing.bookKnown(true);
        remake(symbol);
    }

    @Override
    public void bookUnknown(int key, String reason) {
        ReplaySymbol symbol = about(key);
        symbol.listing.bookKnown(false);
        remake(symbol);
    }

    @Override
    public void warning(String text) {
        progress.warning(text);
    }

    @Override
    public void disagreement(String text) {
        progress.disagreement(text);
    }

    /** The key is another symbol's from now on. */
    private void unlist(RecordedListing listing) {
        if (listing != null && listing.symbol.listing == listing) {
            listing.symbol.listing = null;
            remake(listing.symbol);
        }
    }

    /** The symbol of an event of its book; a recording that has not made the book before makes it anew. */
    private ReplaySymbol about(int key) {
        RecordedListing listing = byKey[key];
        ReplaySymbol symbol = listing.symbol;
        turnTo(symbol);
        if (symbol.listing != listing) {
            if (!listing.takeBook()) {
                progress.bookTakenBack(recording, symbol.symbol);
            }
            symbol.listing = listing;
            remake(symbol);
        }
        return symbol;
    }

    private void turnTo(ReplaySymbol symbol) {
        if (symbol != current) {
            flush();
            current = symbol;
            tellTime();
        }
    }

    /** Where the venue has told no time, the recorder's is the nearest. */
    private void tellTime() {
        output.at(recording.eventNanos() == 0 ? recordedNanos : recording.eventNanos());
    }

    private void flush() {
        if (current != null) {
            ReplaySymbol symbol = current;
            tellTime();
            current = null;
            output.flush(symbol.book);
            TradingStatus status = symbol.status();
            if (status != symbol.toldStatus && output.status(symbol.book, status)) {
                symbol.toldStatus = status;
                statusTold(symbol);
            }
        }
    }

    private void statusTold(ReplaySymbol symbol) {
        if (symbol.toldStatus == TradingStatus.OPEN) {
            symbol.orders.opened();
            output.flush(symbol.book);
        }
    }

    private void remake(ReplaySymbol symbol) {
        if (symbol != current) {
            flush();
            current = symbol;
        }
        symbol.orders.clear();
        output.bookReplaced();
    }

    private void count(boolean agrees) {
        if (!agrees) {
            progress.contradiction(recording);
        }
    }

    /** Makes the steps of a symbol finer when a price or quantity asks for it. */
    private void fit(ReplaySymbol symbol, long price, long quantity) {
        OrderBook book = symbol.book;
        if (price % book.tickSize() != 0 || quantity % book.lotSize() != 0) {
            refine(symbol, price, quantity);
        }
    }

    private void refine(ReplaySymbol symbol, long price, long quantity) {
        long tickSize = finer(symbol.book.tickSize(), price);
        long lotSize = finer(symbol.book.lotSize(), quantity);
        if (tickSize != symbol.book.tickSize() || lotSize != symbol.book.lotSize()) {
            output.list(symbol.symbol, tickSize, lotSize);
        }
    }

    private static long finer(long step, long value) {
        long finer = step;
        while (value % finer != 0) {
            finer = finer % TEN == 0 ? finer / TEN : 1;
        }
        return finer;
    }
}
