package tickcast.simulator.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Captures of Binance's market data streams: a JSON record with its receive time on each line, see {@link BinanceLines}.
 * Depth updates, trades, book tickers and REST snapshots of the book are read, of the spot market and of futures. Each
 * capture is a recording; files that hold nothing but snapshots belong to all of them.
 */
final class BinanceFormat implements RecordingFormat {
    private static final int HEAD_BYTES = 4096;
    private static final Pattern LINES = Pattern.compile(
            "\\s*(\\d{1,19}[ \\t]+|\\d{1,10}(\\.\\d+)?:[ \\t]*|https?://\\S+ -> \\d+(\\.\\d+)?:[ \\t]*)[{\\[].*",
            Pattern.DOTALL);
    private static final Pattern CONNECTION = Pattern.compile("\\s*wss?://\\S+ <-> .*", Pattern.DOTALL);
    private static final Pattern DOCUMENT =
            Pattern.compile("\\s*\\{\\s*\"(lastUpdateId|bids|asks|E|T|symbol|pair)\".*", Pattern.DOTALL);
    private static final Pattern BOOK = Pattern.compile("\"(lastUpdateId|bids|asks)\"");

    @Override
    public String name() {
        return "binance";
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public boolean tellsOrders() {
        return false;
    }

    @Override
    public boolean recognizes(RecordedFile file) throws IOException {
        String head = head(file);
        return LINES.matcher(head).matches() || CONNECTION.matcher(head).matches() || isDocument(head);
    }

    @Override
    public List<Recording> open(List<RecordedFile> files, RecordingOptions options) throws IOException {
        List<RecordedFile> streams = new ArrayList<>();
        List<SnapshotFile> snapshots = new ArrayList<>();
        for (RecordedFile file : files) {
            if (isDocument(head(file))) {
                snapshots.add(new SnapshotFile(file, true));
            } else if (holdsSnapshotsOnly(file)) {
                snapshots.add(new SnapshotFile(file, false));
            } else {
                streams.add(file);
            }
        }
        if (streams.isEmpty()) {
            throw new IllegalArgumentException(
                    files.get(0).path() + " holds snapshots only; name the file with the stream's depth updates too");
        }
        return RecordingFormats.openEach(streams, stream -> new BinanceRecording(stream, snapshots, options));
    }

    /** What can be read of the beginning: a file that is cut off there is a recording all the same. */
    private static String head(RecordedFile file) throws IOException {
        byte[] head = new byte[HEAD_BYTES];
        int length = 0;
        try (InputStream in = file.open(read -> {})) {
            int read = 0;
            while (length < head.length && read >= 0) {
                length += read;
                read = readOrEnd(in, head, length);
            }
        }
        return new String(head, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static int readOrEnd(InputStream in, byte[] head, int length) {
        try {
            return in.read(head, length, head.length - length);
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean isDocument(String head) {
        return DOCUMENT.matcher(head).matches() && BOOK.matcher(head).find();
    }

    /** A damaged file is not one: its recording tells where the damage is. */
    private static boolean holdsSnapshotsOnly(RecordedFile file) throws IOException {
        var parser = new BinanceParser();
        try (var lines = new BinanceLines(file, false, read -> {})) {
            boolean any = false;
            while (lines.advance()) {
                if (parser.parse(lines).kind() != BinanceMessage.Kind.SNAPSHOT) {
                    return false;
                }
                any = true;
            }
            return any;
        } catch (RecordingException e) {
            return false;
        }
    }
}
