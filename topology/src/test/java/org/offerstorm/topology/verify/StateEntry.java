package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import redis.clients.jedis.Jedis;

/** The state of one offer in Redis, past the sink. */
final class StateEntry {
    private final String tag;
    private final byte[] hash;

    StateEntry(String tag, String id) throws Exception {
        this.tag = tag;
        hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
    }

    void write(Jedis redis, long version, int cell) {
        byte[] state =
                ByteBuffer.allocate(10).putLong(version).putShort((short) cell).array();
        redis.hset(key(redis), field(), Arrays.copyOfRange(state, 1, 10));
    }

    void remove(Jedis redis) {
        redis.hdel(key(redis), field());
    }

    String hash() {
        return HexFormat.of().formatHex(field());
    }

    private byte[] key(Jedis redis) {
        long buckets = Long.parseLong(redis.hget(tag + "meta", "buckets"));
        long head = ByteBuffer.wrap(hash).getLong() >>> 16;
        return (tag + "s:" + head % buckets).getBytes(UTF_8);
    }

    private byte[] field() {
        return Arrays.copyOfRange(hash, 6, 14);
    }
}
