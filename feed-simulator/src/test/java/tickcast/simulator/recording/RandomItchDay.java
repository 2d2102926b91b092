package tickcast.simulator.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A random day of ITCH, and what its books and trades are. Prices are in ten-thousandths. */
public final class RandomItchDay {
    private static final long OPENING_NANOS = 34_200_000_000_000L;
    private static final long RECORD_NANOS = 1_000_000;
    private static final long PRICE_UNIT = 10_000;
    private static final long SHARE = 100_000_000;

    /** The levels of a symbol after what happened at that time, best first: quantity and price, mantissas. */
    public record After(long eventNanos, String symbol, List<String> bids, List<String> asks) {}

    private record Order(char side, int price, int shares) {}

    private final SplittableRandom random;
    private final LocalDate date;
    private final String[] symbols;
    private final ItchWriter writer = new ItchWriter();
    private final List<Map<Long, Order>> orders = new ArrayList<>();
    private final List<After> states = new ArrayList<>();
    private final List<String> trades = new ArrayList<>();
    private long nanosOfDay = OPENING_NANOS;
    private long newestId;

    public RandomItchDay(long seed, LocalDate date, String... symbols) {
        this.random = new SplittableRandom(seed);
        this.date = date;
        this.symbols = symbols;
        writer.at(OPENING_NANOS - RECORD_NANOS).systemEvent('O');
        for (int i = 0; i < symbols.length; i++) {
            orders.add(new LinkedHashMap<>());
            writer.stockDirectory(i + 1, symbols[i]).tradingAction(i + 1, symbols[i], 'T');
        }
    }

    /** Whole cents, so that all symbols keep their tick size, unless {@code subPenny}. */
    public RandomItchDay events(int count, boolean subPenny) {
        for (int i = 0; i < count; i++) {
            nanosOfDay += RECORD_NANOS;
            writer.at(nanosOfDay);
            int symbol = random.nextInt(symbols.length);
            event(symbol, subPenny);
            states.add(
                    new After(midnightNanos() + nanosOfDay, symbols[symbol], levels(symbol, 'B'), levels(symbol, 'S')));
        }
        return this;
    }

    /** Of all symbols, as at the end of a day. */
    public RandomItchDay close() {
        nanosOfDay += RECORD_NANOS;
        writer.at(nanosOfDay).systemEvent('C');
        return this;
    }

    public List<After> states() {
        return states;
    }

    /** Symbol, quantity, price and aggressor of all trades, in order. */
    public List<String> trades() {
        return trades;
    }

    /** The time of the newest event, in nanoseconds since the Unix epoch. */
    public long newestNanos() {
        return midnightNanos() + nanosOfDay;
    }

    /** Writes it into the directory, under a name that tells the day. */
    public Path write(Path directory) throws IOException {
        return Files.write(directory.resolve(name()), writer.bytes());
    }

    /** All but the last bytes. */
    public Path writeCutOff(Path directory, int bytes) throws IOException {
        byte[] whole = writer.bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - bytes);
        return Files.write(directory.resolve(name()), cut);
    }

    public Path writeCompressed(Path directory) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(writer.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.write(directory.resolve(name() + ".gz"), bytes.toByteArray());
    }

    private String name() {
        return date.format(DateTimeFormatter.ofPattern("MMddyyyy")) + ".NASDAQ_ITCH50";
    }

    private long midnightNanos() {
        return date.atStartOfDay(ZoneId.of("America/New_York")).toEpochSecond() * 1_000_000_000;
    }

    private void event(int symbol, boolean subPenny) {
        int locate = symbol + 1;
        Map<Long, Order> book = orders.get(symbol);
        List<Long> ids = List.copyOf(book.keySet());
        boolean buys = random.nextBoolean();
        int step = subPenny ? 1 : 100;
        int price = 50_0000 + (buys ? -random.nextInt(15) : 1 + random.nextInt(15)) * step;
        int shares = 1 + random.nextInt(300);
        int kind = random.nextInt(100);
        if (kind < 45 || ids.size() < 4) {
            newestId++;
            writer.addOrder(locate, newestId, buys ? 'B' : 'S', shares, symbols[symbol], price);
            book.put(newestId, new Order(buys ? 'B' : 'S', price, shares));
        } else if (kind < 92) {
            about(locate, book, ids.get(random.nextInt(ids.size())), kind, shares, step);
        } else if (kind < 96) {
            char side = buys ? 'B' : 'S';
            writer.trade(locate, side, shares, symbols[symbol], 50_0050, 1);
            trade(symbol, shares, 50_0050, side == 'S' ? "BUY" : "NULL_VAL");
        } else {
            writer.cross(locate, shares, symbols[symbol], 50_0000, 1);
            trade(symbol, shares, 50_0000, "NULL_VAL");
        }
    }

    private void about(int locate, Map<Long, Order> book, long id, int kind, int shares, int step) {
        Order order = book.get(id);
        int less = Math.min(shares, order.shares);
        String aggressor = order.side == 'B' ? "SELL" : "BUY";
        if (kind < 60) {
            writer.executed(locate, id, less, 1);
            trade(locate - 1, less, order.price, aggressor);
            reduce(book, id, less);
        } else if (kind < 65) {
            boolean printed = random.nextBoolean();
            writer.executedWithPrice(locate, id, less, 1, printed ? 'Y' : 'N', order.price + 50);
            if (printed) {
                trade(locate - 1, less, order.price + 50, aggressor);
            }
            reduce(book, id, less);
        } else if (kind < 72) {
            writer.cancel(locate, id, less);
            reduce(book, id, less);
        } else if (kind < 82) {
            writer.delete(locate, id);
            book.remove(id);
        } else {
            newestId++;
            int price = order.price + (random.nextInt(3) - 1) * step;
            writer.replace(locate, id, newestId, shares, price);
            book.remove(id);
            book.put(newestId, new Order(order.side, price, shares));
        }
    }

    private static void reduce(Map<Long, Order> book, long id, int by) {
        book.computeIfPresent(
                id, (same, order) -> order.shares == by ? null : new Order(order.side, order.price, order.shares - by));
    }

    private void trade(int symbol, long shares, long price, String aggressor) {
        trades.add("%s %d @ %d %s".formatted(symbols[symbol], shares * SHARE, price * PRICE_UNIT, aggressor));
    }

    private List<String> levels(int symbol, char side) {
        TreeMap<Integer, Long> sums = orders.get(symbol).values().stream()
                .filter(order -> order.side == side)
                .collect(Collectors.toMap(
                        order -> side == 'B' ? -order.price : order.price,
                        order -> (long) order.shares,
                        Long::sum,
                        TreeMap::new));
        return sums.entrySet().stream()
                .map(entry -> entry.getValue() * SHARE + " @ " + Math.abs(entry.getKey()) * PRICE_UNIT)
                .toList();
    }
}
