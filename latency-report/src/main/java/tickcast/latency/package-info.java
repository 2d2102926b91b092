/**
 * Latencies: recorded without waiting, kept as an interval log, read back as a report.
 *
 * <p>A thread records into its own {@link tickcast.latency.LatencyRecorder}; a {@link tickcast.latency.LatencyLog}
 * merges all recorders of a {@link tickcast.latency.Stage} and appends one tagged interval per stage to an HdrHistogram
 * interval log ({@code .hlog}); {@link tickcast.latency.LatencyReport} reads such logs, whoever wrote them. A {@link
 * tickcast.latency.HiccupMeter} puts the machine's own stalls beside them. All latencies are in nanoseconds.
 */
package tickcast.latency;
