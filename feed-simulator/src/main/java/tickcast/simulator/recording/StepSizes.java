package tickcast.simulator.recording;

import tickcast.protocol.Decimal8;

/** The steps of prices and quantities, as far as those that were seen tell: powers of ten, not above 1. */
final class StepSizes {
    private long tickSize = Decimal8.ONE;
    private long lotSize = Decimal8.ONE;

    long tickSize() {
        return tickSize;
    }

    long lotSize() {
        return lotSize;
    }

    StepSizes add(long price, long quantity) {
        tickSize = dividing(price, tickSize);
        lotSize = dividing(quantity, lotSize);
        return this;
    }

    StepSizes addAll(LevelList levels) {
        for (int i = 0; i < levels.size(); i++) {
            add(levels.price(i), levels.quantity(i));
        }
        return this;
    }

    private static long dividing(long value, long step) {
        while (value % step != 0) {
            step /= 10;
        }
        return step;
    }
}
