package tickcast.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import tickcast.protocol.json.ServerMessage.HeldPosition;

/** Prints positions, one a line. */
final class PositionTable {
    private static final String ROW = "%-16s %16s %16s %16s %16s %16s%n";

    private PositionTable() {}

    static void print(List<HeldPosition> positions, PrintWriter out) {
        out.printf(ROW, "SYMBOL", "QUANTITY", "AVERAGE PRICE", "MARK PRICE", "REALISED", "UNREALISED");
        for (var position : positions) {
            out.printf(
                    ROW,
                    position.symbol(),
                    plain(position.quantity()),
                    plain(position.averagePrice()),
                    plain(position.markPrice()),
                    plain(position.realisedProfit()),
                    plain(position.unrealisedProfit()));
        }
    }

    /** A line where there is nothing. */
    static String plain(BigDecimal number) {
        return number == null ? "-" : number.toPlainString();
    }
}
