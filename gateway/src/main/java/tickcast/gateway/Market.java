package tickcast.gateway;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import tickcast.journal.RecordHandler;
import tickcast.orderentry.risk.MarketBoard;
import tickcast.protocol.DepthBook.Update;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Instrument;
import tickcast.protocol.InstrumentDirectory;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ServerMessage.Listing;
import tickcast.protocol.sbe.BookSnapshotDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.SymbolDefinitionDecoder;
import tickcast.protocol.sbe.SymbolStatusDecoder;

/**
 * The market as a shard knows it: the instruments, a channel for each symbol, and how far the feed was read. Takes the
 * feed's messages in order. Confined to the shard.
 */
final class Market implements RecordHandler {
    private final Turn turn;
    private final MarketBoard board;
    private final Map<Subprotocol, ViewEncoder> encoders = new EnumMap<>(Map.of(
            Subprotocol.V1, new V1Encoder(), Subprotocol.SBE, new SbeEncoder(), Subprotocol.JSON, new JsonEncoder()));
    private final InstrumentDirectory instruments = new InstrumentDirectory();
    private final Int2ObjectHashMap<SymbolChannel> channels = new Int2ObjectHashMap<>();
    private final Map<String, SymbolChannel> bySymbol = new HashMap<>();
    private final ListedSymbols listed = new ListedSymbols();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SymbolDefinitionDecoder definition = new SymbolDefinitionDecoder();
    private final SymbolStatusDecoder status = new SymbolStatusDecoder();
    private long epoch;
    private int generation;
    private long lastSeq;
    private long replayUntilSeq;
    private boolean ready;
    private boolean joinsPossible;
    private String broken;

    /** @param board what it tells of the symbols to the checks of orders */
    Market(Turn turn, MarketBoard board) {
        this.turn = turn;
        this.board = board;
    }

    InstrumentDirectory instruments() {
        return instruments;
    }

    /** Identity of the feed, 0 before there is one. */
    long epoch() {
        return epoch;
    }

    /** Grows whenever all begins anew: what was known of the symbols before, their ids too, may be wrong. */
    int generation() {
        return generation;
    }

    /** Newest sequence that was read. */
    long lastSeq() {
        return lastSeq;
    }

    /** Whether the end of the feed was reached once: what is known of the symbols is what they are now. */
    boolean ready() {
        return ready;
    }

    /** Whether snapshots can be made now, which live messages then continue. */
    boolean current() {
        return ready && replayUntilSeq == 0;
    }

    /** The channel of a symbol, or null. */
    SymbolChannel channel(String symbol) {
        return bySymbol.get(symbol);
    }

    /** Price of the symbol's newest trade, before it the reference price; a mantissa, 0 when neither is known. */
    long markPrice(int symbolId) {
        var instrument = instruments.byId(symbolId);
        if (instrument == null) {
            return 0;
        }
        long lastPrice = channels.get(symbolId).book().lastPrice();
        return lastPrice == BookSnapshotDecoder.lastPriceNullValue() ? instrument.referencePrice() : lastPrice;
    }

    Collection<SymbolChannel> channels() {
        return instruments.all().stream().map(i -> channels.get(i.symbolId())).toList();
    }

    List<Listing> listings() {
        return channels().stream().map(SymbolChannel::listing).toList();
    }

    /** The symbols of this generation in the order in which they were listed. */
    ListedSymbols listed() {
        return listed;
    }

    /** Forgets all and begins with the feed of {@code newEpoch}; subscribers wait for their snapshots. */
    void begin(long newEpoch) {
        ready = false;
        channels.values().forEach(SymbolChannel::expel);
        channels.clear();
        bySymbol.clear();
        instruments.clear();
        board.clear();
        listed.clear();
        generation++;
        epoch = newEpoch;
        lastSeq = 0;
        replayUntilSeq = 0;
        broken = null;
    }

