package tickcast.protocol.json;

/** What became of a resume or a replay. */
public enum PastOutcome {
    RESUMED("All that was missed has been sent; live data continues it"),
    LIVE("The replay has reached live data, which continues it"),
    FINISHED("The replay has sent everything up to its end"),
    TOO_OLD("The history is not kept any more"),
    TOO_FAR("The feed has not come so far"),
    EPOCH_CHANGED("The feed was made anew"),
    UNREADABLE("The gateway cannot read its history; it says so in its log"),
    CANCELLED("The client unsubscribed the symbols, or subscribed them anew");

    private final String description;

    PastOutcome(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
