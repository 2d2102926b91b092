package tickcast.simulator.recording;

/** A file of a recording and the record of it that is next. */
final class BinanceSource implements AutoCloseable {
    private final BinanceLines lines;
    private final boolean beside;
    private boolean asked;
    private boolean ended;
    private RecordingException fault;

    /** @param beside it is a file of snapshots beside the stream */
    BinanceSource(BinanceLines lines, boolean beside) {
        this.lines = lines;
        this.beside = beside;
    }

    boolean beside() {
        return beside;
    }

    /** Whether there is a next record. Asking again changes nothing, nor does it help when the file is damaged there. */
    boolean hasNext() {
        if (fault != null) {
            throw fault;
        }
        if (!asked && !ended) {
            try {
                ended = !lines.advance();
                asked = !ended;
            } catch (RecordingException e) {
                fault = e;
                throw e;
            }
        }
        return asked;
    }

    /** When the next record was received. */
    long receiveNanos() {
        return lines.receiveNanos();
    }

    /** The next record, which is not the next one any more; good until {@link #hasNext}. */
    BinanceLines take() {
        asked = false;
        return lines;
    }

    @Override
    public void close() {
        lines.close();
    }
}
