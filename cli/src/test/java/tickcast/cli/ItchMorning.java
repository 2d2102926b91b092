package tickcast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;

/** Makes a file of ITCH 5.0 about one stock, {@link #STOCK}. Prices are in ten-thousandths, as in the file. */
final class ItchMorning {
    static final String STOCK = "TICK";

    private static final short LOCATE = 7;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private long nanosOfDay;

    ItchMorning at(String timeOfDay) {
        nanosOfDay = LocalTime.parse(timeOfDay).toNanoOfDay();
        return this;
    }

    ItchMorning directory() {
        return end(begin('R', 39)
                .put(stock())
                .put(text("QN"))
                .putInt(100)
                .put(text("NC" + "Z PNN1N"))
                .putInt(0)
                .put(text("N")));
    }

    ItchMorning add(long orderId, char side, int shares, int price) {
        return end(begin('A', 36)
                .putLong(orderId)
                .put((byte) side)
                .putInt(shares)
                .put(stock())
                .putInt(price));
    }

    ItchMorning executed(long orderId, int shares, long match) {
        return end(begin('E', 31).putLong(orderId).putInt(shares).putLong(match));
    }

    Path write(Path directory) throws IOException {
        return Files.write(directory.resolve("01302019.NASDAQ_ITCH50"), content.toByteArray());
    }

    private ByteBuffer begin(char type, int length) {
        return ByteBuffer.allocate(2 + length)
                .putShort((short) length)
                .put((byte) type)
                .putShort(LOCATE)
                .putShort((short) 0)
                .putShort((short) (nanosOfDay >> 32))
                .putInt((int) nanosOfDay);
    }

    private ItchMorning end(ByteBuffer message) {
        if (message.hasRemaining()) {
            throw new IllegalStateException("short by " + message.remaining() + " bytes");
        }
        content.writeBytes(message.array());
        return this;
    }

    private static byte[] stock() {
        return text("%-8s".formatted(STOCK));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
