package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSNNTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.WriteResult;

/** Two NameNodes of one nameservice, which the site's own files name. */
class HdfsNameserviceTest {
    private static final Chunk<Change> FIRST = Log.chunk(0, 0, 100);
    private static final Chunk<Change> SECOND = Log.chunk(0, 100, 100);
    private static final String LOOPBACK = "127.0.0.1";

    private final TestClock clock = new TestClock();

    @TempDir
    private Path temp;

    @Test
    void the_stream_goes_on_with_the_other_name_node_and_doctor_says_which_there_are() throws Exception {
        Path site = Files.createDirectory(temp.resolve("conf"));
        HdfsConfig config = config("hdfs://offers", site);
        try (MiniDFSCluster cluster = start()) {
            writeSite(cluster, site);
            cluster.transitionToActive(0);
            Log log = new Log(config);
            assertThat(findings(config)).noneMatch(finding -> finding.level() == Finding.Level.FAIL);
            try (HdfsSink sink = log.sink(clock)) {
                Log.writeUntilDone(sink, clock, FIRST);
                cluster.shutdownNameNode(0);

                assertThat(findings(config))
                        .filteredOn(finding -> finding.level() == Finding.Level.FAIL)
                        .extracting(Finding::message)
                        .singleElement()
                        .asString()
                        .startsWith("no NameNode of this nameservice is active: nn1 127.0.0.1:")
                        .contains(", nn2 127.0.0.1:");

                cluster.transitionToActive(1);
                Log.writeUntilDone(sink, clock, SECOND);
                Log.writeUntilDone(sink, clock, Log.drain());
            }
            log.assertHoldsExactly(List.of(FIRST, SECOND));
        }
    }

    @Test
    void a_directory_that_is_not_there_yet_holds_and_is_named() throws Exception {
        Path missing = temp.resolve("conf");
        HdfsConfig config = config("hdfs://offers", missing);
        try (HdfsSink sink = new HdfsSink(config, Log.context(clock))) {
            assertThat(sink.write(FIRST))
                    .isInstanceOfSatisfying(WriteResult.Retryable.class, result -> assertThat(result.toString())
                            .contains("hdfs.conf-dir: " + missing + " has neither core-site.xml nor hdfs-site.xml"));
        }
        assertThat(findings(config)).singleElement().satisfies(finding -> assertThat(finding.toString())
                .contains("has neither core-site.xml nor hdfs-site.xml on this machine"));
    }

    @Test
    void a_file_that_is_not_xml_is_named() throws Exception {
        Files.writeString(temp.resolve("hdfs-site.xml"), "<configuration><property>");

        assertThatThrownBy(() -> SiteFiles.read(config("hdfs://offers", temp)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("hdfs.conf-dir: a file in " + temp + " is not sound: ");
    }

    @Test
    void hdfs_properties_win_over_the_site_and_variables_are_replaced() throws Exception {
        Files.writeString(temp.resolve("core-site.xml"), """
                <configuration>
                  <property><name>where</name><value>rack-7</value></property>
                  <property><name>dfs.replication</name><value>2</value></property>
                  <property><name>note</name><value>${where}</value></property>
                </configuration>
                """);
        HdfsConfig config = config("hdfs://offers", temp);

        assertThat(SiteFiles.read(config)).containsEntry("note", "rack-7").containsEntry("dfs.replication", "2");
        assertThat(new ClientSettings(config).replication()).isEqualTo((short) 1);
    }

    private static HdfsConfig config(String uri, Path site) {
        return new HdfsConfig(
                uri,
                "/offerstorm",
                1 << 27,
                Duration.ofMinutes(10),
                HdfsIdentity.SIMPLE,
                site.toString(),
                Map.of("dfs.replication", "1"));
    }

    private static List<Finding> findings(HdfsConfig config) {
        List<Finding> found = new ArrayList<>();
        new HdfsHealth(config, "group-1", 1, Optional::empty, InstantSource.system()).run(found::add);
        return found.stream()
                .filter(finding -> !finding.toString().contains("hdfs directory"))
                .toList();
    }

    private MiniDFSCluster start() throws IOException {
        HdfsUser.ensure();
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.resolve("hdfs").toString());
        conf.set("dfs.namenode.rpc-bind-host", LOOPBACK);
        conf.set("dfs.namenode.http-bind-host", LOOPBACK);
        conf.set("dfs.datanode.hostname", LOOPBACK);
        for (String address : List.of("address", "http.address", "ipc.address")) {
            conf.set("dfs.datanode." + address, LOOPBACK + ":0");
        }
        return new MiniDFSCluster.Builder(conf)
                .nnTopology(MiniDFSNNTopology.simpleHATopology())
                .numDataNodes(1)
                .build();
    }

    private static void writeSite(MiniDFSCluster cluster, Path site) throws IOException {
        Configuration conf = new Configuration(false);
        conf.set("dfs.nameservices", "offers");
        conf.set("dfs.ha.namenodes.offers", "nn1,nn2");
        for (int i = 0; i < 2; i++) {
            conf.set(
                    "dfs.namenode.rpc-address.offers.nn" + (i + 1),
                    LOOPBACK + ":" + cluster.getNameNode(i).getNameNodeAddress().getPort());
        }
        conf.set(
                "dfs.client.failover.proxy.provider.offers",
                "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider");
        try (OutputStream file = Files.newOutputStream(site.resolve("hdfs-site.xml"))) {
            conf.writeXml(file);
        }
    }
}
