package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.secure.ClusterRole;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.figures.FiguresPort;
import org.offerstorm.tools.targets.ScrapeTarget;

class BlueprintTest {
    @TempDir
    private Path temporary;

    private ClusterDirectory directory;

    @BeforeEach
    void create() throws IOException {
        directory = ClusterDirectory.create(temporary.resolve("cluster"));
    }

    @Test
    void the_number_of_brokers_stays_as_it_was_made() throws IOException {
        assertThat(names(3)).contains("kafka-1", "kafka-2", "kafka-3");

        assertThat(names(0)).contains("kafka-3");
        assertThatThrownBy(() -> Blueprint.of(directory, 1))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("was made with 3 brokers");
    }

    @Test
    void each_server_has_its_own_ports() throws IOException {
        assertThat(Blueprint.of(directory, 3).servers().stream().flatMap(server -> server.ports().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_server_may_be_named_without_its_number_if_there_is_one_of_it() throws IOException {
        Blueprint blueprint = Blueprint.of(directory, 1);

        assertThat(blueprint.server("kafka").name()).isEqualTo("kafka-1");
        assertThat(blueprint.server("nimbus").name()).isEqualTo("nimbus");
        assertThatThrownBy(() -> blueprint.server("supervisor")).hasMessageContaining("more than one supervisor");
        assertThatThrownBy(() -> blueprint.server("hbase"))
                .hasMessageContaining("there is no hbase; choose one of zookeeper, redis");
    }

    @Test
    void every_slot_and_the_dashboard_are_targets_of_prometheus() throws IOException {
        Blueprint blueprint = Blueprint.of(directory, 1);
        PortFile ports = PortFile.read(directory.resolve("ports"));

        assertThat(blueprint.targets())
                .hasSize(5)
                .contains(
                        ScrapeTarget.slot("127.0.0.1", FiguresPort.of(ports.of("supervisor-1-slot-1"), 10_000)),
                        ScrapeTarget.slot("127.0.0.1", FiguresPort.of(ports.of("supervisor-2-slot-2"), 10_000)),
                        ScrapeTarget.dashboard("127.0.0.1:8080"));
    }

    @Test
    void the_configuration_that_it_writes_is_valid_and_names_every_server() throws IOException {
        Blueprint blueprint = Blueprint.of(directory, 2);
        Files.writeString(directory.configuration(), ConfigurationFile.text("of a test", blueprint.configuration()));

        OfferstormConfig config = ConfigLoader.load(directory.configuration(), Map.of());

        assertThat(config.source().bootstrapServers())
                .isEqualTo("127.0.0.1:" + port(blueprint, "kafka-1") + ",127.0.0.1:" + port(blueprint, "kafka-2"));
        assertThat(config.of(Redis.KIND).uri()).isEqualTo("redis://127.0.0.1:" + port(blueprint, "redis"));
        assertThat(config.of(Solr.KIND).url()).isEqualTo("http://127.0.0.1:" + port(blueprint, "solr") + "/solr");
        assertThat(config.of(Hdfs.KIND).uri()).isEqualTo("hdfs://127.0.0.1:" + port(blueprint, "namenode"));
        assertThat(config.topology().nimbus()).isEqualTo("127.0.0.1:" + port(blueprint, "nimbus"));
        assertThat(config.dashboard().workers()).isEqualTo(directory.targets().toString());
    }

    @Test
    void proxies_have_ports_of_the_cluster_that_stay_when_it_is_started_again() throws IOException {
        Blueprint.of(directory, new ClusterSettings(0, true, false, false, false));
        ProxyRoutes routes = ProxyRoutes.of(directory.root());

        Blueprint again = Blueprint.of(directory, 0);

        assertThat(ProxyRoutes.of(directory.root())).isEqualTo(routes);
        assertThat(routes.redis().server().getPort()).isEqualTo(port(again, "redis"));
        assertThat(again.server("kafka").ports())
                .contains(routes.kafka().server().getPort());
        assertThatThrownBy(() -> Blueprint.of(directory, new ClusterSettings(2, true, false, false, false)))
                .isInstanceOf(Failure.class);
    }

    @Test
    void a_cluster_with_postgres_keeps_it_and_has_a_proxy_for_it_if_it_is_proxied() throws IOException {
        assertThat(names(0)).doesNotContain("postgres");

        Blueprint.of(directory, new ClusterSettings(0, true, true, false, false));
        Blueprint again = Blueprint.of(directory, 0);

        ProxyRoutes.Route route = ProxyRoutes.of(directory.root()).postgres().orElseThrow();
        assertThat(route.server().getPort()).isEqualTo(port(again, "postgres"));
        assertThat(again.configuration())
                .containsEntry(
                        "postgres.url", "postgresql://offerstorm@127.0.0.1:" + port(again, "postgres") + "/offerstorm");
        assertThat(again.server("postgres").command())
                .contains(directory.resolve("postgres").toAbsolutePath() + "/programs/bin/postgres");
    }

    @Test
    void a_cluster_with_spark_keeps_it_on_127_0_0_1_alone() throws IOException {
        assertThat(names(0)).noneMatch(name -> name.startsWith("spark"));

        Blueprint.of(directory, new ClusterSettings(0, false, false, true, false));
        Blueprint again = Blueprint.of(directory, 0);

        assertThat(again.servers().stream().map(Server::name))
                .containsSubsequence("spark-master", "namenode", "spark-worker-1", "spark-worker-2");
        String url = "spark://127.0.0.1:" + port(again, "spark-master");
        assertThat(again.spark().orElseThrow().url()).isEqualTo(url);
        for (String name : List.of("spark-master", "spark-worker-1", "spark-worker-2")) {
            Server server = again.server(name);
            assertThat(server.command()).as(name).containsSequence("--host", "127.0.0.1");
            assertThat(server.environment()).as(name).containsEntry("SPARK_LOCAL_IP", "127.0.0.1");
        }
        assertThat(again.server("spark-worker-1").command()).endsWith(url);
    }

    @Test
    void a_closed_cluster_stays_closed_and_its_configuration_is_valid_and_names_no_secret() throws IOException {
        Blueprint.of(directory, new ClusterSettings(0, false, true, false, true));
        Blueprint again = Blueprint.of(directory, 0);
        Path passwords = directory.resolve("secure").resolve("passwords");

        for (Map<String, ?> settings : again.roles().values()) {
            Path role =
                    Files.writeString(temporary.resolve("role.yaml"), ConfigurationFile.text("of a test", settings));
            Files.writeString(directory.configuration(), ConfigurationFile.text("of a test", again.configuration()));
            ConfigLoader.resolve(List.of(directory.configuration(), role), List.of());
        }
        OfferstormConfig config = ConfigLoader.load(directory.configuration(), Map.of());
        assertThat(config.of(Redis.KIND).uri())
                .isEqualTo("rediss://offerstorm:${file:" + passwords.resolve("offerstorm") + "}@127.0.0.1:"
                        + port(again, "redis"));
        assertThat(again.roles().get(ClusterRole.WORKER)).containsOnlyKeys("redis.uri", "solr.url", "security.kafka");
        assertThat(again.roles().get(ClusterRole.WORKER).values())
                .allSatisfy(login -> assertThat(login.toString()).contains("offerstorm-worker"));
        assertThat(again.configuration().toString() + again.roles())
                .doesNotContain(Files.readString(passwords.resolve("offerstorm")))
                .doesNotContain(Files.readString(passwords.resolve("offerstorm-worker")));
    }

    @Test
    void open_wires_are_not_closed_later() throws IOException {
        Blueprint.of(directory, ClusterSettings.USUAL);

        assertThatThrownBy(() -> Blueprint.of(directory, new ClusterSettings(0, false, false, false, true)))
                .hasMessageContaining("made with open wires")
                .hasMessageContaining("--delete-data");
    }

    @Test
    void a_usual_cluster_has_no_proxies() throws IOException {
        Blueprint.of(directory, ClusterSettings.USUAL);

        assertThatThrownBy(() -> ProxyRoutes.of(directory.root())).hasMessageContaining("without proxies");
    }

    private List<String> names(int brokers) throws IOException {
        return Blueprint.of(directory, brokers).servers().stream()
                .map(Server::name)
                .toList();
    }

    private static int port(Blueprint blueprint, String server) {
        return blueprint.server(server).port();
    }
}
