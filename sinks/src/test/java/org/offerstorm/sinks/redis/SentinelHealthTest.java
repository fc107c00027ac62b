package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.local.servers.testing.SentinelRedis;
import org.offerstorm.local.servers.testing.TestCertificate;
import redis.clients.jedis.Jedis;

/** What {@code doctor} says of a master, a replica and three Sentinels, all with TLS, when they are well and when not. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the last ones break them
class SentinelHealthTest {
    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static SentinelRedis redis;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.of(directory, "ip:127.0.0.1");
        redis = SentinelRedis.start(directory, certificate);
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
    }

    @Test
    @Order(1)
    void the_master_its_replica_and_the_quorum_are_named_and_all_goes_over_tls() throws Exception {
        try (Sink sink = new RedisSink(config(redis.uri()), InstantSource.system())) {
            assertThat(sink.write(new RandomLog(new Random(1), 9).chunks(1, 9).get(0)))
                    .isInstanceOf(Done.class);
        }
        redis.awaitReplica(redis.second());

        assertThat(doctor(redis.uri())).noneMatch(Finding::isFailure);
        assertThat(finding("redis").message())
                .contains("a master, 127.0.0.1:" + redis.first().port() + " (mymaster)");
        assertThat(finding("redis replicas"))
                .returns(Level.OK, Finding::level)
                .extracting(Finding::message)
                .asString()
                .contains("127.0.0.1:" + redis.second().port() + " online, ", " bytes behind, answered ");
        assertThat(finding("redis sentinels"))
                .returns(Level.OK, Finding::level)
                .extracting(Finding::message)
                .asString()
                .contains("all 3 name this master", "3 usable Sentinels");
    }

    @Test
    @Order(1)
    void a_name_that_they_do_not_know_is_said_with_those_they_know() {
        assertFailure(
                redis.uri().replace("mymaster", "orders"),
                "no Sentinel names a master orders: 127.0.0.1:",
                "does not know it; it watches mymaster",
                "the name after `sentinel monitor`");
    }

    @Test
    @Order(1)
    void a_redis_in_place_of_a_sentinel_is_named() {
        assertFailure(
                "rediss-sentinel://127.0.0.1:" + redis.first().port() + "/mymaster",
                "127.0.0.1:" + redis.first().port() + " is a Redis, not a Sentinel",
                "name the Sentinels' ports");
    }

    @Test
    @Order(1)
    void sentinels_of_which_none_answers_are_all_named() {
        assertFailure(
                "redis-sentinel://127.0.0.1:1,127.0.0.1:2,127.0.0.1:3/mymaster",
                "no Sentinel of mymaster answers: 127.0.0.1:1 cannot be reached: ",
                "; 127.0.0.1:2 cannot be reached: ",
                "; 127.0.0.1:3 cannot be reached: ",
                "start the Sentinels there");
    }

    @Test
    @Order(1)
    void another_authority_is_not_trusted_and_plain_text_is_advised_against() {
        RedisConfig config = new RedisConfig(redis.uri(), "t", 100, Duration.ofSeconds(5));
        assertThat(doctor(config)).singleElement().satisfies(finding -> assertThat(finding.fix())
                .contains("the authority of its certificate is not trusted"));
    }

    @Test
    @Order(2)
    void the_sentinels_own_password_is_a_separate_setting() throws Exception {
        Path secret = Files.writeString(directory.resolve("password"), "open-sesame\n");
        redis.sentinels().forEach(sentinel -> set(sentinel, "open-sesame"));
        try {
            assertFailure(redis.uri(), "NOAUTH", "correct redis.sentinel-password");
            RedisConfig right = new RedisConfig(
                    redis.uri(), "test", 100, Duration.ofSeconds(5), trusting(), "${file:" + secret + "}");
            assertThat(doctor(right)).noneMatch(Finding::isFailure);
            Files.writeString(secret, "wrong");
            assertThat(doctor(right)).singleElement().satisfies(finding -> assertThat(finding.message())
                    .contains("refuses the login"));
        } finally {
            redis.sentinels().forEach(sentinel -> set(sentinel, ""));
        }
    }

    @Test
    @Order(3)
    void a_sentinel_that_is_gone_a_lost_quorum_and_a_lost_replica_are_warned_of() throws Exception {
        redis.sentinels().get(0).kill();
        assertThat(finding("redis sentinels"))
                .returns(Level.WARN, Finding::level)
                .extracting(Finding::message)
                .asString()
                .contains("1 of 3 do not answer: 127.0.0.1:"
                        + redis.sentinels().get(0).port());

        redis.sentinels().get(1).kill();
        redis.awaitNoQuorum();
        assertThat(finding("redis sentinels"))
                .returns(Level.WARN, Finding::level)
                .extracting(Finding::message)
                .asString()
                .contains("cannot agree on another master if this one is lost: ");

        redis.cutOff(redis.second(), redis.first());
        assertThat(finding("redis replicas"))
                .returns(Level.WARN, Finding::level)
                .extracting(Finding::message)
                .asString()
                .contains("none is connected");
    }

    @Test
    @Order(4)
    void a_master_that_is_gone_while_nobody_can_replace_it_is_named() throws Exception {
        redis.first().kill();
        assertFailure(
                redis.uri(),
                "name 127.0.0.1:" + redis.first().port() + " as the master mymaster, and it cannot be reached",
                "wait until the Sentinels have promoted a replica");
        try (RedisCounts counts = new RedisCounts(config(redis.uri()))) {
            assertThatThrownBy(counts::read).hasMessageContaining("cannot be reached");
        }
    }

    private static void set(SentinelRedis.Server sentinel, String password) {
        try (Jedis jedis = sentinel.jedis()) {
            if (password.isEmpty()) {
                jedis.auth("open-sesame");
            }
            jedis.aclSetUser("default", "resetpass", password.isEmpty() ? "nopass" : ">" + password);
        }
    }

    private static void assertFailure(String uri, String... said) {
        assertThat(doctor(uri)).singleElement().satisfies(finding -> {
            assertThat(finding.isFailure()).isTrue();
            assertThat(finding.message() + "; " + finding.fix()).contains(said);
        });
    }

    private static Finding finding(String name) {
        return doctor(redis.uri()).stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Finding> doctor(String uri) {
        return doctor(config(uri));
    }

    private static List<Finding> doctor(RedisConfig config) {
        List<Finding> found = new ArrayList<>();
        new RedisHealth(config, Optional::empty, InstantSource.system()).run(found::add);
        return found;
    }

    private static RedisConfig config(String uri) {
        return new RedisConfig(uri, "test", 100, Duration.ofSeconds(5), trusting());
    }

    private static Tls trusting() {
        return new Tls(certificate.certificate().toString(), Tls.NONE, Tls.NONE, Tls.NONE);
    }
}
