package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Source;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Reads the stream of changes as an outbox: the changes that follow a known one, together with the table, the source and the
 * coverage of the same moment. For whoever publishes the changes elsewhere; used by one thread. Connects at the first call
 * and again after any error.
 */
public final class RedisOutbox implements AutoCloseable {
    /** Changes that are read at once, about. */
    private static final int PAGE = 100;
    /** The first entry of a chunk has it, its further entries do not. */
    private static final String FIRST = "new";

    private static final String SCRIPT = """
            return {redis.call('HMGET', KEYS[1], 'format', 'topic', 'topic-id', 'epoch', 'partitions'),
                redis.call('HGETALL', KEYS[2]),
                redis.call('HGETALL', KEYS[3]),
                redis.call('XRANGE', KEYS[4], ARGV[1], '+', 'COUNT', ARGV[2]),
                redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1),
                ARGV[3] == 'table' and redis.call('HGETALL', KEYS[5]) or {}}
            """;

    private final RedisConnection connection;
    private final RedisKeys keys;

    /**
     * What Redis held at one moment.
     *
     * @param source the log that is counted; empty if nothing is counted yet
     * @param floors by partition, the offset below which all is counted
     * @param ends by partition, the offset below which all is that is counted; at least the floor
     * @param continues whether the change that was asked for is in the stream, so that none is missing after it; always so
     *     of {@link RedisLive#START}, after which some may be missing
     * @param changes those after it, oldest first, one for each chunk; may end before {@code newest}
     * @param newest id of the stream's newest entry, {@link RedisLive#START} if it has none
     * @param table live offers of each cell, without empty ones; empty if it was not asked for
     */
    public record Page(
            Optional<Source> source,
            Map<Integer, Long> floors,
            Map<Integer, Long> ends,
            boolean continues,
            List<CountedChange> changes,
            ChangeId newest,
            Optional<Map<Cell, Long>> table) {
        /** Whether the changes go up to the moment of the table. */
        public boolean isWhole() {
            return changes.isEmpty() || changes.get(changes.size() - 1).id().equals(newest);
        }
    }

    /** Does not connect. */
    public RedisOutbox(RedisConfig config) {
        this.connection = new RedisConnection(config);
        this.keys = new RedisKeys(config.tag());
    }

    /**
     * The changes after one, and the rest of the same moment.
     *
     * @param after the last change that is known, {@link RedisLive#START} for none
     * @param withTable whether the table is wanted
     * @param latest {@link System#nanoTime} at which the call must have ended
     * @throws IOException if Redis cannot be asked now, or if what it holds is not ours
     */
    public Page read(ChangeId after, boolean withTable, long latest) throws IOException {
        connection.begin(latest);
        try {
            List<Object> reply = Moment.read(
                    connection.get(),
                    SCRIPT,
                    List.of(keys.meta(), keys.coverage(), keys.parked(), keys.changes(), keys.counts()),
                    after.toString(),
                    Integer.toString(PAGE),
                    withTable ? "table" : "");
            return page(after, withTable, reply);
        } catch (RuntimeException e) { // any error of the client, or a value that is not ours: connect again next time
            connection.close();
            String advice = RedisAdvice.of(e);
            throw new IOException(
                    place() + ": " + RedisConnection.describe(e) + (advice == null ? "" : "; " + advice), e);
        }
    }

    /** Where it reads, for messages: {@code redis host:port {tag}:}. */
    public String place() {
        return "redis " + connection.address() + " " + keys.prefix();
    }

    @Override
    public void close() {
        connection.close();
    }

    private Page page(ChangeId after, boolean withTable, List<Object> reply) {
        Map<Integer, Long> floors = new HashMap<>();
        BuilderFactory.STRING_MAP
                .build(reply.get(1))
                .forEach((partition, floor) -> floors.put(Integer.valueOf(partition), Long.valueOf(floor)));
        Map<Integer, Long> ends = new HashMap<>(floors);
        BuilderFactory.STRING_MAP
                .build(reply.get(2))
                .forEach((partition, ranges) -> ends.merge(Integer.valueOf(partition), end(ranges), Math::max));
        List<StreamEntry> entries = BuilderFactory.STREAM_ENTRY_LIST.build(reply.get(3));
        List<StreamEntry> newest = BuilderFactory.STREAM_ENTRY_LIST.build(reply.get(4));
        boolean continues = after.equals(RedisLive.START)
                || (!entries.isEmpty() && ChangeId.of(entries.get(0).getID()).equals(after));
        return new Page(
                source(BuilderFactory.STRING_LIST.build(reply.get(0))),
                floors,
                ends,
                continues,
                changes(after, entries),
                newest.isEmpty() ? RedisLive.START : ChangeId.of(newest.get(0).getID()),
                withTable ? Optional.of(table(BuilderFactory.STRING_MAP.build(reply.get(5)))) : Optional.empty());
    }

    private Optional<Source> source(List<String> meta) {
        if (meta.get(0) == null) {
            return Optional.empty();
        }
        if (!meta.get(0).equals(RedisKeys.FORMAT)) {
            throw new IllegalArgumentException(
                    "the state has format " + meta.get(0) + ", this version reads " + RedisKeys.FORMAT);
        }
        return Optional.of(
                new Source(meta.get(1), meta.get(2), Integer.parseInt(meta.get(3)), Integer.parseInt(meta.get(4))));
    }

    /** The entries of a chunk as one change; a page that is full may end within one, which is left out. */
    private static List<CountedChange> changes(ChangeId after, List<StreamEntry> entries) {
        List<CountedChange> changes = new ArrayList<>();
        for (StreamEntry entry : entries) {
            CountedChange change = CountedChange.of(entry);
            if (change.id().compareTo(after) <= 0) {
                continue;
            }
            if (entry.getFields().containsKey(FIRST) || changes.isEmpty()) {
                changes.add(change);
            } else {
                changes.add(joined(changes.remove(changes.size() - 1), change));
            }
        }
        if (entries.size() == PAGE && changes.size() > 1) {
            changes.remove(changes.size() - 1);
        }
        return List.copyOf(changes);
    }

    private static CountedChange joined(CountedChange first, CountedChange further) {
        Map<Cell, Long> cells = new LinkedHashMap<>(first.cells());
        further.cells().forEach((cell, delta) -> cells.merge(cell, delta, Long::sum));
        return new CountedChange(further.id(), first.at(), first.added(), first.corrected(), first.deleted(), cells);
    }

    private static Map<Cell, Long> table(Map<String, String> stored) {
        Map<Cell, Long> table = new HashMap<>();
        stored.forEach((key, n) -> table.put(Cell.ofKey(key), Long.valueOf(n)));
        return table;
    }

    /** Of {@code 5-9 12-20}: 20. */
    private static long end(String ranges) {
        return Long.parseLong(ranges.substring(ranges.lastIndexOf('-') + 1));
    }
}
