package org.offerstorm.local.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.topology.setup.Setup;
import org.offerstorm.topology.setup.Step;

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
    void aSecondSetupFindsWhatTheFirstMade() {
        List<Step> first = AllServers.setup(servers.config(), Setup.ANY_PARTITIONS);
        List<Step> second = AllServers.setup(servers.config(), Setup.ANY_PARTITIONS);

        assertThat(states(first))
                .containsExactly(
                        "made topic offers",
                        "made topic offers.dlq",
                        "was there solr core",
                        "made hdfs directory",
                        "ok kafka",
                        "ok redis",
                        "ok solr",
                        "ok hdfs");
        assertThat(states(second))
                .containsExactly(
                        "was there topic offers",
                        "was there topic offers.dlq",
                        "was there solr core",
                        "was there hdfs directory",
                        "ok kafka",
                        "ok redis",
                        "ok solr",
                        "ok hdfs");
        assertThat(servers.doctor()).allMatch(finding -> finding.level() == Finding.Level.OK);
    }

    private static List<String> states(List<Step> steps) {
        return steps.stream()
                .map(step -> step.state().word() + " " + step.name())
                .toList();
    }
}
