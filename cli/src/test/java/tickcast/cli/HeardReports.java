package tickcast.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tickcast.protocol.json.ServerMessage.ExecutionReport;

/** The execution reports that a client was told, in their order. For any thread. */
final class HeardReports {
    private final List<String> lines = new ArrayList<>();
    private final Map<Long, List<ExecutionReport>> byOrder = new HashMap<>();
    private final Map<Long, BigDecimal> openLeaves = new HashMap<>();
    private long accountSeq;

    synchronized void add(ExecutionReport report) {
        accountSeq = report.accountSeq();
        lines.add(line(report));
        byOrder.computeIfAbsent(report.orderId(), id -> new ArrayList<>()).add(report);
        if (report.leavesQuantity().signum() == 0) {
            openLeaves.remove(report.orderId());
        } else {
            openLeaves.put(report.orderId(), report.leavesQuantity());
        }
    }

    /** The number of the newest one. */
    synchronized long accountSeq() {
        return accountSeq;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Those of an order up to one of them. */
    synchronized List<String> ofOrder(long orderId, long newestSeq) {
        return byOrder.getOrDefault(orderId, List.of()).stream()
                .filter(report -> report.accountSeq() <= newestSeq)
                .map(HeardReports::line)
                .toList();
    }

    /** What can still trade of open orders, by order. */
    synchronized Map<Long, BigDecimal> openLeaves() {
        return Map.copyOf(openLeaves);
    }

    static String line(ExecutionReport report) {
        return line(
                report.accountSeq(),
                report.orderId(),
                report.execType(),
                report.orderStatus(),
                report.leavesQuantity(),
                report.cumulativeQuantity());
    }

    static String line(
            long accountSeq, long orderId, String execType, String status, BigDecimal leaves, BigDecimal cumulative) {
        return accountSeq + ": " + orderId + " " + execType + " " + status + " leaves " + leaves.toPlainString()
                + " of " + leaves.add(cumulative).toPlainString();
    }
}
