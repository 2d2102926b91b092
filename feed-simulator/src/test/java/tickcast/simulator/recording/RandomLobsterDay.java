package tickcast.simulator.recording;

import java.util.Random;

/** A random stream of orders, the same from the same seed. */
final class RandomLobsterDay {
    private static final long MIDDLE = 2_000_000;
    private static final long TICK = 100;

    private final Random random;
    private final LobsterWriter writer;
    private final int range;
    private long nextId = 1;
    private long nanos = 34_200_000_000_000L;

    private RandomLobsterDay(long seed, LobsterWriter writer, int range) {
        random = new Random(seed);
        this.writer = writer;
        this.range = range;
    }

    /**
     * Writes a day.
     *
     * @param before events before the recording begins
     * @param recorded events from then on, of which those out of view are not written
     */
    static LobsterWriter write(long seed, int levels, int before, int recorded) {
        var writer = new LobsterWriter(levels);
        var day = new RandomLobsterDay(seed, writer, 2 + levels + levels / 2);
        for (int i = 0; i < before; i++) {
            day.event();
        }
        writer.begin();
        for (int i = 0; i < recorded; i++) {
            day.event();
        }
        return writer;
    }

    private void event() {
        nanos += random.nextInt(3) * 1_000_001L;
        writer.time("%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000));
        int side = random.nextBoolean() ? LobsterWriter.BUY : LobsterWriter.SELL;
        int kind = random.nextInt(100);
        LobsterWriter.Order best = writer.best(side);
        if (kind < 2) {
            writer.hidden(side, MIDDLE, size());
        } else if (kind < 3) {
            writer.cross(MIDDLE, random.nextInt(2) * size());
        } else if (kind < 4) {
            writer.halt(-1).halt(0).halt(1);
        } else if (kind < 50 || best == null) {
            writer.submit(nextId++, side, MIDDLE - side * TICK * (1 + random.nextInt(range)), size());
        } else if (kind < 75) {
            writer.execute(best.id, random.nextBoolean() ? best.size : 1 + random.nextInt((int) best.size));
        } else {
            LobsterWriter.Order order =
                    writer.order(writer.ids().get(random.nextInt(writer.ids().size())));
            writer.cancel(order.id, random.nextBoolean() ? order.size : 1 + random.nextInt((int) order.size));
        }
    }

    private int size() {
        return 1 + random.nextInt(5) * 100;
    }
}
