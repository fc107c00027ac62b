package org.offerstorm.sinks.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.offerstorm.core.check.Finding;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Whether the Sentinels that {@code redis.uri} names all answer, name the same master, and could replace it. */
final class SentinelHealth {
    private static final String NAME = "redis sentinels";
    private static final long MILLIS = 1_000;

    private final String where;
    private final Sentinels sentinels;
    private final SentinelUri uri;
    private final Set<String> masters = new TreeSet<>();
    private final List<String> away = new ArrayList<>();
    private final Set<String> noQuorum = new TreeSet<>();
    private final Set<String> quorum = new TreeSet<>();

    SentinelHealth(String where, Sentinels sentinels, SentinelUri uri) {
        this.where = where;
        this.sentinels = sentinels;
        this.uri = uri;
    }

    void run(Consumer<Finding> found) {
        uri.sentinels().forEach(this::ask);
        int all = uri.sentinels().size();
        if (!noQuorum.isEmpty() || quorum.isEmpty()) {
            found.accept(Finding.warn(
                    NAME,
                    where,
                    noQuorum.isEmpty()
                            ? "it is not known if they have a quorum: " + String.join("; ", away)
                            : "cannot agree on another master if this one is lost: " + String.join("; ", noQuorum),
                    "start the Sentinels that are missing; three on three machines, with quorum 2"));
        } else if (masters.size() > 1) {
            found.accept(Finding.warn(
                    NAME,
                    where,
                    "name different masters: " + String.join(", ", masters),
                    "wait until a fail-over has ended; if it stays so, see that they reach each other"));
        } else if (!away.isEmpty()) {
            found.accept(Finding.warn(
                    NAME,
                    where,
                    away.size() + " of " + all + " do not answer: " + String.join("; ", away),
                    "start them, or correct redis.uri"));
        } else {
            found.accept(Finding.ok(NAME, where, "all " + all + " name this master; " + String.join("; ", quorum)));
        }
    }

    private void ask(HostAndPort sentinel) {
        try (Jedis jedis = sentinels.connect(sentinel, uri, MILLIS)) {
            List<String> address = jedis.sentinelGetMasterAddrByName(uri.master());
            if (address == null) {
                away.add(sentinel + " does not know " + uri.master());
                return;
            }
            masters.add(address.get(0) + ":" + address.get(1));
            quorum(jedis);
        } catch (JedisConnectionException e) {
            away.add(sentinel + " " + RedisConnection.reason(e));
        } catch (JedisException e) {
            away.add(sentinel + " refuses: " + RedisConnection.describe(e));
        }
    }

    private void quorum(Jedis jedis) {
        try {
            Object reply = jedis.sendCommand(Command.SENTINEL, "CKQUORUM", uri.master());
            quorum.add(new String((byte[]) reply, StandardCharsets.US_ASCII).replaceFirst("^OK ", ""));
        } catch (JedisConnectionException e) {
            throw e;
        } catch (JedisException e) {
            noQuorum.add(RedisConnection.describe(e).replaceFirst("^NOQUORUM ", ""));
        }
    }
}
