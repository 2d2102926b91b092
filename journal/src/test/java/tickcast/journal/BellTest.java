package tickcast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BellTest {
    private static final int DEADLINE_MILLIS = 10_000;
    private static final int MARKER_LENGTH = 7;

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private DatagramSocket socket;
    private long nowMillis = 1_700_000_000_000L;

    @BeforeEach
    void listen() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        socket.setSoTimeout(DEADLINE_MILLIS);
        opened.add(socket);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var resource : opened) {
            resource.close();
        }
    }

    @Test
    void aReaderThatWaitsIsWokenOnce() throws IOException {
        var writer = writer();
        var reader = reader();
        assertFalse(reader.awaits());
        Documents.append(writer, 3);
        assertEquals(1, rings());
        assertTrue(reader.awaits(), "there is something to read");
        Documents.append(writer, 1);
        assertEquals(1, rings());
        assertEquals(4, reader.poll((buffer, offset, length) -> {}, 10));
        assertFalse(reader.awaits());
        assertEquals(0, rings());
    }

    @Test
    void aReaderThatDoesNotWaitIsLeftInPeace() throws IOException {
        var writer = writer();
        reader();
        Documents.append(writer, 3);
        assertEquals(0, rings());
    }

    @Test
    void everyOneThatWaitsIsWoken() throws IOException {
        var writer = writer();
        for (int i = 0; i < 5; i++) {
            assertFalse(reader().awaits());
        }
        Documents.append(writer, 1);
        assertEquals(5, rings());
    }

    @Test
    void aReaderOfAJournalThatComesLaterIsWoken() throws IOException {
        var reader = reader();
        assertFalse(reader.awaits());
        var writer = writer();
        assertFalse(reader.awaits());
        Documents.append(writer, 1);
        assertEquals(1, rings());
    }

    @Test
    void theNextWriterKnowsWhoWaits() throws IOException {
        try (var first = JournalWriter.open(JournalSettings.of(directory))) {
            Documents.append(first, 1);
        }
        var reader = reader();
        reader.seekEnd();
        assertFalse(reader.awaits());
        Documents.append(writer(), 1);
        assertEquals(1, rings());
    }

    @Test
    void aClosedReaderIsNotWoken() throws IOException {
        var writer = writer();
        try (var reader = JournalReader.open(directory)) {
            reader.wakeAt(socket.getLocalPort());
            assertFalse(reader.awaits());
        }
        Documents.append(writer, 1);
        assertEquals(0, rings());
    }

    @Test
    void placesAreLimitedAndThoseOfTheForgottenAreGiven() throws IOException {
        var writer = writer();
        var first = bell();
        assertTrue(first.await());
        for (int i = 1; i < Bells.SLOTS; i++) {
            assertTrue(bell().await());
        }
        var last = bell();
        assertFalse(last.await());
        Documents.append(writer, 1);
        assertEquals(Bells.SLOTS, rings());
        nowMillis += 61_000;
        assertTrue(last.await(), "the first was not seen for a minute");
        assertTrue(first.await(), "the first comes back, to the place of another");
        Documents.append(writer, 1);
        assertEquals(2, rings());
    }

    @Test
    void aTornFileIsMadeAnew() throws IOException {
        Files.write(directory.resolve("bells"), new byte[17]);
        assertNull(Bell.open(directory, socket.getLocalPort(), () -> nowMillis));
        var writer = writer();
        assertNotNull(bell());
        var reader = reader();
        assertFalse(reader.awaits());
        Documents.append(writer, 1);
        assertEquals(1, rings());
    }

    private JournalWriter writer() {
        var writer = JournalWriter.open(JournalSettings.of(directory));
        opened.add(writer);
        return writer;
    }

    private JournalReader reader() {
        var reader = JournalReader.open(directory);
        reader.wakeAt(socket.getLocalPort());
        opened.add(0, reader);
        return reader;
    }

    private Bell bell() throws IOException {
        var bell = Bell.open(directory, socket.getLocalPort(), () -> nowMillis);
        opened.add(0, bell);
        return bell;
    }

    /** How many datagrams came before a longer one that this sends itself: on loopback they keep their order. */
    private int rings() throws IOException {
        var packet = new DatagramPacket(new byte[MARKER_LENGTH], MARKER_LENGTH);
        socket.send(new DatagramPacket(
                new byte[MARKER_LENGTH], MARKER_LENGTH, socket.getLocalAddress(), socket.getLocalPort()));
        int rings = 0;
        for (socket.receive(packet); packet.getLength() != MARKER_LENGTH; socket.receive(packet)) {
            rings++;
            packet.setLength(MARKER_LENGTH);
        }
        return rings;
    }
}
