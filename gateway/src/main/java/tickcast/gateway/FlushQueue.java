package tickcast.gateway;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/** Connections that were written to and are to be flushed, each once however much was written. Confined to its event loop. */
class FlushQueue {
    private final EventLoop eventLoop;
    private final List<Outbound> waiting = new ArrayList<>();

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
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).flush();
        }
        waiting.clear();
    }
}
