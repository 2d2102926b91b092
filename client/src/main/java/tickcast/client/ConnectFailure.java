package tickcast.client;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;

/** Why no connection came about, in words: the HTTP client says of every reason only that it could not connect. */
final class ConnectFailure {
    private ConnectFailure() {}

    static String text(Throwable failure) {
        if (!(failure instanceof ConnectException)) {
            return failure.toString();
        }
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "there is no such host";
            }
        }
        return failure.getMessage() == null ? "nothing listens there" : failure.getMessage();
    }
}
