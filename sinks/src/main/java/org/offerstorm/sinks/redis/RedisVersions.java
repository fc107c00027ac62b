package org.offerstorm.sinks.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Source;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Looks up the versions of single offers, for commands. Called by one thread; connects at the first call and again after
 * any error.
 */
public final class RedisVersions implements AutoCloseable {
    private static final int PAGE = 1_000;
    private static final int VERSION_LENGTH = 7;
    private static final int VALUE_LENGTH = 9;

    private final RedisConnection connection;
    private final RedisKeys keys;
    private final RedisCoverage coverage;

    /**
     * The state of an offer.
     *
     * @param version {@code epoch << 48 | offset}
     * @param cell number of the cell, see {@link #cell(int)}; 0 if that version is a deletion
     */
    public record Version(long version, int cell) {
        public boolean deleted() {
            return cell == 0;
        }
    }

    /** Does not connect. */
    public RedisVersions(RedisConfig config) {
        this.connection = new RedisConnection(config);
        this.keys = new RedisKeys(config.tag());
        this.coverage = new RedisCoverage(config);
    }

    /**
     * How far the versions go: of each partition, the offset below which every record is in them.
     *
     * @throws IOException if Redis cannot be asked now, or holds another source
     */
    public Map<Integer, Long> coverage(Source source) throws IOException {
        return coverage.coverage(source);
    }

    /**
     * The versions of those of the offers that Redis knows, by id.
     *
     * @throws IOException if Redis cannot be asked now
     */
    public Map<String, Version> of(List<String> ids) throws IOException {
        Map<String, Version> versions = new HashMap<>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            page(ids.subList(from, Math.min(ids.size(), from + PAGE)), versions);
        }
        return versions;
    }

    /**
     * The cell of such a number, {@code category|CONTINENT}; null if no cell has it.
     *
     * @throws IOException if Redis cannot be asked now
     */
    public String cell(int number) throws IOException {
        connection.begin();
        try {
            return connection.get().hget(keys.cellNames(), Integer.toString(number));
        } catch (RuntimeException e) { // any error of the client: connect again next time
            throw failed(e);
        }
    }

    @Override
    public void close() {
        connection.close();
        coverage.close();
    }

    private void page(List<String> ids, Map<String, Version> versions) throws IOException {
        List<Response<byte[]>> replies = new ArrayList<>(ids.size());
        connection.begin();
        try {
            String buckets = connection.get().hget(keys.meta(), "buckets");
            if (buckets == null) {
                return;
            }
            OfferHash hash = new OfferHash();
            try (Pipeline pipeline = connection.get().pipelined()) {
                for (String id : ids) {
                    ByteBuffer place = ByteBuffer.allocate(OfferHash.LENGTH);
                    hash.put(id, place);
                    place.flip();
                    long head = Short.toUnsignedLong(place.getShort()) << 32 | Integer.toUnsignedLong(place.getInt());
                    byte[] field = new byte[place.remaining()];
                    place.get(field);
                    String bucket = keys.state(head % Long.parseLong(buckets));
                    replies.add(pipeline.hget(RedisKeys.bytes(bucket), field));
                }
            }
            for (int i = 0; i < ids.size(); i++) {
                byte[] value = replies.get(i).get();
                if (value != null && value.length == VALUE_LENGTH) {
                    versions.put(ids.get(i), read(ByteBuffer.wrap(value)));
                }
            }
        } catch (RuntimeException e) { // any error of the client: connect again next time
            throw failed(e);
        }
    }

    private IOException failed(RuntimeException e) {
        connection.close();
        return new IOException("redis " + connection.address() + ": " + RedisConnection.describe(e), e);
    }

    private static Version read(ByteBuffer value) {
        long version = 0;
        for (int i = 0; i < VERSION_LENGTH; i++) {
            version = version << 8 | Byte.toUnsignedLong(value.get());
        }
        return new Version(version, value.getShort() & 0xFFFF);
    }
}
