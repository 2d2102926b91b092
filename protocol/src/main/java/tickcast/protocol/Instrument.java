package tickcast.protocol;

/**
 * What can be traded: the definition behind a symbol. Prices and sizes are mantissas ({@link Decimal8}).
 *
 * @param symbolId its number in the feed, from 1
 * @param symbol its text, 1 to 32 printable ASCII characters without space
 * @param tickSize the step of prices, above 0
 * @param lotSize the step of quantities, above 0
 * @param referencePrice a price to begin from, a multiple of the tick size; 0 = not known
 */
public record Instrument(int symbolId, String symbol, long tickSize, long lotSize, long referencePrice) {
    /** Most characters of a symbol. */
    public static final int MAX_SYMBOL_LENGTH = 32;

    public Instrument {
        require(symbolId > 0, symbol, "symbolId", symbolId, "a number above 0");
        require(isSymbol(symbol), symbol, "symbol", symbol, "1 to 32 printable ASCII characters without space");
        require(tickSize > 0, symbol, "tickSize", Decimal8.format(tickSize), "above 0");
        require(lotSize > 0, symbol, "lotSize", Decimal8.format(lotSize), "above 0");
        require(
                referencePrice >= 0 && (tickSize <= 0 || referencePrice % tickSize == 0),
                symbol,
                "referencePrice",
                Decimal8.format(referencePrice),
                "0 or above and a multiple of the tick size " + Decimal8.format(tickSize));
    }

    /** Whether {@code text} can be a symbol. */
    public static boolean isSymbol(String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= MAX_SYMBOL_LENGTH
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static void require(boolean holds, String symbol, String field, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Instrument " + symbol + ": " + field + " is " + value + ", must be " + expected);
        }
    }
}
