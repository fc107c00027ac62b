package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Follows the table as it changes: waits for changes, then reads table and changes of one moment. For the dashboard's one
 * reader; used by one thread. Connects at the first call and again after any error.
 */
public final class RedisLive implements AutoCloseable {
    /** Before every change. */
    public static final ChangeId START = new ChangeId(0, 0);

    private static final String ZERO = "0";
    private static final String STATE = """
            return {redis.call('HGETALL', KEYS[1]),
                redis.call('XRANGE', KEYS[2], ARGV[1], '+'),
                redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1),
                redis.call('TIME')}
            """;

    private final RedisConnection connection;
    private final RedisKeys keys;

    /**
     * The table and the newest changes, all of one moment.
     *
     * @param counts live offers of each cell; cells without offers are absent
     * @param changes those after the asked id, oldest first
     * @param newest id of the newest change, {@link #START} if there is none
     * @param now clock of Redis, ms since 1970
     */
    public record State(Map<Cell, Long> counts, List<CountedChange> changes, ChangeId newest, long now) {}

    /** Does not connect. */
    public RedisLive(RedisConfig config) {
        this.connection = new RedisConnection(config);
        this.keys = new RedisKeys(config.tag());
    }

    /**
     * Table and changes of one moment: the table is what the changes up to {@code newest} made of it.
     *
     * @param after changes after this id are read
     * @throws IOException if Redis cannot be asked now, or if what it holds is not a table
     */
    public State read(ChangeId after) throws IOException {
        return ask(jedis -> {
            List<Object> reply = Moment.read(jedis, STATE, List.of(keys.counts(), keys.changes()), "(" + after);
            List<StreamEntry> newest = BuilderFactory.STREAM_ENTRY_LIST.build(reply.get(2));
            return new State(
                    table(BuilderFactory.STRING_MAP.build(reply.get(0))),
                    BuilderFactory.STREAM_ENTRY_LIST.build(reply.get(1)).stream()
                            .map(CountedChange::of)
                            .toList(),
                    newest.isEmpty() ? START : ChangeId.of(newest.get(0).getID()),
                    millis((List<?>) reply.get(3)));
        });
    }

    /**
     * Changes alone, in pages.
     *
     * @param after first id that is not wanted
     * @param count at most so many
     */
    public List<CountedChange> changes(ChangeId after, int count) throws IOException {
        return ask(jedis -> jedis.xrange(keys.changes(), "(" + after, "+", count).stream()
                .map(CountedChange::of)
                .toList());
    }

    /** The newest changes, oldest first. */
    public List<CountedChange> newest(int count) throws IOException {
        return ask(jedis -> {
            List<CountedChange> changes = new ArrayList<>();
            jedis.xrevrange(keys.changes(), "+", "-", count).forEach(entry -> changes.add(0, CountedChange.of(entry)));
            return changes;
        });
    }

    /**
     * The oldest change that is still there, {@link #START} if there is none.
     */
    public ChangeId oldest() throws IOException {
        return ask(jedis -> jedis.xrange(keys.changes(), "-", "+", 1).stream()
                .map(entry -> ChangeId.of(entry.getID()))
                .findFirst()
                .orElse(START));
    }

    /**
     * Waits until there is a change after {@code after}.
     *
     * @param atMost below the deadline of a call
     */
    public boolean await(ChangeId after, Duration atMost) throws IOException {
        // As a plain command: the client would wait for a blocking one without any deadline, also for a server that
        // hangs.
        return ask(jedis -> jedis.sendCommand(
                        Command.XREAD,
                        "COUNT",
                        "1",
                        "BLOCK",
                        Long.toString(Math.max(1, atMost.toMillis())),
                        "STREAMS",
                        keys.changes(),
                        after.toString())
                != null);
    }

    /** What the records of each minute did, from {@code first} to {@code last}; minutes without changes are all zero. */
    public List<MinuteRate> rates(long first, long last) throws IOException {
        return ask(jedis -> {
            List<Response<Map<String, String>>> replies = new ArrayList<>();
            try (Pipeline pipeline = jedis.pipelined()) {
                for (long minute = first; minute <= last; minute++) {
                    replies.add(pipeline.hgetAll(keys.rate(minute)));
                }
                pipeline.sync();
            }
            List<MinuteRate> rates = new ArrayList<>();
            for (Response<Map<String, String>> reply : replies) {
                Map<String, String> rate = reply.get();
                rates.add(new MinuteRate(
                        first + rates.size(),
                        Long.parseLong(rate.getOrDefault("new", ZERO)),
                        Long.parseLong(rate.getOrDefault("corrected", ZERO)),
                        Long.parseLong(rate.getOrDefault("deleted", ZERO))));
            }
            return rates;
        });
    }

    /** {@code host:port}, for messages. */
    public String address() {
        return connection.address();
    }

    @Override
    public void close() {
        connection.close();
    }

    private interface Question<T> {
        T answer(Jedis jedis);
    }

    private <T> T ask(Question<T> question) throws IOException {
        connection.begin();
        try {
            return question.answer(connection.get());
        } catch (RuntimeException e) { // any error of the client, or a value that is not ours: connect again next time
            connection.close();
            throw new IOException("redis " + connection.address() + ": " + RedisConnection.describe(e), e);
        }
    }

    private static Map<Cell, Long> table(Map<String, String> stored) {
        Map<Cell, Long> counts = new TreeMap<>(Comparator.comparing(Cell::key));
        stored.forEach((key, n) -> counts.put(Cell.ofKey(key), Long.valueOf(n)));
        return counts;
    }

    private static long millis(List<?> time) {
        return Long.parseLong(text(time.get(0))) * 1_000 + Long.parseLong(text(time.get(1))) / 1_000;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.US_ASCII) : "" + value;
    }
}
