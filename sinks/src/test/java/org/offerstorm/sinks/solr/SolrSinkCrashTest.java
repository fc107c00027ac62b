package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** Solr is killed, as by kill -9, while a sink writes. */
class SolrSinkCrashTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 4);
    private static final Cell CELL = Cell.of("Tech", Continent.EU);
    private static final int CHUNKS = 20;
    private static final int CHUNK_SIZE = 200;
    /** Many hard commits, because a kill during one once lost what the sink had acked. */
    private static final String COMMITS = "-Dofferstorm.solr.autoCommitMillis=20";

    @TempDir
    Path directory;

    private final ChunkBuilder log = new ChunkBuilder(SOURCE);
    private final Set<String> acked = new TreeSet<>();
    private int next;

    @Test
    void every_acked_offer_survives_a_kill_between_two_chunks() throws Exception {
        int port;
        try (SolrProcess solr = SolrProcess.start(directory, 0, COMMITS)) {
            port = URI.create(solr.url()).getPort();
            try (Sink sink = SolrFixture.sink(solr.url())) {
                for (int i = 0; i < CHUNKS; i++) {
                    assertThat(write(sink, nextChunk())).isTrue();
                }
            }
        }
        goOn(port, nextChunk());
    }

    @Test
    void every_acked_offer_survives_a_kill_during_a_write() throws Exception {
        int port;
        Chunk<Change> interrupted;
        try (SolrProcess solr = SolrProcess.start(directory, 0, COMMITS)) {
            port = URI.create(solr.url()).getPort();
            try (Sink sink = SolrFixture.sink(solr.url())) {
                interrupted = writeUntilKilled(solr, sink);
            }
        }
        goOn(port, interrupted);
    }

    /** Starts Solr again, offers the chunk until it is taken, and compares. */
    private void goOn(int port, Chunk<Change> chunk) throws Exception {
        try (SolrProcess solr = SolrProcess.start(directory, port);
                Sink sink = SolrFixture.sink(solr.url())) {
            while (!write(sink, chunk)) {
                TimeUnit.MILLISECONDS.sleep(100); // it still replays its update log
            }
            SolrFixture.counts(solr.url()); // commits
            assertThat(SolrFixture.liveIds(solr.url())).containsExactlyElementsOf(acked);
        }
    }

    /** Writes in this thread; another kills Solr when so many chunks are acked. Returns the chunk that was not. */
    private Chunk<Change> writeUntilKilled(SolrProcess solr, Sink sink) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(CHUNKS);
        Thread killer = new Thread(() -> {
            try {
                enough.await();
                solr.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.start();
        Chunk<Change> chunk = nextChunk();
        while (write(sink, chunk)) {
            enough.countDown();
            chunk = nextChunk();
        }
        killer.join();
        return chunk;
    }

    private Chunk<Change> nextChunk() {
        for (int i = 0; i < CHUNK_SIZE; i++) {
            log.upsert("offer-" + next++, CELL);
        }
        return log.cut();
    }

    private boolean write(Sink sink, Chunk<Change> chunk) {
        boolean done = sink.write(chunk) instanceof Done;
        if (done) {
            chunk.items().forEach(change -> acked.add(change.id()));
        }
        return done;
    }
}
