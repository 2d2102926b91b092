package tickcast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import tickcast.journal.JournalReader;
import tickcast.protocol.FeedHeader;
import tickcast.protocol.Instrument;
import tickcast.protocol.sbe.ExecutionReportDecoder;
import tickcast.protocol.sbe.MessageHeaderDecoder;
import tickcast.protocol.sbe.TradingDayDecoder;

/**
 * A {@link PlainVenue} that does what the exchange has done: of the journals it takes the requests in their order, which of
 * them were late by the exchange's clock, and between which of them a trading day ended or the exchange started again. What
 * came of them it does not read.
 */
final class JournalledVenue implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ORDER_SEQ_OFFSET =
            MessageHeaderDecoder.ENCODED_LENGTH + ExecutionReportDecoder.orderSeqEncodingOffset();
    private static final int MATCHED_TIME_OFFSET =
            MessageHeaderDecoder.ENCODED_LENGTH + ExecutionReportDecoder.matchedTimeEncodingOffset();

    private final PlainVenue venue;
    private final JournalReader orders;
    private final JournalReader executions;
    private final TradingDayDecoder tradingDay = new TradingDayDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<PlainRequest> requests = new ArrayList<>();
    private final ArrayDeque<PlainRequest> ahead = new ArrayDeque<>();
    /** Sequences of the last documents of exchanges that were stopped. */
    private final ArrayDeque<Long> stops = new ArrayDeque<>();

    private long day;
    private int days;

    JournalledVenue(Path data, List<Instrument> instruments) {
        venue = new PlainVenue(instruments);
        orders = JournalReader.open(data.resolve("orders"));
        executions = JournalReader.open(data.resolve("executions"));
    }

    PlainVenue venue() {
        return venue;
    }

    /** All that the exchange has taken so far. */
    List<PlainRequest> requests() {
        return requests;
    }

    /** How many trading days have ended. */
    int daysEnded() {
        return days;
    }

    /** In days since 1970-01-01. */
    long day() {
        return day;
    }

    /** An exchange was stopped whose last document of the executions has that sequence. */
    void exchangeStopped(long lastSeq) {
        stops.add(lastSeq);
    }

    /** Does what the exchange has done up to now. */
    void follow() {
        readOrders();
        while (executions.poll(this::onDocument, 1_000) > 0) {
            readOrders();
        }
    }

    /** Waits until the exchange has taken all that was written. */
    void catchUp() {
        Await.until(LIMIT, () -> "the exchange takes " + ahead.size() + " requests", () -> {
            follow();
            return ahead.isEmpty();
        });
    }

    private void readOrders() {
        while (orders.poll((message, offset, length) -> ahead.add(PlainRequest.read(message, offset)), 1_000) > 0) {
            continue;
        }
    }

    private void onDocument(DirectBuffer message, int offset, int length) {
        long orderSeq = message.getLong(offset + ORDER_SEQ_OFFSET);
        if (orderSeq > requests.size() + ahead.size()) {
            readOrders();
        }
        while (!ahead.isEmpty() && ahead.peek().seq() <= orderSeq) {
            var request = ahead.poll();
            assertEquals(requests.size() + 1, request.seq(), "requests are numbered without a hole");
            boolean late =
                    request.validUntil() != 0 && request.validUntil() < message.getLong(offset + MATCHED_TIME_OFFSET);
            venue.apply(request, late);
            requests.add(request);
        }
        if (FeedHeader.templateId(message, offset) == TradingDayDecoder.TEMPLATE_ID) {
            tradingDay.wrapAndApplyHeader(message, offset, header);
            onDay();
        }
    }

    /** One that starts tells of its day before it takes a request. */
    private void onDay() {
        long newDay = tradingDay.day();
        boolean ends = day != 0 && newDay != day;
        if (!stops.isEmpty() && stops.peek() < tradingDay.seq()) {
            stops.poll();
            venue.startsAgain(ends, tradingDay.feedSeq());
        } else if (ends) {
            venue.dayEnds();
        }
        days += ends ? 1 : 0;
        day = newDay;
    }

    @Override
    public void close() {
        orders.close();
        executions.close();
    }
}
