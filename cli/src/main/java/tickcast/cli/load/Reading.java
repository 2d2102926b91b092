package tickcast.cli.load;

/** How a connection takes what it is sent. */
public enum Reading {
    /** At once. */
    PROMPT,
    /** After it has subscribed, so many bytes a second. When it is cut off for that, it comes back. */
    SLOW,
    /** Nothing after it has subscribed. */
    DEAD
}
