package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.demo.cli.DemoCommand;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.tools.cli.Console;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.report.CountTable;
import org.offerstorm.topology.cli.TopologyCommands;

/** {@code kill -9} of the whole demo process: servers, topology and producer at once. */
@Timeout(value = 12, unit = TimeUnit.MINUTES) // each of its waits has its own limit
class KillTest {
    /** Some seconds of work, so that the kill falls into the middle. */
    private static final String OFFERS = "60000";

    @TempDir
    private Path temp;

    @Test
    void a_demo_killed_in_the_middle_of_a_load_is_repaired_by_the_next() throws Exception {
        Path offers = temp.resolve("offers.ndjson");
        Path table = temp.resolve("expected.csv");
        Path data = temp.resolve("data");
        assertThat(TopologyCommands.commandLine()
                        .execute("generate", "--count=" + OFFERS, "--seed=7", "--out=" + offers, "--expected=" + table))
                .isZero();
        CountTable expected = Runs.expected(table);

        Process demo = start(data, offers);
        try {
            killInTheMiddle(demo, data);
            // Redis outlived it, and shows how far the stream had come.
            assertThat(counted(data)).isBetween(1L, expected.total() - 1);

            Runs.run(data, offers, Runs.WITH_POSTGRES, Map.of()).assertIs(expected);
        } finally {
            EmbeddedRedis.endOrphan(data.resolve(DemoServers.REDIS).toAbsolutePath());
            EmbeddedPostgres.endOrphan(data.resolve(DemoServers.POSTGRES));
        }
    }

    private static void killInTheMiddle(Process demo, Path data) throws InterruptedException {
        try {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        assertThat(demo.isAlive()).as("demo still runs").isTrue();
                        return counted(data) > 0;
                    });
        } finally {
            demo.destroyForcibly(); // SIGKILL
            assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private Process start(Path data, Path offers) throws IOException {
        List<String> flags = List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dofferstorm.home=" + Runs.ROOT.toRealPath());
        return new ProcessBuilder(JavaCommand.of(
                        flags,
                        Program.class.getName(),
                        List.of(
                                "demo",
                                "--offers=" + offers,
                                "--data-dir=" + data,
                                "--sinks=" + String.join(",", Runs.WITH_POSTGRES))))
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("demo.out").toFile())
                .start();
    }

    /** Offers that the demo's Redis counts now; 0 if it does not answer yet. */
    private static long counted(Path data) {
        Properties ports = new Properties();
        try (Reader file = Files.newBufferedReader(data.resolve("ports"))) {
            ports.load(file);
        } catch (IOException e) {
            return 0;
        }
        String port = ports.getProperty(DemoServers.REDIS);
        if (port == null) {
            return 0;
        }
        RedisConfig config = ConfigLoader.load(null, Map.of("redis.uri", "redis://127.0.0.1:" + port))
                .of(Redis.KIND);
        try (RedisCounts counts = new RedisCounts(config)) {
            return CountTable.of(counts.read()).total();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The demo in a separate process. */
    static final class Program {
        public static void main(String[] args) {
            System.exit(Console.execute(RootCommand.of(List.of(new DemoCommand())), args));
        }
    }
}
