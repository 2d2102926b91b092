package tickcast.orderentry.archive;

/** Where the newest numbered report about an account stands. */
final class AccountTail {
    /** Of the document, 0 when there is none. */
    long seq;
    /** Of the report. */
    long accountSeq;
}
