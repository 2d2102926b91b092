package tickcast.simulator.recording;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The message types of Nasdaq TotalView-ITCH 5.0, in the specification's order. */
enum ItchType {
    SYSTEM_EVENT('S', 12, "system event"),
    STOCK_DIRECTORY('R', 39, "stock directory", 11),
    STOCK_TRADING_ACTION('H', 25, "stock trading action", 11),
    REG_SHO_RESTRICTION('Y', 20, "Reg SHO restriction", 11),
    MARKET_PARTICIPANT_POSITION('L', 26, "market participant position", 15),
    MWCB_DECLINE_LEVEL('V', 35, "MWCB decline level"),
    MWCB_STATUS('W', 12, "MWCB status"),
    IPO_QUOTING_PERIOD('K', 28, "IPO quoting period", 11),
    LULD_AUCTION_COLLAR('J', 35, "LULD auction collar", 11),
    OPERATIONAL_HALT('h', 21, "operational halt", 11),
    ADD_ORDER('A', 36, "add order", 24),
    ADD_ORDER_WITH_MPID('F', 40, "add order with MPID", 24),
    ORDER_EXECUTED('E', 31, "order executed"),
    ORDER_EXECUTED_WITH_PRICE('C', 36, "order executed with price"),
    ORDER_CANCEL('X', 23, "order cancel"),
    ORDER_DELETE('D', 19, "order delete"),
    ORDER_REPLACE('U', 35, "order replace"),
    TRADE('P', 44, "trade", 24),
    CROSS_TRADE('Q', 40, "cross trade", 19),
    BROKEN_TRADE('B', 19, "broken trade"),
    NET_ORDER_IMBALANCE('I', 50, "net order imbalance", 28),
    RETAIL_PRICE_IMPROVEMENT('N', 20, "retail price improvement", 11),
    DIRECT_LISTING('O', 48, "direct listing price discovery", 11);

    /** Not a length: the type is not one of the specification. */
    static final int UNKNOWN = -1;
    /** Not an offset: messages of the type name no stock. */
    static final int NO_STOCK = 0;

    static final int TYPES = 256;

    private static final ItchType[] BY_CODE = new ItchType[TYPES];
    private static final int[] LENGTHS = new int[TYPES];
    private static final int[] STOCK_OFFSETS = new int[TYPES];
    private static final boolean[] TRADING = new boolean[TYPES];

    static {
        Arrays.fill(LENGTHS, UNKNOWN);
        for (ItchType type : values()) {
            BY_CODE[type.code] = type;
            LENGTHS[type.code] = type.length;
            STOCK_OFFSETS[type.code] = type.stockOffset;
            TRADING[type.code] = type.ordinal() >= ADD_ORDER.ordinal() && type.ordinal() <= BROKEN_TRADE.ordinal();
        }
    }

    private final char code;
    private final int length;
    private final String title;
    private final int stockOffset;

    ItchType(char code, int length, String title) {
        this(code, length, title, NO_STOCK);
    }

    ItchType(char code, int length, String title, int stockOffset) {
        this.code = code;
        this.length = length;
        this.title = title;
        this.stockOffset = stockOffset;
    }

    /** Bytes of a message, its type included. */
    int length() {
        return length;
    }

    /** For the user. */
    String label() {
        return code + " " + title;
    }

    /** Bytes of a message of that type, {@link #UNKNOWN} when the specification has no such type. */
    static int length(int code) {
        return LENGTHS[code];
    }

    /** Where the Stock field begins in a message of that type, {@link #NO_STOCK} when it has none. */
    static int stockOffset(int code) {
        return STOCK_OFFSETS[code];
    }

    /** Whether it is a message about orders or trades, not one that describes the market or its stocks. */
    static boolean trading(int code) {
        return TRADING[code];
    }

    /** Any type for the user, be it one of the specification or not. */
    static String label(int code) {
        return BY_CODE[code] == null ? "unknown " + quoted(code) : BY_CODE[code].label();
    }

    /** Counts by type as counts by label: those above 0, the specification's types first. */
    static Map<String, Long> named(long[] counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (ItchType type : values()) {
            named.put(type.label(), counts[type.code]);
        }
        for (int code = 0; code < TYPES; code++) {
            named.putIfAbsent(label(code), counts[code]);
        }
        named.values().removeIf(count -> count == 0);
        return named;
    }

    /** A byte for the user. */
    static String quoted(int code) {
        return code >= ' ' && code < 0x7F ? "'" + (char) code + "'" : "0x%02X".formatted(code);
    }
}
