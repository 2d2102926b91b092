package tickcast.latency;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.Deflater;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.DoubleHistogram;
import org.HdrHistogram.Histogram;

/** Lines of interval logs as other programs write them. */
final class LogText {

    static final String LEGEND =
            "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n";

    private LogText() {}

    static Histogram histogram(long... values) {
        Histogram histogram = new Histogram(LatencyRecorder.HIGHEST_NANOS, 3);
        for (long value : values) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    static String interval(double startSeconds, double lengthSeconds, long... values) {
        return String.format(
                Locale.ROOT, "%.3f,%.3f,0.001,%s%n", startSeconds, lengthSeconds, payload(histogram(values)));
    }

    static String tagged(String tag, double startSeconds, double lengthSeconds, long... values) {
        return "Tag=" + tag + "," + interval(startSeconds, lengthSeconds, values);
    }

    static String payload(AbstractHistogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return base64(buffer, length);
    }

    static String doublePayload(double value) {
        DoubleHistogram histogram = new DoubleHistogram(3);
        histogram.recordValue(value);
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return base64(buffer, histogram.encodeIntoCompressedByteBuffer(buffer));
    }

    /** Encoding V1, which older writers use: counts as plain 64-bit numbers, here of the values 0, 1, 2 and so on. */
    static String payloadV1(long... countsByValue) {
        ByteBuffer plain = ByteBuffer.allocate(40 + 8 * countsByValue.length);
        plain.putInt(0x1c849301 | 8 << 4)
                .putInt(8 * countsByValue.length)
                .putInt(0)
                .putInt(3);
        plain.putLong(1).putLong(LatencyRecorder.HIGHEST_NANOS).putDouble(1);
        for (long count : countsByValue) {
            plain.putLong(count);
        }
        Deflater deflater = new Deflater();
        deflater.setInput(plain.array());
        deflater.finish();
        ByteBuffer compressed = ByteBuffer.allocate(1_000);
        int length = deflater.deflate(compressed.array(), 8, compressed.capacity() - 8);
        deflater.end();
        compressed.putInt(0x1c849302 | 8 << 4).putInt(length);
        return base64(compressed, 8 + length);
    }

    private static String base64(ByteBuffer buffer, int length) {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}
