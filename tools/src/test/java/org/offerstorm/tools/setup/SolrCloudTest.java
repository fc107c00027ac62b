package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.local.servers.EmbeddedZooKeeper;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrHealth;
import org.offerstorm.sinks.solr.SolrSetup;

/** A Solr in cloud mode, one node, over a real ZooKeeper. */
class SolrCloudTest {
    @TempDir
    private Path directory;

    @Test
    void setup_sends_the_configset_and_makes_the_collection() throws Exception {
        Path home = Files.createDirectories(directory.resolve("solr"));
        Files.writeString(home.resolve("solr.xml"), """
                <solr>
                  <solrcloud>
                    <str name="host">127.0.0.1</str>
                    <int name="hostPort">${hostPort:8983}</int>
                    <str name="hostContext">solr</str>
                    <int name="zkClientTimeout">30000</int>
                  </solrcloud>
                </solr>
                """);
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start(directory.resolve("zookeeper"), 0)) {
            Properties node = new Properties();
            node.setProperty("zkHost", zooKeeper.address());
            JettySolrRunner jetty = new JettySolrRunner(
                    home.toString(),
                    node,
                    JettyConfig.builder()
                            .setContext("/solr")
                            .setPort(0)
                            .stopAtShutdown(false)
                            .build());
            jetty.start(false);
            try {
                SolrConfig config = new SolrConfig(
                        "http://127.0.0.1:" + jetty.getLocalPort() + "/solr",
                        "jobs",
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1));

                assertThat(new SolrSetup(config).make()).isTrue();
                assertThat(new SolrSetup(config).make()).isFalse();
                List<Finding> findings = new ArrayList<>();
                new SolrHealth(config, Optional::empty, InstantSource.system()).run(findings::add);
                assertThat(findings).allMatch(finding -> finding.level() == Finding.Level.OK);
                assertThat(findings.get(0).message()).contains("cloud mode");
            } finally {
                jetty.stop();
            }
        }
    }
}
