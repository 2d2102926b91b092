package tickcast.protocol.json;

/** What became of a {@code resumeExecutions}. */
public enum ExecutionsOutcome {
    RESUMED("All that was missed follows, then what is live"),
    TOO_OLD("The reports are not kept any more"),
    TOO_FAR("The account has not come so far"),
    UNREADABLE("The gateway cannot read the executions; it says so in its log");

    private final String description;

    ExecutionsOutcome(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
