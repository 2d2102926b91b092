package tickcast.protocol.json;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tickcast.protocol.sbe.TimeInForce;

/** How the names of constants are written in JSON: PARTIALLY_FILLED is {@code partiallyFilled}. */
public final class JsonNames {
    private static final Map<Enum<?>, String> NAMES = new ConcurrentHashMap<>();

    private JsonNames() {}

    /** The name of {@code constant}; GTC, DAY, IOC and FOK stay as the trade writes them. */
    public static String of(Enum<?> constant) {
        String known = NAMES.get(constant);
        return known != null ? known : NAMES.computeIfAbsent(constant, JsonNames::made);
    }

    private static String made(Enum<?> constant) {
        if (constant instanceof TimeInForce) {
            return constant.name();
        }
        var camel = new StringBuilder();
        for (String word : constant.name().split("_")) {
            camel.append(camel.isEmpty() ? Character.toLowerCase(word.charAt(0)) : word.charAt(0));
            camel.append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return camel.toString();
    }
}
