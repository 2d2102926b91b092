package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.sbe.TradingStatus;

final class PacketTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final int length = fill();

    private int fill() {
        int at = Packet.putHeader(buffer, 0, 11, 22, 3);
        for (int seq = 1; seq <= 3; seq++) {
            var message = FeedMessages.status(seq, seq - 1, TradingStatus.OPEN);
            at += Packet.putMessage(buffer, at, message, 0, message.capacity());
        }
        return at;
    }

    private int count(int packetLength) {
        var packet = new Packet().wrap(buffer, 0, packetLength);
        int messages = 0;
        while (packet.next()) {
            messages++;
            assertEquals(messages, FeedHeader.seq(buffer, packet.messageOffset()));
        }
        return messages;
    }

    @Test
    void roundTrip() {
        assertEquals(3, count(length));
    }

    @Test
    void everyTruncationIsRefused() {
        for (int cut = 0; cut < length; cut++) {
            int shorter = cut;
            assertThrows(MalformedMessageException.class, () -> count(shorter), "cut at " + cut);
        }
    }

    @Test
    void bytesLeftOverAreRefused() {
        assertThrows(MalformedMessageException.class, () -> count(length + 1));
    }

    /** Whatever bytes come, reading ends: with all messages or with a refusal. */
    @Test
    void noiseIsReadOrRefused() {
        var random = new SplittableRandom(3);
        var noise = new byte[200];
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(noise);
            var packet = new Packet().wrap(new UnsafeBuffer(noise), 0, 18 + random.nextInt(180));
            try {
                while (packet.next()) {
                    assertEquals(true, packet.messageLength() >= FeedHeader.LENGTH);
                }
            } catch (MalformedMessageException e) {
                refused++;
            }
        }
        assertEquals(true, refused > 10_000, "noise was refused " + refused + " times");
    }
}
