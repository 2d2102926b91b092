package tickcast.cli.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tickcast.protocol.Subprotocol;

/** In which shares subscribers take the forms of market data: {@code sbe}, or {@code v1=8,sbe=1,json=1}. */
public final class FormMix {
    private static final int MOST = 1_000_000;
    /** A gateway gives connections to its event loops in turn: an order without a pattern spreads each form over all. */
    private static final long SHUFFLE_SEED = 1;

    private final Map<Subprotocol, Integer> shares;

    private FormMix(Map<Subprotocol, Integer> shares) {
        this.shares = shares;
    }

    /** @throws IllegalArgumentException when it is none, with what is wrong */
    public static FormMix parse(String text) {
        var shares = new EnumMap<Subprotocol, Integer>(Subprotocol.class);
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            var form = form(equals < 0 ? part : part.substring(0, equals));
            int share = equals < 0 ? 1 : share(part.substring(equals + 1));
            if (shares.put(form, share) != null) {
                throw new IllegalArgumentException("form '" + part + "' is named twice");
            }
        }
        return new FormMix(shares);
    }

    private static Subprotocol form(String name) {
        for (var form : Subprotocol.values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(name.strip().toLowerCase(Locale.ROOT))) {
                return form;
            }
        }
        throw new IllegalArgumentException("form '" + name + "' is unknown; there are: v1, sbe, json");
    }

    private static int share(String text) {
        if (!text.strip().matches("\\d{1,6}") || Integer.parseInt(text.strip()) == 0) {
            throw new IllegalArgumentException("share '" + text + "' must be a whole number from 1 to " + (MOST - 1));
        }
        return Integer.parseInt(text.strip());
    }

    /** The forms of so many subscribers, in no order, the same each time. */
    public List<Subprotocol> forms(int count) {
        long total = shares.values().stream().mapToLong(Integer::longValue).sum();
        var forms = new ArrayList<Subprotocol>(count);
        long sum = 0;
        for (var share : shares.entrySet()) {
            sum += share.getValue();
            while (forms.size() < Math.round((double) count * sum / total)) {
                forms.add(share.getKey());
            }
        }
        Collections.shuffle(forms, new Random(SHUFFLE_SEED));
        return forms;
    }
}
