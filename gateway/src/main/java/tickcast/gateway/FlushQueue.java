package tickcast.gateway;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;

/** Connections that were written to and are to be flushed, each once however much was written. Confined to its event loop. */
class FlushQueue {
    private final EventLoop eventLoop;
    private final Queue<Outbound> waiting = new ArrayDeque<>();

    FlushQueue(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Flushes it with the others, at the latest when the loop has done what it is at. */
    void add(Outbound outbound) {
        waiting.add(outbound);
        if (waiting.size() == 1) {
            eventLoop.execute(this::flush);
        }
    }

    void flush() {
        // A flush may let a client go on, whose requests flush again, and add more.
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            next.flush();
        }
    }
}
