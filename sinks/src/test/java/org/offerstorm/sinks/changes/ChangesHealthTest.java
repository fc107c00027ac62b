package org.offerstorm.sinks.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.sinks.redis.RedisConfig;

/** What doctor says of the topic, and setup makes. */
final class ChangesHealthTest extends ChangesFixture {
    @Test
    void a_topic_that_setup_made_is_sound_before_and_after_the_first_change() throws Exception {
        assertThat(findings(group())).allMatch(finding -> finding.level() == Level.OK);
        assertThat(new ChangesSetup(config, kafka.servers()).make()).isFalse();
        ChangesSink sink = publisher();
        write(sink, log.upsert("a", TECH).cut());

        assertThat(findings(group()))
                .allMatch(finding -> finding.level() == Level.OK)
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("has 1 changes of this group"));
        write(sink, log.upsert("b", TECH).cut()); // the check took nothing from the publisher
        assertThat(isRedisTable().records).hasSize(2);
    }

    @Test
    void another_group_is_named() throws Exception {
        write(publisher(), log.upsert("a", TECH).cut());

        assertThat(failure(findings("another"))).contains("has the changes of group " + group(), "not of another");
    }

    @Test
    void a_topic_that_will_not_do_is_named() throws Exception {
        String topic = config.topic();
        config = new ChangesConfig(topic + "-missing", kafka.servers(), Map.of(), Duration.ofSeconds(5));
        assertThat(failure(findings(group()))).contains(topic + "-missing does not exist");

        kafka.create(topic + "-missing", 2);
        assertThat(failure(findings(group()))).contains("2 partitions");
    }

    @Test
    void a_topic_that_forgets_is_warned_of() throws Exception {
        kafka.alter(config.topic(), Map.of(TopicConfig.RETENTION_MS_CONFIG, "86400000"));

        assertThat(findings(group()))
                .filteredOn(finding -> finding.level() == Level.WARN)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).contains("retention.ms is 86400000");
                    assertThat(finding.fix()).contains("--add-config retention.ms=-1");
                });

        kafka.alter(config.topic(), Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact"));
        assertThat(findings(group())).allMatch(finding -> finding.level() == Level.OK);
    }

    @Test
    void servers_that_do_not_answer_are_named() throws Exception {
        List<Finding> found = new ArrayList<>();
        RedisConfig away = new RedisConfig("redis://127.0.0.1:1", "test", 1_000, Duration.ofSeconds(1));
        new ChangesHealth(config, kafka.servers(), away, group()).run(found::add);
        assertThat(failure(found)).contains("Redis' changes", "127.0.0.1:1");

        ChangesConfig nowhere = new ChangesConfig(
                config.topic(), "127.0.0.1:1", Map.of("ssl.key.password", "${env:NO_SUCH_VARIABLE}"), config.timeout());
        found.clear();
        new ChangesHealth(nowhere, "127.0.0.1:1", REDIS.config(), group()).run(found::add);
        assertThat(failure(found)).contains("NO_SUCH_VARIABLE");
    }

    private List<Finding> findings(String group) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        new ChangesHealth(config, kafka.servers(), REDIS.config(), group).run(found::add);
        assertThat(found).isNotEmpty();
        return found;
    }

    private static String failure(List<Finding> found) {
        assertThat(found).filteredOn(Finding::isFailure).hasSize(1);
        return found.stream()
                .filter(Finding::isFailure)
                .findFirst()
                .orElseThrow()
                .message();
    }
}
