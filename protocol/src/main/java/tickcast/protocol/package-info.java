/**
 * What crosses a wire or a queue: the codecs of the feed, the compact v1 layouts, the JSON messages, instruments and the
 * depth book. No I/O, no clock, no threads of its own.
 */
package tickcast.protocol;
