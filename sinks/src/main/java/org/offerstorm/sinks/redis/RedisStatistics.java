package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** The memory of Redis by what it is for, and the numbers of offers. Used by one thread. */
final class RedisStatistics implements StatisticsReader {
    /** State buckets that are measured; of more, as many at equal distances, and the rest by them. */
    private static final int SAMPLE = 1_000;
    /** Rates live so long, in minutes; every so many are measured. */
    private static final long RATE_MINUTES = ChunkEncoder.RATE_RETENTION.toMinutes();

    private static final int RATE_STEP = 30;

    private final RedisConnection connection;
    private final RedisKeys keys;

    /** @throws IllegalArgumentException if {@code redis.uri} is not an address */
    RedisStatistics(RedisConfig config) {
        this.connection = new RedisConnection(config);
        this.keys = new RedisKeys(config.tag());
    }

    @Override
    public StoreStatistics read() throws IOException {
        List<Figure> figures = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        part(missing, "+info", "the memory of the server", () -> server(figures));
        Map<String, String> meta = ask(jedis -> jedis.hgetAll(keys.meta()));
        part(
                missing,
                "+memory|usage",
                "what the memory is for",
                () -> purposes(figures, Long.parseLong(meta.getOrDefault("buckets", "0"))));
        offers(figures, meta);
        return new StoreStatistics(figures, List.of(), missing);
    }

    private interface Part {
        void read() throws IOException;
    }

    /** A user without the right gets the other parts. */
    private static void part(List<String> missing, String right, String what, Part part) throws IOException {
        try {
            part.read();
        } catch (IOException e) {
            if (!(e.getCause() instanceof JedisDataException refused)
                    || !("" + refused.getMessage()).contains("NOPERM")) {
                throw e;
            }
            missing.add("the user of redis.uri may not ask for " + what + "; permit " + right);
        }
    }

    private void server(List<Figure> figures) throws IOException {
        String info = ask(jedis -> jedis.info("memory"));
        figures.add(Figure.bytes("used_memory_bytes", "Memory of the server", number(info, "used_memory")));
        long limit = number(info, "maxmemory");
        if (limit > 0) {
            figures.add(Figure.bytes("maxmemory_bytes", "Memory that it may use", limit));
        }
    }

    private static long number(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElse(0L);
    }

    private void purposes(List<Figure> figures, long buckets) throws IOException {
        figures.add(Figure.bytes(
                "state_bytes",
                buckets > SAMPLE ? "State of each offer (by a sample)" : "State of each offer",
                spread(buckets, Math.max(1, buckets / SAMPLE), keys::state)));
        figures.add(Figure.bytes("counts_bytes", "Table of counts", usage(List.of(keys.counts()))));
        figures.add(Figure.bytes("changes_bytes", "Stream of changes", usage(List.of(keys.changes()))));
        long last = System.currentTimeMillis() / 60_000;
        figures.add(Figure.bytes(
                "rates_bytes",
                "Rates by the minute (by a sample)",
                spread(RATE_MINUTES, RATE_STEP, back -> keys.rate(last - back))));
        figures.add(Figure.bytes(
                "bookkeeping_bytes",
                "Source, coverage and cells",
                usage(List.of(keys.meta(), keys.coverage(), keys.parked(), keys.cells(), keys.cellNames()))));
    }

    /** Memory of so many keys, by every {@code step}th of them. */
    private long spread(long number, long step, LongFunction<String> name) throws IOException {
        List<String> sample = new ArrayList<>();
        for (long i = 0; i < number; i += step) {
            sample.add(name.apply(i));
        }
        return sample.isEmpty() ? 0 : Math.round((double) usage(sample) * number / sample.size());
    }

    /** Memory of these keys together; those that do not exist need none. */
    private long usage(List<String> names) throws IOException {
        return ask(jedis -> {
            List<Response<Long>> sizes = new ArrayList<>();
            try (Pipeline pipeline = jedis.pipelined()) {
                names.forEach(name -> sizes.add(pipeline.memoryUsage(name)));
            }
            return sizes.stream()
                    .map(Response::get)
                    .mapToLong(size -> size == null ? 0 : size)
                    .sum();
        });
    }

    /** Each offer that was ever counted has a state, also after its deletion. */
    private void offers(List<Figure> figures, Map<String, String> meta) throws IOException {
        long live = 0;
        long unknown = 0;
        for (Map.Entry<String, String> count :
                ask(jedis -> jedis.hgetAll(keys.counts())).entrySet()) {
            long offers = Long.parseLong(count.getValue());
            live += offers;
            unknown += Cell.ofKey(count.getKey()).continent() == Continent.UNKNOWN ? offers : 0;
        }
        figures.add(Figure.number("offers_live", "Live offers", live));
        String states = meta.get("states");
        if (states != null) {
            figures.add(Figure.number("offers_deleted", "Deleted offers", Math.max(0, Long.parseLong(states) - live)));
        }
        figures.add(Figure.number("offers_unknown", "Live offers without a known continent", unknown));
    }

    private <T> T ask(Function<Jedis, T> question) throws IOException {
        connection.begin();
        try {
            return question.apply(connection.get());
        } catch (RuntimeException e) { // any error of the client, or a value that is not ours: connect again next time
            connection.close();
            throw new IOException("redis " + connection.address() + ": " + RedisConnection.describe(e), e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
