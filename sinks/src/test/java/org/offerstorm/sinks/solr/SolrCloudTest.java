package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.solr.common.util.NamedList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.local.servers.EmbeddedZooKeeper;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** A cloud of two nodes with a replica of the collection each; the sink is given the node that does not lead. */
class SolrCloudTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);
    private static final Cell CELL = Cell.of("Tech", Continent.EU);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CHUNKS = 10;

    @TempDir
    private static Path directory;

    private static EmbeddedZooKeeper zooKeeper;
    private static EmbeddedSolr one;
    private static EmbeddedSolr two;

    @BeforeAll
    static void start() throws Exception {
        zooKeeper = EmbeddedZooKeeper.start(directory.resolve("zookeeper"), 0);
        one = EmbeddedSolr.startNode(directory.resolve("one"), zooKeeper.address());
        two = EmbeddedSolr.startNode(directory.resolve("two"), zooKeeper.address());
        SolrCore core = core(one.url());
        core.postToNode("/admin/configs", Map.of("action", "UPLOAD", "name", "offers"), Configset.zip(), deadline());
        core.getFromNode(
                "/admin/collections",
                Map.of(
                        "action", "CREATE",
                        "name", EmbeddedSolr.CORE,
                        "collection.configName", "offers",
                        "numShards", "1",
                        "replicationFactor", "2",
                        "waitForFinalState", "true"),
                deadline());
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        zooKeeper.close();
    }

    @Test
    void the_leaders_log_is_flushed_before_a_chunk_is_done_and_a_new_leader_goes_on() throws Exception {
        ShardLeader leader = core(one.url()).leaders(deadline()).get(0);
        boolean oneLeads = leader.node().equals(one.url());
        String other = oneLeads ? two.url() : one.url();
        SolrCore core = core(other);
        ChunkBuilder log = new ChunkBuilder(SOURCE);
        long before = reads(core, leader);
        try (Sink sink =
                new SolrSinkFactory(config(other)).create(new SinkContext(0, 1, 1, "test", InstantSource.system()))) {
            for (int i = 0; i < CHUNKS; i++) {
                assertThat(sink.write(log.upsert("a" + i, CELL).cut())).isEqualTo(new Done(1, 0));
            }
            assertThat(reads(core, leader) - before).isGreaterThanOrEqualTo(CHUNKS);
            assertThat(core.document(SourceGuard.ID, OfferFields.SOURCE, deadline()))
                    .isNotNull();

            (oneLeads ? one : two).close();

            var next = log.upsert("b", CELL).cut();
            await().atMost(PATIENCE).until(() -> sink.write(next) instanceof Done);
            assertThat(core.leaders(deadline())).singleElement().satisfies(now -> assertThat(now.node())
                    .isEqualTo(other));
            for (int i = 0; i < CHUNKS; i++) {
                assertThat(core.document("a" + i, OfferFields.VERSION, deadline()))
                        .isNotNull();
            }
            WriteResult stale =
                    sink.write(new ChunkBuilder(SOURCE).upsert("a0", CELL).cut());
            assertThat(stale).isEqualTo(new Done(0, 1));
        }
    }

    /** How often the leader's own core was asked for what its update log has. */
    private static long reads(SolrCore core, ShardLeader leader) throws IOException {
        String key = leader.metrics() + ":QUERY./get.requests";
        NamedList<?> metrics =
                (NamedList<?>) core.getFromNodeOf(leader, "/admin/metrics", Map.of("key", key), deadline())
                        .get("metrics");
        return ((Number) metrics.get(key)).longValue();
    }

    private static SolrCore core(String url) {
        return new SolrCore(config(url));
    }

    private static SolrConfig config(String url) {
        return new SolrConfig(url, EmbeddedSolr.CORE, SolrFixture.TIMEOUT, SolrFixture.COMMIT_WITHIN);
    }

    private static Deadline deadline() {
        return Deadline.after(PATIENCE);
    }
}
