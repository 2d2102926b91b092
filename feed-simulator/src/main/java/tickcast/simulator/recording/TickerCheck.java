package tickcast.simulator.recording;

import java.util.ArrayDeque;

/**
 * Compares a symbol's book with what another stream says of its best bid and ask: after the updates from U to u they must
 * be those of the last ticker of an update from U to u. Tickers come before or behind the book's updates in a recording, so
 * both are kept for a while.
 */
final class TickerCheck {
    /** A ticker, and the book that should be equal to it. */
    record Comparison(BestPrices ticker, BestPrices book) {
        boolean agrees() {
            return ticker.samePrices(book);
        }
    }

    private record Book(long baseId, BestPrices best) {}

    private static final int MAX_TICKERS = 512;
    private static final int MAX_BOOKS = 64;

    private final ArrayDeque<BestPrices> tickers = new ArrayDeque<>();
    private final ArrayDeque<Book> books = new ArrayDeque<>();

    /** A lower id than that of the ticker before begins new ids. */
    void ticker(BestPrices ticker) {
        if (!tickers.isEmpty() && ticker.id() < tickers.getLast().id()) {
            tickers.clear();
            books.clear();
        }
        if (tickers.size() == MAX_TICKERS) {
            tickers.removeFirst();
        }
        tickers.addLast(ticker);
    }

    /** @param baseId the update before the first of those that lead to this book */
    void book(long baseId, BestPrices best) {
        books.addLast(new Book(baseId, best));
    }

    /**
     * The next comparison that can be made, null when none can.
     *
     * @param ended no more tickers come
     */
    Comparison next(boolean ended) {
        while (!books.isEmpty() && (ended || books.size() > MAX_BOOKS || isPassed(books.getFirst()))) {
            Book book = books.removeFirst();
            BestPrices last = null;
            while (!tickers.isEmpty() && tickers.getFirst().id() <= book.best.id()) {
                last = tickers.removeFirst();
            }
            if (last != null && last.id() > book.baseId) {
                return new Comparison(last, book.best);
            }
        }
        return null;
    }

    private boolean isPassed(Book book) {
        return !tickers.isEmpty() && tickers.getLast().id() > book.best.id();
    }
}
