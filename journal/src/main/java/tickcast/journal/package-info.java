/**
 * Chronicle Queue made safe. A journal is a directory with one writer and any number of readers, in any processes of
 * one machine. Its documents are numbered 1, 2, 3 … without holes; that number, not the position in a file, is what
 * users of this package deal in.
 *
 * <p>A directory holds Chronicle's own files ({@code *.cq4}, one for each roll cycle, and {@code metadata.cq4t}) and,
 * beside them:
 *
 * <table>
 * <caption>Files of a journal</caption>
 * <tr><td>{@code epoch}</td><td>when the journal was created, and its roll interval; never changes</td></tr>
 * <tr><td>{@code positions}</td><td>memory-mapped: newest sequence, newest cycle, newest checkpoint, oldest cycle</td></tr>
 * <tr><td>{@code writer.lock}</td><td>locked by the operating system while a writer lives</td></tr>
 * <tr><td>{@code readers/*.pin}</td><td>one for each reader, locked while it lives: the cycle it stands in</td></tr>
 * </table>
 *
 * <p>A document exists for readers once its sequence is in {@code positions}. A reader asks Chronicle only for documents
 * that exist, so it never waits at the end of a file and cannot lose a race with a roll.
 *
 * <p>A killed process loses nothing that {@link tickcast.journal.JournalWriter#append append} returned from. A machine
 * that loses power can lose the newest documents: nothing is forced to disk.
 *
 * <p>Never interrupt a thread that is inside a journal: an interrupt closes the files under it.
 */
package tickcast.journal;