    /** What follows is read a second time, up to {@code seq}: it mends the books and is sent to nobody. */
    void replay(long untilSeq) {
        channels.values().forEach(channel -> channel.book().clear());
        replayUntilSeq = untilSeq;
    }

    /** What was read may not have come to all subscribers: they wait for new snapshots. */
    void expelAll() {
        channels.values().forEach(SymbolChannel::expel);
        joinsPossible = true;
    }

    /** The end of the feed was reached. */
    void caughtUp() {
        if (!ready) {
            ready = true;
            joinsPossible = true;
        }
    }

    /** Whether waiting subscribers may find a snapshot since this was last asked. */
    boolean takeJoinsPossible() {
        boolean possible = joinsPossible && current();
        joinsPossible &= !possible;
        return possible;
    }

    /** What was found broken in the feed since this was last asked, or null. */
    String takeBroken() {
        String what = broken;
        broken = null;
        return what;
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        lastSeq = FeedHeader.seq(buffer, offset);
        turn.read(length, FeedHeader.publishTime(buffer, offset));
        var channel = switch (FeedHeader.templateId(buffer, offset)) {
            case SymbolDefinitionDecoder.TEMPLATE_ID -> define(buffer, offset);
            case SymbolStatusDecoder.TEMPLATE_ID -> status(buffer, offset);
            default -> channels.get(FeedHeader.symbolId(buffer, offset));
        };
        if (channel != null) {
            apply(channel, buffer, offset, length);
        }
        if (replayUntilSeq != 0 && lastSeq >= replayUntilSeq) {
            endReplay();
        }
    }

    /** Where the replay ended before it came to a symbol's snapshot, that symbol cannot be continued either. */
    private void endReplay() {
        replayUntilSeq = 0;
        joinsPossible = true;
        for (var channel : channels.values()) {
            if (!channel.book().valid()) {
                channel.expel();
            }
        }
    }

    private void apply(SymbolChannel channel, DirectBuffer buffer, int offset, int length) {
        boolean wasValid = channel.book().valid();
        var update = channel.apply(buffer, offset);
        if (channel.hasTraded()) {
            board.traded(channel.symbolId(), channel.book().lastPrice());
        }
        boolean valid = channel.book().valid();
        if (!current() || update == Update.DUPLICATE) {
            return;
        }
        if (wasValid && (update == Update.GAP || update == Update.CHECKSUM_MISMATCH)) {
            channel.expel();
            broken = channel.symbol() + (update == Update.GAP ? ": messages are missing" : ": the checksum is wrong")
                    + " at sequence " + lastSeq;
        } else if (valid && wasValid) {
            channel.forward(buffer, offset, length, turn);
        }
        joinsPossible |= valid && (!wasValid || update == Update.GAP);
    }

    private SymbolChannel define(DirectBuffer buffer, int offset) {
        definition.wrapAndApplyHeader(buffer, offset, header);
        int symbolId = FeedHeader.symbolId(buffer, offset);
        var tradingStatus = definition.status();
        var instrument = new Instrument(
                symbolId,
                definition.symbolText(),
                definition.tickSize(),
                definition.lotSize(),
                definition.referencePrice());
        var channel = channels.get(symbolId);
        if (channel == null) {
            channel = new SymbolChannel(symbolId, encoders, turn.conflation());
            channels.put(symbolId, channel);
            listed.add(channel);
        }
        channel.define(instrument, tradingStatus);
        instruments.add(instrument);
        board.define(symbolId, instrument.symbol(), instrument.referencePrice());
        bySymbol.put(instrument.symbol(), channel);
        return channel;
    }

    private SymbolChannel status(DirectBuffer buffer, int offset) {
        var channel = channels.get(FeedHeader.symbolId(buffer, offset));
        if (channel != null) {
            channel.status(status.wrapAndApplyHeader(buffer, offset, header).status());
        }
        return channel;
    }
}
