package tickcast.client;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import tickcast.protocol.Decimal8;
import tickcast.protocol.DepthBook;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Instrument;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.Packet;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.V1;
import tickcast.protocol.V1Listener;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.FeedJsonReader;
import tickcast.protocol.json.JsonNames;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.sbe.BookDeltaDecoder;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.ConflatedDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.SymbolStatusDecoder;
import tickcast.protocol.sbe.TradeDecoder;

/**
 * Decodes market data of every form, keeps the books of what is subscribed and proves them. Confined to the client's
 * {@link SerialExecutor}.
 */
final class FeedReceiver implements V1Listener {

    /** Told when a book is lost. */
    interface Lost {
        void resync(String symbol, String cause);
    }

    /** Above this a v1 price or quantity does not fit a mantissa. */
    private static final double MOST = 9e10;

    private final Subprotocol form;
    private final ClientListener listener;
    private final ClientCounters counters;
    private final Lost lost;
    private final LongSupplier epochNanos;
    private final LongConsumer latency;
    private final TrackedBooks books;
    private final Packet packet = new Packet();
    private final UnsafeBuffer message = new UnsafeBuffer();
    private final FeedJsonReader json = new FeedJsonReader();
    private final ExpandableArrayBuffer fromJson = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SymbolDefinitionDecoder definition = new SymbolDefinitionDecoder();
    private final SymbolStatusDecoder status = new SymbolStatusDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final FeedPosition position;
    private final ConflatedDecoder conflated = new ConflatedDecoder();
    private long epoch;

    /** @param latency takes published → received in ns; null for none */
    FeedReceiver(
            Subprotocol form,
            ClientListener listener,
            ClientCounters counters,
            TrackedBooks books,
            Lost lost,
            LongSupplier epochNanos,
            LongConsumer latency) {
        this.form = form;
        this.listener = listener;
        this.counters = counters;
        this.books = books;
        position = new FeedPosition(books);
        this.lost = lost;
        this.epochNanos = epochNanos;
        this.latency = latency;
    }

    /** Expects market data of these symbols from now on. */
    void track(ServerMessage.Subscribed granted) {
        useEpoch(granted.epoch());
        var channels = granted.channels();
        boolean whole = channels == null || channels.size() == Channel.values().length;
        boolean merged = granted.maxRate() != null && channels != null && channels.contains(JsonNames.of(Channel.BOOK));
        boolean proving = form != Subprotocol.V1;
        boolean past = granted.resume() != null;
        books.track(
                granted.symbols(), proving && (whole || merged), proving && whole && granted.maxRate() == null, past);
    }

    /** Expects these symbols' past, which begins anew. */
    void trackReplay(ServerMessage.Subscribed granted) {
        useEpoch(granted.epoch());
        books.untrack(
                granted.symbols().stream().map(ServerMessage.Listing::symbol).toList());
        books.track(granted.symbols(), form != Subprotocol.V1, false, false);
    }

    FeedPosition position() {
        return position;
    }

    /** From where on these symbols have missed something, to be asked for now; null when none of them can be resumed. */
    ClientMessage.Resume resume(Collection<String> symbols) {
        return position.resume(epoch, symbols);
    }

    /** A session begins; books of another feed are void. The gateway may not have read any yet. */
    void up(long newEpoch) {
        if (newEpoch != 0 && epoch != newEpoch) {
            clear();
        }
    }

    /**
     * The gateway sends snapshots of these symbols by itself: they were listed just now, or it reads the feed again, or, when the
     * epoch is another one, the feed was made anew and their ids may be others.
     */
    void trackUnasked(ServerMessage.Subscribed granted) {
        if (granted.epoch() != epoch) {
            epoch = granted.epoch();
            books.untrack(granted.symbols().stream()
                    .map(ServerMessage.Listing::symbol)
                    .toList());
        }
        books.untrack(granted.rejected().stream()
                .map(ServerMessage.RejectedSymbol::symbol)
                .toList());
        track(granted);
    }

    private void clear() {
        epoch = 0;
        position.clear();
        books.clear();
    }

    /** @throws MalformedMessageException when it is no market data of the form chosen */
    void binary(DirectBuffer frame, int length) {
        switch (form) {
            case V1 -> {
                counters.messages.increment();
                V1.decode(frame, 0, length, this);
            }
            case SBE -> packet(frame, length);
            case JSON -> throw new MalformedMessageException("A binary frame in a session of " + form.token());
        }
    }

    /** @throws MalformedMessageException when it is no market data */
    void text(String text) {
        int length;
        try {
            length = json.read(text, fromJson);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw malformed(e);
        }
        message.wrap(fromJson, 0, length);
        onMessage(epochNanos.getAsLong());
    }

    private void packet(DirectBuffer frame, int length) {
        long receivedNanos = epochNanos.getAsLong();
        packet.wrap(frame, 0, length);
        useEpoch(packet.epoch());
        long newest = 0;
        while (packet.next()) {
            message.wrap(frame, packet.messageOffset(), packet.messageLength());
            newest = Math.max(newest, FeedHeader.seq(message, 0));
            onMessage(receivedNanos);
        }
        position.reached(newest);
    }

