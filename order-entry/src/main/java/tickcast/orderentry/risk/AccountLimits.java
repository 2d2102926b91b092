package tickcast.orderentry.risk;

/**
 * What holds for an account as a whole; a limit of {@link SymbolLimits#NONE} does not hold.
 *
 * @param maxOpenOrders of the account in all symbols, those that the exchange has not yet answered included
 * @param messagesPerSecond messages about orders, of all its sessions, in the long run
 * @param messageBurst how many at once
 */
public record AccountLimits(long maxOpenOrders, long messagesPerSecond, long messageBurst) {
    /** No limits at all. */
    public static final AccountLimits UNLIMITED =
            new AccountLimits(SymbolLimits.NONE, SymbolLimits.NONE, SymbolLimits.NONE);

    /** This one's limits, the other's where this one has none. */
    AccountLimits or(AccountLimits other) {
        return new AccountLimits(
                SymbolLimits.or(maxOpenOrders, other.maxOpenOrders),
                SymbolLimits.or(messagesPerSecond, other.messagesPerSecond),
                SymbolLimits.or(messageBurst, other.messageBurst));
    }
}
