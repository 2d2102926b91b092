package tickcast.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import tickcast.protocol.json.ErrorCode;
import tickcast.protocol.json.Refusal;

/**
 * Which accounts a connection may trade for: nothing else decides it. A client of the same machine may choose any, by its
 * address or by a message; everybody else trades for an account of the session's own.
 */
final class AccountAccess {
    private static final String OWN_ACCOUNT_PREFIX = "session-";
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    /** Any page in a browser on this machine can reach a gateway on it; others than its own must not trade for an account. */
    private static final Pattern LOCAL_ORIGIN =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");

    /** Why a connection may choose no account, null when it may. */
    private final String denial;

    private AccountAccess(String denial) {
        this.denial = denial;
    }

    static AccountAccess of(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!isLoopback(request)) {
            return new AccountAccess("account may only be chosen by clients of the same machine");
        }
        boolean foreign = origin != null && !LOCAL_ORIGIN.matcher(origin).matches();
        return new AccountAccess(
                foreign ? "account may only be chosen by pages of the same machine, not of " + origin : null);
    }

    /** The account of a session that has chosen none. */
    static String own(long sessionId) {
        return OWN_ACCOUNT_PREFIX + sessionId;
    }

    /** Whether it may be the name of an account, of sessions' own ones too. */
    static boolean isAccount(String name) {
        return ACCOUNT.matcher(name).matches();
    }

    /**
     * Checks that the connection may trade for {@code account}.
     *
     * @param messageId of the message that names it, null when it is the address
     * @throws Refusal with INVALID_FIELD when it can be nobody's account, else with ACCOUNT_REFUSED
     */
    void check(String account, JsonNode messageId) throws Refusal {
        if (!ACCOUNT.matcher(account).matches() || account.startsWith(OWN_ACCOUNT_PREFIX)) {
            throw new Refusal(
                    ErrorCode.INVALID_FIELD,
                    "account",
                    messageId,
                    "account must be 1 to 32 of A-Z a-z 0-9 _ . - and not begin with " + OWN_ACCOUNT_PREFIX);
        }
        if (denial != null) {
            throw new Refusal(ErrorCode.ACCOUNT_REFUSED, "account", messageId, denial);
        }
    }

    /** Whether the request comes from the same machine. */
    static boolean isLoopback(HttpServerRequest request) {
        // Null for an address of one link only, whose scope is a name.
        var address = NetUtil.createInetAddressFromIpAddressString(
                request.connection().remoteAddress().hostAddress());
        return address != null && address.isLoopbackAddress();
    }
}
