package tickcast.gateway;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Malformed and hostile messages at a fixed rate, for {@code bench/hostile}. Of a hundred, 94 are texts of {@link HostileMessages}
 * from sessions that stay; three are texts that are not UTF-8 and three have 1 MiB, each on a connection of its own, which the
 * gateway is to close. All are made before the first is sent, so that the load takes little of the machine.
 */
final class HostileLoad {
    private static final int SESSIONS = 10;
    private static final int TEXTS = 1_000;
    private static final int BROKEN = 50;
    private static final int MEBIBYTE = 1 << 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_WAIT_NANOS = 10 * SECOND;
    private static final byte[] UPGRADE =
            ("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

    private final int port;
    private final List<byte[]> texts = new ArrayList<>();
    private final List<byte[]> broken = new ArrayList<>();
    private final byte[] mebibyte;
    private final List<Peer> sessions = new ArrayList<>();
    /** How often what came back: the type of a reply, or the code of a close. */
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

    private long bytes;

    HostileLoad(int port) throws IOException {
        this.port = port;
        var hostile = new HostileMessages(7_107);
        for (int i = 0; i < TEXTS; i++) {
            texts.add(frame(hostile.next().getBytes(StandardCharsets.UTF_8)));
        }
        for (int i = 0; i < BROKEN; i++) {
            broken.add(frame(hostile.nextBrokenText()));
        }
        mebibyte = frame(("{\"type\":\"placeOrder\",\"symbol\":\"" + "x".repeat(MEBIBYTE) + "\"}")
                .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < SESSIONS; i++) {
            var session = new Peer();
            sessions.add(session);
            daemon(session::readAll);
        }
    }

    /** Final, of a text, masked with zeros. */
    private static byte[] frame(byte[] text) {
        var frame = ByteBuffer.allocate(14 + text.length).put((byte) 0x81);
        if (text.length < 126) {
            frame.put((byte) (0x80 | text.length));
        } else if (text.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) text.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(text.length);
        }
        frame.putInt(0).put(text);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    /** A connection to the gateway. */
    private final class Peer implements AutoCloseable {
        private final Socket socket = new Socket("127.0.0.1", port);
        private final DataInputStream in =
                new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));

        Peer() throws IOException {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(UPGRADE);
            var head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
        }

        synchronized void send(byte[] frame) throws IOException {
            socket.getOutputStream().write(frame);
        }

        void readAll() {
            try {
                while (readOne()) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                count("lost");
            }
        }

        /** Counts the next frame; false when it closes the connection. */
        private boolean readOne() throws IOException {
            int opcode = in.readUnsignedByte() & 0x0F;
            int length = in.readUnsignedByte();
            byte[] payload =
                    new byte[length == 127 ? (int) in.readLong() : length == 126 ? in.readUnsignedShort() : length];
            in.readFully(payload);
            if (opcode == RawClient.PING) {
                send(PONG);
                return true;
            }
            if (opcode == RawClient.CLOSE) {
                count("close" + ByteBuffer.wrap(payload).getShort());
                return false;
            }
            String text = new String(payload, 0, Math.min(payload.length, 32), StandardCharsets.UTF_8);
            count(text.split("\"", 5)[3]); // {"type":"nack", ...
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    /** Sends on a plan that begins now, and waits for the answers; returns what was sent and what came back. */
    String run(double perSecond, double seconds) throws IOException {
        answers.clear();
        bytes = 0;
        long startNanos = System.nanoTime();
        int planned = (int) (perSecond * seconds);
        for (int i = 0; i < planned; i++) {
            long dueNanos = startNanos + (long) (i * SECOND / perSecond);
            for (long wait = dueNanos - System.nanoTime(); wait > 0; wait = dueNanos - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            send(i);
        }
        double took = (double) (System.nanoTime() - startNanos) / SECOND;
        long deadline = System.nanoTime() + MOST_WAIT_NANOS;
        while (answered() < planned && System.nanoTime() < deadline) {
            LockSupport.parkNanos(SECOND / 1_000);
        }
        return String.format(
                "sent %d in %.1f s, %.1f MB/s, answered %d: %s",
                planned, took, bytes / took / 1e6, answered(), answers);
    }

    private void send(int index) throws IOException {
        int kind = index % 100;
        boolean closed = kind % 33 == 32 || kind % 33 == 16;
        byte[] frame = !closed ? texts.get(index % TEXTS) : kind % 33 == 32 ? mebibyte : broken.get(index % BROKEN);
        bytes += frame.length;
        if (!closed) {
            sessions.get(index % SESSIONS).send(frame);
            return;
        }
        var peer = new Peer();
        try {
            peer.send(frame);
        } catch (IOException e) {
            count("unsent"); // the gateway reads no further; it has closed or will
        }
        daemon(() -> {
            try (peer) {
                peer.readAll();
            } catch (IOException e) {
                count("lost");
            }
        });
    }

    private int answered() {
        return answers.entrySet().stream()
                .filter(answer -> !List.of("welcome", "heartbeat", "unsent").contains(answer.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /**
     * Argument: the port of a gateway on this machine. Says "ready"; then each line of standard input, RATE SECONDS, is a run, at whose
     * end it says what was sent and what came back. Ends with the input.
     */
    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var load = new HostileLoad(Integer.parseInt(arguments[0]));
        System.out.println("ready");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] run = line.split(" ");
            System.out.println(load.run(Double.parseDouble(run[0]), Double.parseDouble(run[1])));
        }
    }
}
