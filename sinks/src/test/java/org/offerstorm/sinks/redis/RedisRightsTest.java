package org.offerstorm.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;

/** A user of Redis' ACL that may do no more than it must. */
final class RedisRightsTest extends RedisSinkFixture {
    @AfterEach
    void forget() {
        jedis.aclDelUser("counter");
    }

    @Test
    void what_doctor_says_to_permit_is_enough_for_the_topology_and_for_doctor() throws IOException {
        user("-@all +info +script|load +evalsha");
        Finding denied = finding("redis permissions");
        assertThat(denied.level()).isEqualTo(Level.FAIL);
        String rights = denied.fix().replaceAll(".*ACL SETUSER … ", "");
        assertThat(rights).doesNotContain("@scripting", "+@hash", "+config");

        user(rights);

        assertThat(doctor()).noneMatch(Finding::isFailure);
        try (Sink counter = new RedisSink(config(), InstantSource.system())) {
            assertThat(counter.write(log.upsert("a", TECH).cut())).isInstanceOf(Done.class);
            assertThat(counter.write(log.upsert("a", RETAIL).upsert("b", TECH).cut()))
                    .isInstanceOf(Done.class);
        }
        try (RedisCoverage spout = new RedisCoverage(config());
                RedisVersions replay = new RedisVersions(config())) {
            assertThat(spout.coverage(SOURCE)).containsKey(0);
            assertThat(replay.of(List.of("a", "b"))).hasSize(2);
        }
    }

    /** docs/operations.md names these. */
    @Test
    void the_dashboard_reads_with_few_rights() throws IOException {
        try (Sink counter = new RedisSink(config, InstantSource.system())) {
            assertThat(counter.write(log.upsert("a", TECH).cut())).isInstanceOf(Done.class);
        }
        user("-@all +eval +hgetall +xrange +xrevrange +xread +time");

        try (RedisLive live = new RedisLive(config())) {
            RedisLive.State state = live.read(RedisLive.START);
            assertThat(state.counts()).containsEntry(TECH, 1L);
            assertThat(live.read(state.newest()).changes()).isEmpty();
        }
    }

    /** docs/operations.md names these, in addition to the topology's. */
    @Test
    void the_changes_are_followed_with_two_more_rights() throws IOException {
        user("-@all +info +script|load +evalsha");
        String rights = finding("redis permissions").fix().replaceAll(".*ACL SETUSER … ", "");
        user(rights + " +xrange +xrevrange");
        try (Sink counter = new RedisSink(config(), InstantSource.system());
                RedisOutbox outbox = new RedisOutbox(config())) {
            assertThat(counter.write(log.upsert("a", TECH).cut())).isInstanceOf(Done.class);
            assertThat(outbox.read(RedisLive.START, true, System.nanoTime() + 5_000_000_000L))
                    .satisfies(page -> {
                        assertThat(page.table().orElseThrow()).containsEntry(TECH, 1L);
                        assertThat(page.source()).contains(SOURCE);
                        assertThat(page.isWhole()).isTrue();
                    });
        }
    }

    @Test
    void what_may_not_be_read_is_not_known_and_not_a_loss() {
        user("+@all -config");
        Finding persistence = finding("redis persistence");
        assertThat(persistence.level()).isEqualTo(Level.WARN);
        assertThat(persistence.message()).contains("appendfsync is not known").doesNotContain("loses");
        assertThat(persistence.fix()).contains("+config|get");

        user("+@all -config +config|get");
        assertThat(finding("redis persistence").level()).isEqualTo(Level.OK);
    }

    private void user(String rights) {
        List<String> rules = new ArrayList<>(List.of("reset", "on", ">open-sesame", "~" + keys.prefix() + "*"));
        rules.addAll(List.of(rights.split(" ", -1)));
        jedis.aclSetUser("counter", rules.toArray(String[]::new));
    }

    private Finding finding(String name) {
        return doctor().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Finding> doctor() {
        List<Finding> found = new ArrayList<>();
        new RedisHealth(config(), Optional::empty, InstantSource.system()).run(found::add);
        return found;
    }

    private RedisConfig config() {
        return new RedisConfig(
                config.uri().replace("redis://", "redis://counter:open-sesame@"),
                config.tag(),
                1_000,
                config.timeout());
    }
}