    private void onMessage(long receivedNanos) {
        counters.messages.increment();
        if (latency != null) {
            latency.accept(receivedNanos - FeedHeader.publishTime(message, 0));
        }
        var tracked = books.get(FeedHeader.symbolId(message, 0));
        if (tracked == null) {
            return;
        }
        var update = tracked.verified ? apply(tracked) : null;
        if (tracked.beginsInHistory && update == DepthBook.Update.IGNORED) {
            lost.resync(tracked.symbol, "History began within the chain, at sequence " + FeedHeader.seq(message, 0));
        }
        tracked.beginsInHistory = false;
        tracked.awaitsSnapshot &= FeedHeader.prevSeq(message, 0) != 0;
        listener.onFeedMessage(tracked.symbol, message, 0, message.capacity(), update);
        if (update == DepthBook.Update.DUPLICATE) {
            counters.duplicates.increment();
            return;
        }
        tell(tracked, update);
        if (update == DepthBook.Update.GAP) {
            counters.gaps.increment();
            lostUnlessValid(tracked, "Gap before sequence ");
        } else if (update == DepthBook.Update.CHECKSUM_MISMATCH) {
            counters.checksumMismatches.increment();
            lostUnlessValid(tracked, "Checksum mismatch at sequence ");
        }
    }

    private DepthBook.Update apply(TrackedBooks.Tracked tracked) {
        try {
            return tracked.book.apply(message, 0);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            throw malformed(e);
        }
    }

    /** The listener throws nothing, so what is caught comes from the decoders. */
    private void tell(TrackedBooks.Tracked tracked, DepthBook.Update update) {
        try {
            switch (FeedHeader.templateId(message, 0)) {
                case SymbolDefinitionDecoder.TEMPLATE_ID -> tellInstrument();
                case SymbolStatusDecoder.TEMPLATE_ID ->
                    listener.onStatus(
                            tracked.symbol,
                            status.wrapAndApplyHeader(message, 0, header).status());
                case TradeDecoder.TEMPLATE_ID -> {
                    trade.wrapAndApplyHeader(message, 0, header);
                    listener.onTrade(
                            tracked.symbol,
                            trade.tradeId(),
                            trade.aggressor(),
                            trade.price(),
                            trade.quantity(),
                            trade.eventTime());
                }
                case ConflatedDecoder.TEMPLATE_ID -> {
                    conflated.wrapAndApplyHeader(message, 0, header);
                    listener.onConflated(tracked.symbol, conflated.merged(), conflated.trades());
                }
                case BookDeltaDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID -> {
                    if (update != DepthBook.Update.IGNORED && tracked.book.valid()) {
                        listener.onBook(tracked.symbol, tracked.book);
                    }
                }
                default -> {} // a newer gateway's; it was a link of the chain
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            throw malformed(e);
        }
    }

    private void tellInstrument() {
        definition.wrapAndApplyHeader(message, 0, header);
        var tradingStatus = definition.status();
        var instrument = new Instrument(
                (int) definition.symbolId(),
                definition.symbolText(),
                definition.tickSize(),
                definition.lotSize(),
                definition.referencePrice());
        listener.onInstrument(instrument, tradingStatus);
    }

    private void lostUnlessValid(TrackedBooks.Tracked tracked, String cause) {
        if (!tracked.book.valid()) {
            lost.resync(tracked.symbol, cause + FeedHeader.seq(message, 0));
        }
    }

    /** The feed was made anew: no book of the old one says anything of it. */
    private void useEpoch(long told) {
        if (told == epoch || told == 0) {
            return;
        }
        if (epoch != 0) {
            books.forEach(tracked -> {
                tracked.book.clear();
                lost.resync(tracked.symbol, "The feed's epoch changed to " + told);
            });
        }
        epoch = told;
        position.clear();
    }

    @Override
    public void onPrice(int symbolId, double price, long timeMillis) {
        var tracked = books.get(symbolId);
        if (tracked != null) {
            long mantissa = mantissa(price);
            tracked.book.lastPrice(mantissa);
            listener.onPrice(tracked.symbol, mantissa, TimeUnit.MILLISECONDS.toNanos(timeMillis));
        }
    }

    @Override
    public void onBook(int symbolId, Side side, double[] prices, double[] quantities) {
        var tracked = books.get(symbolId);
        if (tracked == null) {
            return;
        }
        var book = tracked.book;
        for (int worst = book.depth(side) - 1; worst >= 0; worst--) {
            book.set(side, book.price(side, worst), 0);
        }
        for (int rank = 0; rank < prices.length; rank++) {
            book.set(side, mantissa(prices[rank]), mantissa(quantities[rank]));
        }
        listener.onBook(tracked.symbol, book);
    }

    @Override
    public void onTrade(int symbolId, Side aggressor, double price, double quantity, long tradeId, long timeMillis) {
        var tracked = books.get(symbolId);
        if (tracked != null) {
            listener.onTrade(
                    tracked.symbol,
                    tradeId,
                    aggressor,
                    mantissa(price),
                    mantissa(quantity),
                    TimeUnit.MILLISECONDS.toNanos(timeMillis));
        }
    }

    private static long mantissa(double value) {
        if (!(Math.abs(value) <= MOST)) {
            throw new MalformedMessageException("A price or quantity is " + value);
        }
        return Decimal8.ofDouble(value);
    }

    private static MalformedMessageException malformed(RuntimeException cause) {
        return new MalformedMessageException("Not decodable: " + cause.getMessage(), cause);
    }
}
