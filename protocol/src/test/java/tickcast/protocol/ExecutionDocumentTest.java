package tickcast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import tickcast.protocol.sbe.ExecType;
import tickcast.protocol.sbe.ExecutionReportEncoder;
import tickcast.protocol.sbe.MassCancelReportEncoder;
import tickcast.protocol.sbe.MessageHeaderEncoder;
import tickcast.protocol.sbe.PositionEncoder;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingDayEncoder;

class ExecutionDocumentTest {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int length;

    @Test
    void walksOverAllMessages() {
        report("alice", "first");
        length += header.encodedLength()
                + new TradingDayEncoder()
                        .wrapAndApplyHeader(buffer, length, header)
                        .encodedLength();
        report("", "");
        length += header.encodedLength()
                + new MassCancelReportEncoder()
                        .wrapAndApplyHeader(buffer, length, header)
                        .orderSeq(11)
                        .feedSeq(12)
                        .account("bob")
                        .encodedLength();
        length += header.encodedLength()
                + new PositionEncoder()
                        .wrapAndApplyHeader(buffer, length, header)
                        .account("carol")
                        .encodedLength();
        report("dave", "last");
        assertEquals(List.of(30, 33, 30, 31, 32, 30), walk());
        assertTrue(ExecutionDocument.isReport(buffer, 0));
    }

    @Test
    void everyMessageTellsTheSequences() {
        new MassCancelReportEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .orderSeq(11)
                .feedSeq(12);
        assertEquals(11, ExecutionDocument.orderSeq(buffer, 0));
        assertEquals(12, ExecutionDocument.feedSeq(buffer, 0));
    }

    @Test
    void endsAtWhatIsUnknown() {
        report("alice", "first");
        header.wrap(buffer, length).blockLength(4).templateId(99);
        length += 20;
        assertEquals(List.of(30, 99), walk());
    }

    @Test
    void positionsFollowTheTrades() {
        report("alice", "first");
        var book = new PositionBook();
        for (int at = 0; at < length; at = ExecutionDocument.next(buffer, at, length)) {
            book.apply(buffer, at);
        }
        assertEquals(3 * Decimal8.ONE, book.find("alice", 5).netQuantity());
        assertEquals(1, book.of("alice").size());
        assertEquals(List.of(), List.copyOf(book.of("bob")));
    }

    private void report(String account, String clientOrderId) {
        length += header.encodedLength()
                + new ExecutionReportEncoder()
                        .wrapAndApplyHeader(buffer, length, header)
                        .execType(ExecType.TRADE)
                        .side(Side.BUY)
                        .symbolId(5)
                        .lastPrice(Decimal8.ONE)
                        .lastQuantity(3 * Decimal8.ONE)
                        .account(account)
                        .clientOrderId(clientOrderId)
                        .encodedLength();
    }

    private List<Integer> walk() {
        var templates = new ArrayList<Integer>();
        for (int at = 0; at < length; at = ExecutionDocument.next(buffer, at, length)) {
            templates.add(FeedHeader.templateId(buffer, at));
        }
        return templates;
    }
}
