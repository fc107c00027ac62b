package org.offerstorm.sinks.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks the Sentinels for the address of the master, in turn, as Redis' guide for clients of Sentinel has it: the first that
 * knows it is believed, and is asked first the next time. Used by one thread.
 */
final class Sentinels {
    private static final Logger LOG = LoggerFactory.getLogger(Sentinels.class);
    /** All of them together have so many of one step's deadlines. */
    private static final int STEPS = 2;

    private final RedisDialer dialer;
    private final String password;
    private HostAndPort first;

    /** @param password of the Sentinels, a reference or {@link RedisConfig#NO_PASSWORD} */
    Sentinels(RedisDialer dialer, String password) {
        this.dialer = dialer;
        this.password = password;
    }

    private enum Trouble {
        AWAY,
        UNKNOWN_NAME,
        PLAIN_REDIS,
        LOGIN,
        OTHER
    }

    /** What one Sentinel said, or why it said nothing. */
    private record Answer(HostAndPort sentinel, HostAndPort master, Trouble trouble, String reason, Exception error) {
        String text() {
            return sentinel + " " + reason;
        }
    }

    /**
     * The master's address.
     *
     * @param millis deadline of each step; together they take twice as long at most
     * @throws NoMasterException if none names one; says why of each
     * @throws Secrets.Unresolved if the password refers to a secret that is missing
     */
    HostAndPort master(SentinelUri uri, long millis) {
        long until = System.nanoTime() + STEPS * millis * 1_000_000;
        List<Answer> refused = new ArrayList<>();
        for (HostAndPort sentinel : inTurn(uri)) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break; // the next call begins with those that were not asked
            }
            Answer answer = ask(sentinel, uri, Math.min(left, Math.max(1, millis / 2)));
            if (answer.master() != null) {
                return answer.master();
            }
            refused.add(answer);
        }
        throw noMaster(uri, refused);
    }

    /** As {@link #master}, of one Sentinel; nothing if it does not answer, and the next time another is asked. */
    Optional<HostAndPort> glance(SentinelUri uri, long millis) {
        try {
            return Optional.ofNullable(ask(inTurn(uri).get(0), uri, millis).master());
        } catch (Secrets.Unresolved e) { // said when a connection is made
            LOG.debug("Sentinels of {} cannot be asked", uri.master(), e);
            return Optional.empty();
        }
    }

    /** A connection to a Sentinel. */
    Jedis connect(HostAndPort sentinel, SentinelUri uri, long millis) {
        String secret = password.equals(RedisConfig.NO_PASSWORD) ? null : Secrets.resolve(password);
        return dialer.connect(sentinel, uri.tls(), new RedisDialer.Login(null, secret, 0), millis);
    }

    private List<HostAndPort> inTurn(SentinelUri uri) {
        List<HostAndPort> turn = new ArrayList<>(uri.sentinels());
        Collections.rotate(turn, -Math.max(0, turn.indexOf(first)));
        return turn;
    }

    private Answer ask(HostAndPort sentinel, SentinelUri uri, long millis) {
        List<HostAndPort> all = uri.sentinels();
        first = all.get((all.indexOf(sentinel) + 1) % all.size()); // unless it answers
        try (Jedis jedis = connect(sentinel, uri, millis)) {
            List<String> address = jedis.sentinelGetMasterAddrByName(uri.master());
            if (address == null) {
                return refusal(sentinel, Trouble.UNKNOWN_NAME, "does not know it" + others(jedis), null);
            }
            first = sentinel;
            return new Answer(
                    sentinel, new HostAndPort(address.get(0), Integer.parseInt(address.get(1))), null, "", null);
        } catch (JedisAccessControlException e) {
            return refusal(sentinel, Trouble.LOGIN, "refuses the login: " + RedisConnection.describe(e), e);
        } catch (JedisDataException e) {
            String said = RedisConnection.describe(e);
            if (said.contains("unknown command")) {
                return refusal(sentinel, Trouble.PLAIN_REDIS, "is a Redis, not a Sentinel", e);
            }
            return refusal(sentinel, said.contains("NOAUTH") ? Trouble.LOGIN : Trouble.OTHER, "refuses: " + said, e);
        } catch (JedisConnectionException e) {
            return refusal(sentinel, Trouble.AWAY, "cannot be reached: " + RedisConnection.reason(e), e);
        } catch (JedisException e) {
            return refusal(sentinel, Trouble.OTHER, "fails: " + RedisConnection.reason(e), e);
        }
    }

    private static Answer refusal(HostAndPort sentinel, Trouble trouble, String reason, Exception error) {
        LOG.debug("Sentinel {} {}", sentinel, reason, error);
        return new Answer(sentinel, null, trouble, reason, error);
    }

    private static String others(Jedis jedis) {
        List<Map<String, String>> masters = jedis.sentinelMasters();
        return masters.isEmpty()
                ? "; it watches none"
                : "; it watches "
                        + masters.stream()
                                .map(master -> String.valueOf(master.get("name")))
                                .sorted()
                                .collect(Collectors.joining(", "));
    }

    private static NoMasterException noMaster(SentinelUri uri, List<Answer> refused) {
        boolean allAway = refused.stream().allMatch(answer -> answer.trouble() == Trouble.AWAY);
        Exception error = refused.stream()
                .map(Answer::error)
                .filter(e -> e != null)
                .findFirst()
                .orElse(null);
        return new NoMasterException(
                (allAway
                                ? "no Sentinel of " + uri.master() + " answers: "
                                : "no Sentinel names a master " + uri.master() + ": ")
                        + refused.stream().map(Answer::text).collect(Collectors.joining("; ")),
                fix(refused, error),
                error);
    }

    /** The first that helps: what is wrong in the configuration comes before what may be a passing outage. */
    private static String fix(List<Answer> refused, Exception error) {
        List<Trouble> troubles = refused.stream().map(Answer::trouble).toList();
        if (troubles.contains(Trouble.UNKNOWN_NAME)) {
            return "write in redis.uri the name after `sentinel monitor` in the Sentinels' configuration";
        }
        if (troubles.contains(Trouble.LOGIN)) {
            return "correct redis.sentinel-password; user and password in redis.uri are those of the servers";
        }
        if (troubles.contains(Trouble.PLAIN_REDIS)) {
            return "name the Sentinels' ports in redis.uri, often 26379, or write redis:// for one Redis";
        }
        String tls = TlsAdvice.of(error, "redis.uri", "write redis-sentinel:// in place of rediss-sentinel://");
        return tls == null ? "start the Sentinels there, or correct redis.uri" : tls;
    }
}
