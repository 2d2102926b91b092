package tickcast.orderentry.risk;

import java.math.BigDecimal;
import tickcast.protocol.json.ErrorCode;

/**
 * Why a request is not sent.
 *
 * @param message for the client
 * @param limit the name of the limit, null when it is about none
 * @param allowed what the limit allows, null without limit
 * @param value what the request would have made of it
 * @param used how much of it was used before
 */
public record RiskRefusal(
        ErrorCode code, String message, String limit, BigDecimal allowed, BigDecimal value, BigDecimal used) {
    /** One that is about no limit. */
    public RiskRefusal(ErrorCode code, String message) {
        this(code, message, null, null, null, null);
    }
}
