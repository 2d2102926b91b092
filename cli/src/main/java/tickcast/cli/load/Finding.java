package tickcast.cli.load;

/** What can be wrong with what a gateway does for its subscribers. */
public enum Finding {
    GAP("gaps in the chains of sequences"),
    WRONG_BOOK("books differ from the exchange's"),
    REPEATED("messages came twice"),
    STRAY("messages about symbols that were not subscribed"),
    MALFORMED("messages were none of the protocol's"),
    REFUSED("requests were refused"),
    BEHIND("warnings of having read too slowly: run less load, or give it more cores"),
    LOST("connections were lost"),
    NOT_CONNECTED("connections could not be made");

    private final String text;

    Finding(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
