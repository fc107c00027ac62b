package org.offerstorm.sinks.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Jedis;

/**
 * Whether the state buckets are all there. States are never deleted, so their number, which the script adds up, must be
 * found in the buckets; a bucket that somebody deleted is one whose offers would be counted again. Looks at some buckets
 * at a time, as one call takes Redis about as long as a small chunk. One thread.
 */
final class StateBuckets {
    /** Buckets of one call. */
    static final int WINDOW = 1_000;

    private static final String LENGTHS = """
            local meta = redis.call('HMGET', KEYS[1], 'states', 'buckets')
            local sum = 0
            for i = tonumber(ARGV[2]), math.min(tonumber(ARGV[3]), tonumber(meta[2] or ARGV[3])) - 1 do
                sum = sum + redis.call('HLEN', ARGV[1] .. string.format('%.0f', i))
            end
            return {meta[1] or '-1', meta[2] or '-1', string.format('%.0f', sum)}""";
    private static final String EXISTING = """
            local found = 0
            for i = tonumber(ARGV[2]), tonumber(ARGV[3]) - 1 do
                found = found + redis.call('EXISTS', ARGV[1] .. string.format('%.0f', i))
            end
            return {found}""";

    private final RedisKeys keys;
    private final String prefix;
    private long next;
    private long expected;
    private long sum;

    StateBuckets(RedisKeys keys) {
        this.keys = keys;
        this.prefix = keys.state(0).substring(0, keys.state(0).length() - 1);
    }

    /** Begins again: a part that was seen on another connection may be of another server. */
    void reset() {
        next = 0;
    }

    /**
     * Looks at the next buckets.
     *
     * @return what is wrong, found after the last of them
     */
    Optional<String> look(Jedis jedis) {
        return step(jedis).isEmpty()
                ? Optional.empty()
                : lookAtAll(jedis); // the server may have been emptied meanwhile
    }

    /** The same of all buckets. */
    Optional<String> lookAtAll(Jedis jedis) {
        reset();
        Optional<String> wrong;
        do {
            wrong = step(jedis);
        } while (next > 0);
        return wrong;
    }

    /** Whether there is no bucket of so many. */
    boolean isEmpty(Jedis jedis, long buckets) {
        for (long from = 0; from < buckets; from += WINDOW) {
            if ((Long) ask(jedis, EXISTING, from, Math.min(from + WINDOW, buckets))
                            .get(0)
                    > 0) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> step(Jedis jedis) {
        List<Object> reply = ask(jedis, LENGTHS, next, next + WINDOW);
        long states = number(reply, 0);
        long buckets = number(reply, 1);
        if (next == 0) {
            expected = states; // later ones may be in buckets that were seen before
            sum = 0;
        }
        sum += number(reply, 2);
        next += WINDOW;
        if (next < buckets && states >= expected) {
            return Optional.empty();
        }
        next = 0;
        return buckets >= 0 && states >= expected && sum < expected
                ? Optional.of(
                        prefix + "* hold the state of " + sum + " offers, but that of " + expected + " was stored")
                : Optional.empty();
    }

    private List<Object> ask(Jedis jedis, String script, long from, long to) {
        return Moment.read(jedis, script, List.of(keys.meta()), prefix, Long.toString(from), Long.toString(to));
    }

    private static long number(List<Object> reply, int index) {
        return Long.parseLong(new String((byte[]) reply.get(index), StandardCharsets.UTF_8));
    }
}
