package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Reads the state of each offer, from which the counters come: for checks. Goes over the keys by SCAN, to keep
 * the server responsive. Called by one thread; connects at the first call and again after any error.
 */
public final class RedisState implements AutoCloseable {
    private static final int PAGE = 500;
    private static final int FIELD_LENGTH = 8;
    private static final int VALUE_LENGTH = 9;

    private final RedisConnection connection;
    private final RedisKeys keys;

    /** Takes the state of offers, each once if nobody writes in the meantime. */
    public interface Entries {
        /**
         * One offer.
         *
         * @param bucket the six bytes of the id's hash, modulo the number of buckets
         * @param field the next eight bytes of the hash
         * @param version {@code epoch << 48 | offset}
         * @param cell number of the cell, see {@link RedisState#cells()}; 0 if the offer is deleted
         */
        void accept(long bucket, long field, long version, int cell);

        /** Something in a bucket that is not the state of an offer. */
        void unreadable(String key);
    }

    /** Does not connect. */
    public RedisState(RedisConfig config) {
        this.connection = new RedisConnection(config);
        this.keys = new RedisKeys(config.tag());
    }

    /**
     * Number of buckets; 0 if nothing was ever counted.
     *
     * @throws IOException if Redis cannot be asked now
     */
    public long buckets() throws IOException {
        String buckets = ask(jedis -> jedis.hget(keys.meta(), "buckets"));
        return buckets == null ? 0 : Long.parseLong(buckets);
    }

    /**
     * Cells by number, {@code category|CONTINENT}.
     *
     * @throws IOException if Redis cannot be asked now
     */
    public Map<Integer, String> cells() throws IOException {
        return numbered(ask(jedis -> jedis.hgetAll(keys.cellNames())));
    }

    /**
     * By partition the ranges that are counted beyond the coverage, {@code from-next} with blanks between.
     *
     * @throws IOException if Redis cannot be asked now
     */
    public Map<Integer, String> parked() throws IOException {
        return numbered(ask(jedis -> jedis.hgetAll(keys.parked())));
    }

    /**
     * Hands over the state of all offers, in no order.
     *
     * @throws IOException if Redis cannot be asked now; some may have been handed over before
     */
    public void forEach(Entries entries) throws IOException {
        ScanParams params =
                new ScanParams().match(pattern(keys.prefix() + "s:") + "*").count(PAGE);
        Set<String> seen = new HashSet<>(); // SCAN may name a key twice
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<String> page = ask(jedis -> jedis.scan(from, params));
            List<String> fresh = page.getResult().stream().filter(seen::add).toList();
            readBuckets(fresh, entries);
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }

    @Override
    public void close() {
        connection.close();
    }

    /** A bucket of the usual size comes in one answer. */
    private void readBuckets(List<String> buckets, Entries entries) throws IOException {
        ScanParams params = new ScanParams().count(PAGE);
        List<ScanResult<Map.Entry<byte[], byte[]>>> pages = ask(jedis -> {
            List<Response<ScanResult<Map.Entry<byte[], byte[]>>>> replies = new ArrayList<>();
            try (Pipeline pipeline = jedis.pipelined()) {
                for (String key : buckets) {
                    replies.add(pipeline.hscan(RedisKeys.bytes(key), ScanParams.SCAN_POINTER_START_BINARY, params));
                }
            }
            return replies.stream().map(Response::get).toList();
        });
        for (int i = 0; i < buckets.size(); i++) {
            String key = buckets.get(i);
            Set<Long> seen = null;
            ScanResult<Map.Entry<byte[], byte[]>> page = pages.get(i);
            while (true) {
                if (!page.isCompleteIteration() && seen == null) {
                    seen = new HashSet<>(); // HSCAN over several pages may give a field twice
                }
                for (Map.Entry<byte[], byte[]> entry : page.getResult()) {
                    read(key, entry, seen, entries);
                }
                if (page.isCompleteIteration()) {
                    break;
                }
                byte[] next = page.getCursorAsBytes();
                page = ask(jedis -> jedis.hscan(RedisKeys.bytes(key), next, params));
            }
        }
    }

    private void read(String key, Map.Entry<byte[], byte[]> entry, Set<Long> seen, Entries entries) {
        String bucket = key.substring(keys.state(0).length() - 1);
        if (entry.getKey().length != FIELD_LENGTH
                || entry.getValue().length != VALUE_LENGTH
                || !bucket.matches("[0-9]{1,15}")) {
            entries.unreadable(key);
            return;
        }
        long field = ByteBuffer.wrap(entry.getKey()).getLong();
        if (seen != null && !seen.add(field)) {
            return;
        }
        ByteBuffer value = ByteBuffer.wrap(entry.getValue());
        long version = Byte.toUnsignedLong(value.get()) << 48;
        version |= Short.toUnsignedLong(value.getShort()) << 32;
        version |= Integer.toUnsignedLong(value.getInt());
        entries.accept(Long.parseLong(bucket), field, version, value.getShort() & 0xFFFF);
    }

    /** Quoted for SCAN, whose pattern is a glob. */
    private static String pattern(String text) {
        return text.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1");
    }

    private <T> Map<Integer, T> numbered(Map<String, T> stored) throws IOException {
        Map<Integer, T> numbered = new HashMap<>();
        try {
            stored.forEach((number, value) -> numbered.put(Integer.valueOf(number), value));
        } catch (NumberFormatException e) {
            throw new IOException("the state in redis " + connection.address() + " is damaged: " + e.getMessage(), e);
        }
        return numbered;
    }

    private <T> T ask(Function<Jedis, T> question) throws IOException {
        connection.begin();
        try {
            return question.apply(connection.get());
        } catch (RuntimeException e) { // any error of the client: connect again next time
            connection.close();
            throw new IOException("redis " + connection.address() + ": " + RedisConnection.describe(e), e);
        }
    }
}
