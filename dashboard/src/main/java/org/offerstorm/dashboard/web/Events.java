package org.offerstorm.dashboard.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.live.Table;
import org.offerstorm.dashboard.live.Update;
import org.offerstorm.dashboard.trigger.TriggersView;

/**
 * The stream of events as bytes, made once for all viewers that know the same. Used by the I/O threads.
 *
 * <pre>
 *   counts    id; the whole table: at the beginning, and when differences would not do
 *   changes   id; what happened since the event before
 *   rates     the last minute
 *   status    whether Redis answers; each second a sign of life
 *   triggers  the state of the rules, if there are any
 * </pre>
 */
final class Events {
    private final LiveTable live;
    private final Supplier<TriggersView> triggers;
    private final AtomicLong dropped = new AtomicLong();
    /** Of the newest position only. */
    private volatile Cache cache = new Cache(new Position(-1, -1), new ConcurrentHashMap<>());

    /**
     * What a viewer knows.
     *
     * @param table number of the table
     * @param beat number of the figures next to it
     */
    record Position(long table, long beat) {}

    /**
     * What a viewer is sent.
     *
     * @param bytes shared: duplicate it
     * @param position what it knows then
     */
    record Message(ByteBuffer bytes, Position position) {}

    private record Cache(Position to, Map<Position, Message> from) {}

    Events(LiveTable live, Supplier<TriggersView> triggers) {
        this.live = live;
        this.triggers = triggers;
    }

    /** Counts a viewer that was too slow. */
    void dropped() {
        dropped.incrementAndGet();
    }

    long droppedCount() {
        return dropped.get();
    }

    /** Everything, for a viewer that knows nothing. */
    Message first() {
        return after(new Position(-1, -1));
    }

    /** {@code missed} and the figures, for a viewer that reconnects. */
    Message first(Update missed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!missed.from().equals(missed.to())) {
            event(out, "changes", missed.to().toString(), Api.changes(missed));
        }
        long beat = live.beat();
        figures(out);
        return new Message(ByteBuffer.wrap(out.toByteArray()), new Position(missed.number(), beat));
    }

    /** What is new since; null if nothing is. */
    Message after(Position known) {
        Table table = live.table();
        Position now = new Position(table.number(), live.beat());
        if (now.equals(known)) {
            return null;
        }
        Cache current = cache;
        if (!current.to().equals(now)) {
            current = new Cache(now, new ConcurrentHashMap<>());
            cache = current;
        }
        return current.from().computeIfAbsent(known, from -> make(from, now, table));
    }

    private Message make(Position from, Position to, Table table) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
        if (from.table() != to.table()) {
            Update update = from.table() < 0 ? null : live.updates().between(from.table(), to.table());
            String id = table.newest().toString();
            if (update == null) {
                event(out, "counts", id, Api.counts(table));
            } else {
                event(out, "changes", id, Api.changes(update));
            }
        }
        if (from.beat() != to.beat()) {
            figures(out);
        }
        return new Message(ByteBuffer.wrap(out.toByteArray()), to);
    }

    private void figures(ByteArrayOutputStream out) {
        event(out, "rates", null, Api.latestRates(live));
        event(out, "status", null, Api.status(live));
        TriggersView now = triggers.get();
        if (!now.rules().isEmpty()) {
            event(out, "triggers", null, Api.triggers(now));
        }
    }

    private static void event(ByteArrayOutputStream out, String name, String id, byte[] data) {
        if (id != null) {
            text(out, "id: " + id + "\n");
        }
        text(out, "event: " + name + "\ndata: ");
        out.writeBytes(data); // one line: JSON without line ends
        text(out, "\n\n");
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
