package tickcast.simulator.recording;

import tickcast.protocol.Decimal8;

/**
 * Tells the trades of LOBSTER messages. A cross trade is none: it sums up executions that have messages of their own
 * (help.lobsterdata.com, "Event type 6").
 */
final class LobsterTrades {
    private LobsterTrades() {}

    /** What the message says of trades if it is a hidden execution. */
    static void tell(LobsterMessages message, RecordedEvents events) {
        if (message.type() == LobsterType.HIDDEN_EXECUTION) {
            tell(message, message.size(), events);
        }
    }

    /** So much of an execution. */
    static void tell(LobsterMessages message, long size, RecordedEvents events) {
        events.trade(LobsterBook.KEY, message.priceMantissa(), size * Decimal8.ONE, message.aggressor());
    }
}
