package tickcast.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tickcast.protocol.sbe.Side;
import tickcast.protocol.sbe.TradingStatus;
import tickcast.simulator.recording.RecordedEvents;
import tickcast.simulator.recording.Recording;
import tickcast.simulator.recording.RecordingException;

/**
 * Several recordings as one, in the order of their times; each symbol gets a key that no other has. Where one of them is
 * damaged, the others are read to their ends before that is told.
 */
final class MergedRecording implements Recording {
    private final List<Part> parts;
    private Part next;
    private Part newest;
    private int keyCount;
    private RecordingException damage;
    /** Damage that nobody was told of yet. */
    private String untold;

    MergedRecording(List<Recording> recordings) {
        parts = recordings.stream().map(Part::new).toList();
        newest = parts.get(0);
    }

    @Override
    public long nextNanos() {
        next = parts.get(0);
        long earliest = nextNanos(next);
        for (int i = 1; i < parts.size(); i++) {
            long nanos = nextNanos(parts.get(i));
            if (nanos < earliest) {
                earliest = nanos;
                next = parts.get(i);
            }
        }
        if (earliest == END && damage != null) {
            throw damage;
        }
        return earliest;
    }

    private long nextNanos(Part part) {
        if (part.damaged) {
            return END;
        }
        try {
            return part.recording.nextNanos();
        } catch (RecordingException e) {
            damaged(part, e);
            return END;
        }
    }

    private void damaged(Part part, RecordingException e) {
        part.damaged = true;
        untold = e.getMessage();
        if (damage == null) {
            damage = e;
        } else {
            damage.addSuppressed(e);
        }
    }

    @Override
    public void next(RecordedEvents events) {
        newest = next;
        newest.events = events;
        if (untold != null) {
            events.warning(untold + "; the other recordings go on");
            untold = null;
        }
        try {
            newest.recording.next(newest);
        } catch (RecordingException e) {
            damaged(newest, e);
        }
    }

    @Override
    public long eventNanos() {
        return newest.recording.eventNanos();
    }

    @Override
    public String place() {
        return newest.recording.place();
    }

    @Override
    public long bytesRead() {
        long sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            sum += parts.get(i).recording.bytesRead();
        }
        return sum;
    }

    @Override
    public long bytesTotal() {
        return parts.stream().mapToLong(part -> part.recording.bytesTotal()).sum();
    }

    @Override
    public long records() {
        long sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            sum += parts.get(i).recording.records();
        }
        return sum;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Part part : parts) {
            part.recording.counts().forEach((name, count) -> sums.merge(name, count, Long::sum));
        }
        return sums;
    }

    @Override
    public void close() {
        parts.forEach(part -> part.recording.close());
    }

    private int newKey() {
        if (keyCount > RecordedEvents.MAX_KEY) {
            throw new RecordingException(
                    "The recordings have more symbols together than " + (RecordedEvents.MAX_KEY + 1));
        }
        return keyCount++;
    }

    /** A recording, and what its keys are in the whole. */
    private final class Part implements RecordedEvents {
        private static final int NONE = -1;

        private final Recording recording;
        private final List<Integer> ownKeys = new ArrayList<>();
        private int[] keys = new int[0];
        private RecordedEvents events;
        private boolean damaged;

        Part(Recording recording) {
            this.recording = recording;
        }

        private int key(int own) {
            return keys[own];
        }

        @Override
        public void instrument(int own, String symbol, long tickSize, long lotSize) {
            if (own >= keys.length) {
                int before = keys.length;
                keys = Arrays.copyOf(keys, Math.max(own + 1, 2 * before));
                Arrays.fill(keys, before, keys.length, NONE);
            }
            if (keys[own] == NONE) {
                keys[own] = newKey();
                ownKeys.add(own);
            }
            events.instrument(keys[own], symbol, tickSize, lotSize);
        }

        @Override
        public void status(int own, TradingStatus status) {
            events.status(key(own), status);
        }

        @Override
        public void statusOfAll(TradingStatus status) {
            ownKeys.forEach(own -> events.status(key(own), status));
        }

        @Override
        public void add(int own, long orderId, Side side, long price, long quantity) {
            events.add(key(own), orderId, side, price, quantity);
        }

        @Override
        public void execute(int own, long orderId, long quantity, long price, boolean printed) {
            events.execute(key(own), orderId, quantity, price, printed);
        }

        @Override
        public void reduce(int own, long orderId, long quantity) {
            events.reduce(key(own), orderId, quantity);
        }

        @Override
        public void delete(int own, long orderId) {
            events.delete(key(own), orderId);
        }

        @Override
        public void replace(int own, long orderId, long newOrderId, long price, long quantity) {
            events.replace(key(own), orderId, newOrderId, price, quantity);
        }

        @Override
        public void executeLevel(int own, Side side, long price, long quantity) {
            events.executeLevel(key(own), side, price, quantity);
        }

        @Override
        public void level(int own, Side side, long price, long quantity) {
            events.level(key(own), side, price, quantity);
        }

        @Override
        public void trade(int own, long price, long quantity, Side aggressor) {
            events.trade(key(own), price, quantity, aggressor);
        }

        @Override
        public void cross(int own, long price, long quantity) {
            events.cross(key(own), price, quantity);
        }

        @Override
        public void clear(int own) {
            events.clear(key(own));
        }

        @Override
        public void bookUnknown(int own, String reason) {
            events.bookUnknown(key(own), reason);
        }

        @Override
        public void warning(String text) {
            events.warning(text);
        }

        @Override
        public void disagreement(String text) {
            events.disagreement(text);
        }
    }
}
