package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ConfigLoader;

class DeployedConfigTest {
    @Test
    void the_configuration_of_docker_compose_is_sound_and_names_its_services() {
        Path file = Path.of(System.getProperty("offerstorm.root"), "deploy", "docker", "offerstorm.yaml");
        OfferstormConfig config = ConfigLoader.resolve(List.of(file), List.of()).config();

        assertThat(config.source().bootstrapServers()).isEqualTo("kafka:9092");
        assertThat(config.of(Redis.KIND).uri()).isEqualTo("redis://redis:6379");
        assertThat(config.of(Solr.KIND).url()).isEqualTo("http://solr:8983/solr");
        assertThat(config.of(Hdfs.KIND).uri()).isEqualTo("hdfs://namenode:8020");
    }
}
