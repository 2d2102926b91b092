package tickcast.latency;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * A sum of histograms of any range; packed, it takes a few kilobytes, not hundreds, so that a report may have very many
 * rows.
 */
final class CompactHistogram {

    private byte[] packed = pack(new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS));
    private Histogram unpacked; // null while it is packed

    void add(Histogram histogram) {
        if (unpacked == null) {
            unpacked = histogram();
        }
        unpacked.add(histogram);
    }

    /** Saves memory until the next {@link #add}. */
    void pack() {
        if (unpacked != null) {
            packed = pack(unpacked);
            unpacked = null;
        }
    }

    /** A copy. */
    Histogram histogram() {
        if (unpacked != null) {
            return unpacked.copy();
        }
        Histogram histogram = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(packed), 0);
        histogram.setAutoResize(true);
        return histogram;
    }

    private static byte[] pack(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(buffer.array(), histogram.encodeIntoByteBuffer(buffer));
    }
}
