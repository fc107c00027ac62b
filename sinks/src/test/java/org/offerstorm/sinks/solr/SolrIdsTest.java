package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** The format of ids that the jar for Solr's servers brings: {@code offerstorm.solr.idType}. */
class SolrIdsTest {
    private static final Cell TECH_EU = Cell.of("Tech", Continent.EU);
    private static final Cell TECH_NA = Cell.of("Tech", Continent.NA);
    private static final Map<String, String> STOCK = Map.of();

    @TempDir
    Path directory;

    private final ChunkBuilder log = new ChunkBuilder(new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 4));

    @Test
    void a_stock_solr_needs_no_jar_and_ours_filters_ids() throws Exception {
        log.upsert("a", TECH_EU);
        write(STOCK, Map.of("Tech|EU", 1L), List.of(log.cut()));
        assertThat(formats()).containsExactly("Lucene912");

        log.upsert("b", TECH_EU);
        write(EmbeddedSolr.PROPERTIES, Map.of("Tech|EU", 2L), List.of(log.cut()));
        assertThat(formats()).contains("OfferIds");
    }

    @Test
    void versions_hold_while_a_core_changes_its_format_and_back() throws Exception {
        Chunk<Change> first = log.upsert("a", TECH_EU).upsert("b", TECH_EU).cut();
        Chunk<Change> second = log.upsert("a", TECH_NA).upsert("c", TECH_NA).cut();
        Chunk<Change> third = log.delete("b").upsert("c", TECH_EU).cut();

        write(STOCK, Map.of("Tech|EU", 2L), List.of(first));
        write(EmbeddedSolr.PROPERTIES, Map.of("Tech|EU", 1L, "Tech|NA", 2L), List.of(second, first));
        write(EmbeddedSolr.PROPERTIES, Map.of("Tech|EU", 1L, "Tech|NA", 1L), List.of(third, second, first));
        write(STOCK, Map.of("Tech|EU", 1L, "Tech|NA", 1L), List.of(first, second, third));
    }

    /** Writes each chunk to its own segment, by a Solr that has just started and so remembers nothing. */
    private void write(Map<String, String> properties, Map<String, Long> counts, List<Chunk<Change>> chunks)
            throws Exception {
        try (EmbeddedSolr solr = EmbeddedSolr.start(directory, 0, Configset::copyTo, properties)) {
            Sink sink = SolrFixture.sink(solr.url());
            try {
                for (Chunk<Change> chunk : chunks) {
                    assertThat(sink.write(chunk)).isInstanceOf(Done.class);
                    SolrFixture.counts(solr.url()); // commits
                }
                assertThat(SolrFixture.counts(solr.url())).isEqualTo(counts);
            } finally {
                sink.close();
            }
        }
    }

    private Set<String> formats() throws IOException {
        Set<String> formats = new TreeSet<>();
        try (Directory index =
                        FSDirectory.open(directory.resolve(EmbeddedSolr.CORE).resolve("data/index"));
                DirectoryReader reader = DirectoryReader.open(index)) {
            for (LeafReaderContext segment : reader.leaves()) {
                formats.add(
                        segment.reader().getFieldInfos().fieldInfo("id").getAttribute("PerFieldPostingsFormat.format"));
            }
        }
        return formats;
    }
}
