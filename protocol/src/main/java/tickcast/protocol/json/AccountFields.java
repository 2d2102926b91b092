package tickcast.protocol.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The messages about an account, to and from JSON. */
final class AccountFields {
    private AccountFields() {}

    static ClientMessage auth(JsonFields fields) throws Refusal {
        return new ClientMessage.Auth(fields.id(), fields.text("account", ClientMessageParser.MAX_ACCOUNT_TEXT));
    }

    static ClientMessage orders(JsonFields fields) throws Refusal {
        return new ClientMessage.Orders(
                fields.id(),
                fields.has("symbol") ? fields.text("symbol", ClientMessageParser.MAX_SYMBOL_TEXT) : "",
                (int) fields.wholeNumber("limit", 1, ClientMessage.Orders.MOST, ClientMessage.Orders.MOST),
                fields.wholeNumber("after", 0, ClientMessageParser.MAX_SAFE_INTEGER, 0));
    }

    static ClientMessage resumeExecutions(JsonFields fields) throws Refusal {
        return new ClientMessage.ResumeExecutions(
                fields.id(),
                fields.wholeNumber(
                        "seq", 0, ClientMessageParser.MAX_SAFE_INTEGER, ClientMessage.ResumeExecutions.FROM_NOW));
    }

    static ClientMessage dropCopy(JsonFields fields) throws Refusal {
        if (!fields.has("enabled")) {
            throw fields.missing("enabled", "");
        }
        return new ClientMessage.DropCopy(fields.id(), fields.flag("enabled"));
    }

    static ObjectNode write(ClientMessage.Orders orders, ObjectNode json) {
        if (!orders.symbol().isEmpty()) {
            json.put("symbol", orders.symbol());
        }
        if (orders.limit() != ClientMessage.Orders.MOST) {
            json.put("limit", orders.limit());
        }
        return orders.after() == 0 ? json : json.put("after", orders.after());
    }

    static ObjectNode write(ClientMessage.ResumeExecutions resume, ObjectNode json) {
        return resume.seq() == ClientMessage.ResumeExecutions.FROM_NOW ? json : json.put("seq", resume.seq());
    }
}
