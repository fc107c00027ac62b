package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.tools.terminal.LogFormat;
import org.yaml.snakeyaml.Yaml;

class StormHomeTest {
    @TempDir
    private Path temporary;

    @Test
    void supervisors_have_their_own_slots_ports_and_directories_and_share_the_rest() throws IOException {
        ClusterDirectory directory = ClusterDirectory.create(temporary.resolve("cluster"));
        PortFile ports = ports(directory);
        new StormHome(directory, ports).write(new StormHome.StormJars(List.of(), List.of()));

        Map<String, Object> common = yaml(directory, "storm.yaml");
        assertThat(common)
                .containsEntry("storm.zookeeper.servers", List.of("127.0.0.1"))
                .containsEntry("storm.zookeeper.port", ports.of("zookeeper"))
                .containsEntry("nimbus.seeds", List.of("127.0.0.1"))
                .containsEntry("nimbus.thrift.port", ports.of("nimbus"))
                .containsEntry("storm.local.hostname", "127.0.0.1");
        for (int number = 1; number <= 2; number++) {
            String name = "supervisor-" + number;
            Map<String, Object> supervisor = yaml(directory, name + ".yaml");
            assertThat(supervisor)
                    .containsEntry("supervisor.thrift.port", ports.of(name))
                    .containsEntry("storm.local.dir", directory.resolve(name).toString())
                    .containsEntry(
                            "supervisor.slots.ports", List.of(ports.of(name + "-slot-1"), ports.of(name + "-slot-2")));
            supervisor.keySet().removeAll(List.of("supervisor.thrift.port", "supervisor.slots.ports"));
            supervisor.put("storm.local.dir", common.get("storm.local.dir"));
            assertThat(supervisor).isEqualTo(common);
        }
    }

    @Test
    void a_supervisor_that_was_silent_does_not_ban_the_host_that_it_shares_with_the_others() throws IOException {
        ClusterDirectory directory = ClusterDirectory.create(temporary.resolve("cluster"));
        new StormHome(directory, ports(directory)).write(new StormHome.StormJars(List.of(), List.of()));

        assertThat(yaml(directory, "storm.yaml"))
                .containsEntry("blacklist.scheduler.tolerance.count", Integer.MAX_VALUE);
    }

    @Test
    void workers_get_no_flag_of_java_8() throws IOException {
        ClusterDirectory directory = ClusterDirectory.create(temporary.resolve("cluster"));
        new StormHome(directory, ports(directory)).write(new StormHome.StormJars(List.of(), List.of()));

        assertThat(yaml(directory, "supervisor-1.yaml").get("worker.childopts").toString())
                .contains("-Xmx%HEAP-MEM%m")
                .doesNotContain("PrintGC");
    }

    @Test
    void the_logging_of_workers_in_ecs_is_the_file_that_users_copy_into_their_storm() throws IOException {
        String ecs = StormHome.workerLogging(LogFormat.ECS);

        assertThat(ecs).isEqualTo(Files.readString(Path.of("../../deploy/storm-home/log4j2/worker.xml")));
        assertThat(StormHome.workerLogging(LogFormat.TEXT)).doesNotContain("JsonTemplateLayout");
    }

    @Test
    void a_line_of_a_worker_in_ecs_has_topology_component_task_and_chunk() throws Exception {
        Path file = temporary.resolve("worker.xml");
        Files.writeString(
                file,
                StormHome.workerLogging(LogFormat.ECS)
                        .replaceAll("\\$\\{sys:[^}]*}/?", "")
                        .replace("name=\"file\">", "name=\"file\">" + temporary.resolve("worker.log")));
        Map<String, String> fields =
                Map.of("topology", "t", "component", "solr-indexer", "task", "7", "chunk", "offers-0@[5,9)");
        try (LoggerContext context = Configurator.initialize("worker", null, file.toUri())) {
            fields.forEach(ThreadContext::put);
            context.getLogger("org.offerstorm.x").warn("held\nline two", new IllegalStateException("away"));
        } finally {
            ThreadContext.clearMap();
        }

        List<String> lines = Files.readAllLines(temporary.resolve("worker.log"));
        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        fields.forEach((name, value) -> assertThat(line.get(name).textValue()).isEqualTo(value));
        assertThat(line.get("@timestamp").textValue()).startsWith("20");
        assertThat(line.get("log.level").textValue()).isEqualTo("WARN");
        assertThat(line.get("message").textValue()).isEqualTo("held\nline two");
        assertThat(line.get("error.message").textValue()).isEqualTo("away");
    }

    @Test
    void lib_worker_holds_the_listed_jars_and_nothing_else_also_after_a_new_version() throws IOException {
        ClusterDirectory directory = ClusterDirectory.create(temporary.resolve("cluster"));
        Path jars = Files.createDirectories(temporary.resolve("jars"));
        Path old = Files.createFile(jars.resolve("storm-client-1.jar"));
        Path kept = Files.createFile(jars.resolve("kryo.jar"));
        Path now = Files.createFile(jars.resolve("storm-client-2.jar"));
        StormHome home = new StormHome(directory, ports(directory));

        home.write(new StormHome.StormJars(List.of(), List.of(old, kept)));
        home.write(new StormHome.StormJars(List.of(), List.of(now, kept)));

        try (Stream<Path> entries = Files.list(home.path().resolve("lib-worker"))) {
            assertThat(entries)
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .containsExactlyInAnyOrder("storm-client-2.jar", "kryo.jar");
        }
        assertThat(home.path().resolve("extlib")).isEmptyDirectory();
    }

    @Test
    void the_build_lists_storm_clients_own_jars_for_workers() throws IOException {
        StormHome.StormJars jars = StormHome.StormJars.ofBuild(Path.of(System.getProperty("offerstorm.root")));

        assertThat(jars.worker())
                .allSatisfy(jar -> assertThat(jar).isRegularFile())
                .map(jar -> jar.getFileName().toString())
                .anyMatch(name -> name.startsWith("storm-client-"))
                .anyMatch(name -> name.startsWith("kryo-"))
                .noneMatch(name -> name.matches("(offerstorm|kafka|hadoop|solr|jackson|jedis|avro|storm-server).*"));
        assertThat(jars.daemon())
                .map(jar -> jar.getFileName().toString())
                .anyMatch(name -> name.startsWith("storm-server-"))
                .noneMatch(name -> name.startsWith("offerstorm"));
    }

    @Test
    void texts_are_quoted_as_yaml_wants_it() {
        String text = StormHome.yaml(Map.of("a", List.of("x: \"y\" # \\z", 7)));

        assertThat(new Yaml().<Map<String, Object>>load(text)).isEqualTo(Map.of("a", List.of("x: \"y\" # \\z", 7)));
    }

    private static PortFile ports(ClusterDirectory directory) throws IOException {
        List<String> names = Stream.concat(OtherServers.PORTS.stream(), StormDaemons.portNames().stream())
                .toList();
        return PortFile.open(directory.resolve("ports"), names, new Random(3));
    }

    private static Map<String, Object> yaml(ClusterDirectory directory, String name) throws IOException {
        return new Yaml()
                .load(Files.readString(
                        directory.resolve("storm").resolve("conf").resolve(name)));
    }
}
