package tickcast.simulator.recording;

import tickcast.protocol.Decimal8;

/** Tells the trades of LOBSTER messages that change no book. */
final class LobsterTrades {
    private LobsterTrades() {}

    /** What the message says of trades if it is a hidden execution or a cross, which may be one without a trade. */
    static void tell(LobsterMessages message, RecordedEvents events) {
        if (message.type() == LobsterType.HIDDEN_EXECUTION) {
            tell(message, message.size(), events);
        } else if (message.type() == LobsterType.CROSS && message.size() > 0 && message.price() > 0) {
            events.cross(LobsterBook.KEY, message.priceMantissa(), message.quantityMantissa());
        }
    }

    /** So much of an execution. */
    static void tell(LobsterMessages message, long size, RecordedEvents events) {
        events.trade(LobsterBook.KEY, message.priceMantissa(), size * Decimal8.ONE, message.aggressor());
    }
}
