package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.storm.Config;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.tools.config.ConfigLoader;

/** A worker is started with the cluster's flags before ours: Java must take both together. */
class WorkerFlagsTest {
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx128m",
                "-Xmx128m -XX:+UseG1GC",
                "-XX:+UseSerialGC",
                "-XX:+UseZGC",
                "-XX:+UseConcMarkSweepGC -XX:+PrintGCDateStamps"
            })
    void java_starts_with_our_heap_and_the_parallel_collector(String clusters) throws Exception {
        Config storm = OffersTopology.stormConfig(ConfigLoader.defaults());

        String flags = java(
                clusters,
                storm.get(Config.TOPOLOGY_WORKER_CHILDOPTS).toString(),
                storm.get(Config.TOPOLOGY_WORKER_GC_CHILDOPTS).toString());

        assertThat(flags)
                .containsPattern("UseParallelGC += true")
                .containsPattern("MaxHeapSize += " + (768L << 20) + " ");
        if (Files.exists(HUGE_PAGES) && !Files.readString(HUGE_PAGES).contains("[never]")) { // Linux that has them
            assertThat(flags).containsPattern("UseTransparentHugePages += true");
        }
    }

    private static String java(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String some : flags) {
            command.addAll(List.of(some.split(" ", -1)));
        }
        command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
