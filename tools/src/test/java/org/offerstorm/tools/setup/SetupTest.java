package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.tools.setup.Step.State;
import redis.clients.jedis.Jedis;

class SetupTest {
    @TempDir
    static Path directory;

    private static AllServers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new AllServers(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    @Test
    void a_second_setup_finds_what_the_first_made() {
        String[] own = {
            "source.topic", "new", "dead-letters.topic", "new.dlq", "source.group", "new", "hdfs.directory", "/new"
        };
        List<Step> first = servers.setup(own);
        List<Step> second = servers.setup(own);

        assertThat(states(first))
                .containsExactly(
                        "made topic new",
                        "made topic new.dlq",
                        "was there solr core",
                        "made hdfs directory",
                        "ok kafka",
                        "ok redis",
                        "ok solr",
                        "ok hdfs");
        assertThat(states(second))
                .containsExactly(
                        "was there topic new",
                        "was there topic new.dlq",
                        "was there solr core",
                        "was there hdfs directory",
                        "ok kafka",
                        "ok redis",
                        "ok solr",
                        "ok hdfs");
        assertThat(servers.doctor(own)).allMatch(finding -> finding.level() == Finding.Level.OK);
    }

    @Test
    void partitions_are_those_asked_for() {
        AllServers.Run made = servers.command(
                List.of("setup", "--partitions", "7"), "source.topic", "seven", "dead-letters.topic", "seven.dlq");
        AllServers.Run other = servers.command(
                List.of("setup", "--partitions", "8"), "source.topic", "seven", "dead-letters.topic", "seven.dlq");

        assertThat(made.exitCode()).as(made.out()).isZero();
        assertThat(made.out()).containsPattern("made +topic seven +\\S+ +7 partitions");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.out())
                .containsPattern("differs +topic seven .*number of partitions is 7, must be 8")
                .contains("fix: never add partitions to a topic in use");
        assertThat(servers.command(List.of("setup", "--partitions", "-1")).exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_missing_configset_is_reported_and_once_copied_the_core_is_made() throws Exception {
        AllServers.Run before = servers.command(List.of("setup"), "solr.core", "fresh");

        assertThat(before.exitCode()).isEqualTo(1);
        Path home = directory.resolve("solr").toAbsolutePath();
        assertThat(before.out())
                .containsPattern("differs +solr core ")
                .contains("copy conf/solr/offers")
                .contains("to " + home + "/configsets/offers");

        Configsets.copy(home, "offers", schema -> schema, config -> config);
        List<Step> after = servers.setup("solr.core", "fresh");

        assertThat(states(after)).contains("made solr core", "ok solr");
        assertThat(servers.complaints("solr.core", "fresh")).isEmpty();
        assertThat(states(servers.setup("solr.core", "fresh"))).contains("was there solr core");
    }

    @Test
    void a_server_that_is_away_hinders_no_other_and_ends_with_three() throws Exception {
        String nobody = AllServers.nobody();
        AllServers.Run run =
                servers.command(List.of("setup"), "redis.uri", "redis://" + nobody, "hdfs.directory", "/without-redis");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .containsPattern("FAIL +redis +" + nobody + " .*refused")
                .contains("fix: start Redis there")
                .containsPattern("made +hdfs directory");
    }

    @Test
    void what_differs_on_a_redis_ends_with_one() {
        try (Jedis jedis = servers.jedis()) {
            jedis.configSet("maxmemory-policy", "volatile-ttl");
            try {
                AllServers.Run run = servers.command(List.of("setup"));
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.out()).containsPattern("differs +redis memory .*volatile-ttl");
            } finally {
                jedis.configSet("maxmemory-policy", "noeviction");
            }
        }
    }

    @Test
    void a_lesser_redis_is_reported_and_does_not_stop_the_chain() {
        try (Jedis jedis = servers.jedis()) {
            jedis.configSet("appendonly", "no");
            try {
                servers.setup();
                AllServers.Run run = servers.command(List.of("setup"));
                assertThat(run.exitCode()).as(run.out()).isZero();
                assertThat(run.out()).containsPattern("warn +redis persistence .*appendonly is off");
            } finally {
                jedis.configSet("appendonly", "yes");
            }
        }
    }

    private static List<String> states(List<Step> steps) {
        assertThat(steps).allMatch(step -> step.fix().isEmpty() == (step.state().compareTo(State.WARN) < 0));
        return steps.stream()
                .map(step -> step.state().word() + " " + step.name())
                .toList();
    }
}
