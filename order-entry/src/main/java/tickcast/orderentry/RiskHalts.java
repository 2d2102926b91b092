package tickcast.orderentry;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an operator has halted, and not resumed. Immutable; kept in a file. */
record RiskHalts(SortedSet<String> accounts, SortedSet<String> symbols) {
    private static final String ACCOUNTS = "accounts";
    private static final String SYMBOLS = "symbols";

    /**
     * Reads what is kept; nothing when there is no file.
     *
     * @throws RiskLimitsException when the file cannot be understood: what was halted must not be resumed by mistake
     */
    static RiskHalts read(Path file) {
        if (!Files.exists(file)) {
            return new RiskHalts(new TreeSet<>(), new TreeSet<>());
        }
        try {
            var config = ConfigFactory.parseString(Files.readString(file));
            return new RiskHalts(
                    new TreeSet<>(config.getStringList(ACCOUNTS)), new TreeSet<>(config.getStringList(SYMBOLS)));
        } catch (IOException | ConfigException e) {
            throw new RiskLimitsException(
                    file + ", which keeps what an operator has halted, cannot be read: " + e.getMessage()
                            + "; mend it, or remove it to resume everything",
                    e);
        }
    }

    /** With one account or symbol more or fewer. */
    RiskHalts with(HaltTarget target, boolean halted) {
        var newAccounts = new TreeSet<>(accounts);
        var newSymbols = new TreeSet<>(symbols);
        var names = target.isAccount() ? newAccounts : newSymbols;
        if (halted) {
            names.add(target.name());
        } else {
            names.remove(target.name());
        }
        return new RiskHalts(newAccounts, newSymbols);
    }

    /** Keeps it; when this returns, it stays over a crash of the program. */
    void write(Path file) {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        var text = ConfigValueFactory.fromMap(Map.of(ACCOUNTS, accounts, SYMBOLS, symbols))
                .render(ConfigRenderOptions.concise());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(draft, text + System.lineSeparator());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
