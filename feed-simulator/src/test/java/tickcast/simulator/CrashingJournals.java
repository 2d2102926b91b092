package tickcast.simulator;

import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;

/** Lets so many appends to an exchange's journals through, then the exchange dies in every one. */
final class CrashingJournals implements UnaryOperator<DocumentSink> {
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private int appendsLeft;

    CrashingJournals(int appends) {
        appendsLeft = appends;
    }

    int appendsLeft() {
        return appendsLeft;
    }

    void appendsLeft(int appends) {
        appendsLeft = appends;
    }

    @Override
    public DocumentSink apply(DocumentSink sink) {
        return new Sink(sink);
    }

    private final class Sink implements DocumentSink {
        private final DocumentSink sink;

        Sink(DocumentSink sink) {
            this.sink = sink;
        }

        @Override
        public long lastSeq() {
            return sink.lastSeq();
        }

        @Override
        public boolean newCycle() {
            return sink.newCycle();
        }

        @Override
        public void append(DirectBuffer buffer, int length) {
            if (appendsLeft == 0) {
                throw new Crash();
            }
            appendsLeft--;
            sink.append(buffer, length);
        }

        @Override
        public void checkpointWritten(long firstSeq) {
            sink.checkpointWritten(firstSeq);
        }

        @Override
        public void keepFrom(long seq) {
            sink.keepFrom(seq);
        }

        @Override
        public long overBudgetBytes() {
            return sink.overBudgetBytes();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
