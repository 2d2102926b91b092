package tickcast.orderentry;

/** What an operator halts or resumes: an account or a symbol. */
public record HaltTarget(boolean isAccount, String name) {
    public static HaltTarget account(String account) {
        return new HaltTarget(true, account);
    }

    public static HaltTarget symbol(String symbol) {
        return new HaltTarget(false, symbol);
    }
}
