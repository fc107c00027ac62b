package org.offerstorm.sinks.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * Reads several keys as they are at one moment, by a script that only reads. A transaction would do it as well, but a Redis that
 * has reached its maxmemory refuses everything in a transaction, reads included: the counts could not be seen just when somebody
 * has to look.
 */
final class Moment {
    private Moment() {}

    /**
     * The script's values, each as Redis sends it.
     *
     * @param script returns an array
     */
    static List<Object> read(Jedis jedis, String script, List<String> keys, String... arguments) {
        Object reply = jedis.eval(bytes(script), bytes(keys), bytes(List.of(arguments)));
        if (reply instanceof List<?> values) {
            return List.copyOf(values);
        }
        throw new IllegalStateException("the script answered " + reply);
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(Moment::bytes).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
