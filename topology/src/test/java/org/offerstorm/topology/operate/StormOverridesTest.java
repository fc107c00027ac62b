package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.tools.config.ConfigException;
import org.offerstorm.tools.config.ConfigLoader;

class StormOverridesTest {
    @TempDir
    private Path directory;

    @Test
    void what_storm_would_put_over_the_guarantees_is_refused() {
        System.setProperty(
                "storm.options",
                "topology.acker.executors%3D0,topology.message.timeout.secs%3D3,topology.debug%3Dtrue,"
                        + "topology.enable.message.timeouts%3Dfalse");
        try {
            assertThat(problems())
                    .containsExactly(
                            "storm -c: topology.acker.executors: is '0'; without ackers nothing is ever known to be durable;"
                                    + " remove it, or write 1 or more",
                            "storm -c: topology.enable.message.timeouts: without time-outs a lost chunk is never sent again;"
                                    + " remove it",
                            "storm -c: topology.message.timeout.secs: would bypass the checks; remove it and set"
                                    + " topology.message-timeout");
            System.setProperty("storm.options", "topology.acker.executors%3D2");
            assertThat(ConfigLoader.defaults()).isNotNull();
        } finally {
            System.clearProperty("storm.options");
        }
    }

    @Test
    void what_storm_s_client_took_for_itself_is_reported_and_how_to_keep_it_from_that() throws IOException {
        Path ours = Files.writeString(directory.resolve("ours.yaml"), "redis:\n  timeout: 2 s\n");
        Path sinks = Files.writeString(directory.resolve("sinks.yaml"), "sinks: [redis]\n");
        Path misspelt = Files.writeString(directory.resolve("misspelt.yaml"), "sorce:\n  group: x\n");
        Path storms = Files.writeString(directory.resolve("storm.yaml"), "nimbus.seeds: [a]\ntopology.workers: 2\n");
        String behind =
                "write what is Offerstorm's behind '--': storm jar JAR org.offerstorm.topology.Main -- COMMAND …";
        System.setProperty(
                "storm.options",
                "topology.workers%3D2,source.properties.max.poll.records%3D5,topology.debug%3Dtrue,nimbus.seeds%3D%5B%22a%22%5D,"
                        + "topology.workes%3D2,redis.urii%3Dx,topolgy.name%3Dx,sorce.group%3Dx,workers%3D2,storm.mine%3D1,topology.hook-of-mine%3D1,topology.spout.wait.strategy%3Dx");
        try {
            for (Path file : List.of(ours, sinks, misspelt)) {
                System.setProperty("storm.conf.file", file.toString());
                assertThat(problems())
                        .containsExactlyInAnyOrder(
                                "storm -c: topology.workers: Storm's client took it for one of Storm's settings; "
                                        + behind,
                                "storm -c: topology.workes: Storm's client took it for one of Storm's settings; "
                                        + behind,
                                "storm -c: redis.urii: Storm's client took it for one of Storm's settings; " + behind,
                                "storm -c: topolgy.name: Storm's client took it for one of Storm's settings; " + behind,
                                "storm -c: sorce.group: Storm's client took it for one of Storm's settings; " + behind,
                                "storm -c: workers: Storm's client took it for one of Storm's settings; " + behind,
                                "storm -c: source.properties.max.poll.records: Storm's client took it for one of Storm's"
                                        + " settings; " + behind,
                                "storm --config: Storm's client took " + file + " for its storm.yaml; " + behind);
            }
            System.clearProperty("storm.options");
            System.setProperty(
                    "storm.conf.file", directory.resolve("nowhere.yaml").toString());
            assertThat(problems())
                    .containsExactly("storm --config: Storm's client took " + directory.resolve("nowhere.yaml")
                            + ", which is not there, for its storm.yaml; " + behind);
            for (String fine : List.of(storms.toString(), "conf/offer.avsc", directory.toString())) {
                System.setProperty("storm.conf.file", fine);
                assertThat(ConfigLoader.defaults()).isNotNull();
            }
        } finally {
            System.clearProperty("storm.options");
            System.clearProperty("storm.conf.file");
        }
    }

    private static List<String> problems() {
        return catchThrowableOfType(ConfigException.class, ConfigLoader::defaults)
                .problems();
    }
}
