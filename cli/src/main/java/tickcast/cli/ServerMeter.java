package tickcast.cli;

import java.io.IOException;
import tickcast.cli.load.ServerProcess;

/** What the gateway's process needs for the load: looked at without connections, with them, and after the measured time. */
final class ServerMeter {
    private final long pid;
    private final ServerProcess process;
    private final ServerProcess.Use before;
    private ServerProcess.Use begin;
    private ServerProcess.Use end;
    private int connections;

    private ServerMeter(long pid) {
        this.pid = pid;
        process = new ServerProcess(pid);
        before = look();
    }

    /** Begins, before there are connections; null when there is no process to look at. */
    static ServerMeter of(Long pid) {
        return pid == null ? null : new ServerMeter(pid);
    }

    /** The measured time begins, with so many connections. */
    void begin(int connected) {
        connections = connected;
        begin = look();
    }

    /** The measured time ends. */
    void end() {
        end = look();
    }

    double cpuSeconds() {
        return (end.cpuNanos() - begin.cpuNanos()) / 1e9;
    }

    /** CPU time per message in microseconds, 0 without messages. */
    double cpuMicrosPerMessage(long messages) {
        return messages == 0 ? 0 : (end.cpuNanos() - begin.cpuNanos()) / 1e3 / messages;
    }

    long residentBytes() {
        return begin.residentBytes();
    }

    /** By how much the memory grew for each connection; 0 without connections. */
    long residentBytesPerConnection() {
        return connections == 0 ? 0 : (begin.residentBytes() - before.residentBytes()) / connections;
    }

    /** The same without mapped files. */
    long anonymousBytesPerConnection() {
        return connections == 0 ? 0 : (begin.anonymousBytes() - before.anonymousBytes()) / connections;
    }

    private ServerProcess.Use look() {
        try {
            return process.use();
        } catch (IOException e) {
            throw new CommandFailedException("Cannot measure process " + pid + " (--server-pid): " + e.getMessage(), e);
        }
    }
}
