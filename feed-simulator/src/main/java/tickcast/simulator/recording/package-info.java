/**
 * Recorded market data: what a format's reader must do ({@link tickcast.simulator.recording.Recording}), and the readers of
 * Nasdaq TotalView-ITCH 5.0, LOBSTER and Binance. A reader turns records into events and knows neither the feed nor a clock.
 *
 * <p>A further format is a class that implements {@link tickcast.simulator.recording.RecordingFormat} and a line in
 * {@link tickcast.simulator.recording.RecordingFormats}.
 */
package tickcast.simulator.recording;
