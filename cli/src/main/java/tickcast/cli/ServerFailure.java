package tickcast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import tickcast.journal.JournalLockedException;
import tickcast.orderentry.RiskLimitsException;
import tickcast.simulator.LostExecutionsException;

/** Tells what a user can do something about from what is a defect. */
final class ServerFailure {
    private ServerFailure() {}

    /** The failure in words for the user where its message says what to do; else as it is. */
    static RuntimeException of(Throwable failure) {
        if (failure instanceof JournalLockedException) {
            return new CommandFailedException(
                    failure.getMessage() + "; stop that one or choose another --data", failure);
        }
        if (failure instanceof UncheckedIOException unchecked) {
            return new CommandFailedException(unchecked.getMessage() + ": " + unchecked.getCause(), failure);
        }
        if (failure instanceof RiskLimitsException) {
            return new ConfigurationException(failure.getMessage(), failure);
        }
        if (failure instanceof IOException
                || failure instanceof IllegalArgumentException
                || failure instanceof LostExecutionsException) {
            return new CommandFailedException(failure.getMessage(), failure);
        }
        return failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }
}
