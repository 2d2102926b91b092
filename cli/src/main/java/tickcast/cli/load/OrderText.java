package tickcast.cli.load;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageWriter;

/** The text of an order that is sent again and again, each time with another number as its id. Confined to a thread. */
final class OrderText {
    private static final String MARK = "@";
    private static final int MOST_DIGITS = 19;

    private final byte[] text;
    private final int numberAt;
    private final byte[] rest;

    /** @param order whose id does not matter */
    OrderText(ClientMessage.PlaceOrder order) {
        var marked = new ClientMessage.PlaceOrder(
                TextNode.valueOf(MARK),
                order.clientOrderId(),
                order.symbol(),
                order.side(),
                order.orderType(),
                order.timeInForce(),
                order.postOnly(),
                order.price(),
                order.quantity(),
                order.validity(),
                order.selfTradePrevention(),
                order.validateOnly());
        String[] parts = ClientMessageWriter.toJson(marked).split('"' + MARK + '"', 2);
        byte[] before = parts[0].getBytes(StandardCharsets.UTF_8);
        rest = parts[1].getBytes(StandardCharsets.UTF_8);
        numberAt = before.length;
        text = new byte[before.length + MOST_DIGITS + rest.length];
        System.arraycopy(before, 0, text, 0, before.length);
    }

    /** Puts the number in; returns the length of the text. */
    int number(long number) {
        int digits = 1;
        for (long left = number / 10; left > 0; left /= 10) {
            digits++;
        }
        long left = number;
        for (int at = numberAt + digits - 1; at >= numberAt; at--) {
            text[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        System.arraycopy(rest, 0, text, numberAt + digits, rest.length);
        return numberAt + digits + rest.length;
    }

    byte[] bytes() {
        return text;
    }
}
