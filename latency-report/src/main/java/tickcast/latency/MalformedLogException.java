package tickcast.latency;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not an interval log, or not a whole one. The message names file, line and what was expected there. */
public final class MalformedLogException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    MalformedLogException(Path file, int line, String expected, Throwable cause) {
        super(file + ":" + line + ": expected " + expected, cause);
        this.file = file.toString();
        this.line = line;
    }

    public String file() {
        return file;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }
}
