package tickcast.protocol.json;

/** Which orders are cancelled when a session's connection is lost. */
public enum CancelScope {
    /** None. */
    NONE,
    /** Those that the session placed, or took over from one before it. */
    SESSION,
    /** All of the account's, whoever placed them. */
    ACCOUNT
}
