package org.offerstorm.local.trials.search;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.solr.SolrSinkFactory;

/**
 * What writing an index took.
 *
 * @param count records that were written
 * @param seconds until they were committed
 * @param cpu seconds of Solr's
 * @param bytes of the index for each live offer
 */
record LoadedIndex(int count, double seconds, double cpu, long bytes) {
    /** Records in a chunk. */
    static final int CHUNK = 1_000;

    private static final int RETRY_MILLIS = 100;

    /** The topology's own sink for a core. */
    static Sink sink(BenchSolr solr, Variant variant) {
        return new SolrSinkFactory(solr.config(variant))
                .create(new SinkContext(0, 1, 1, "bench", InstantSource.system()));
    }

    /** Writes so many records and commits them. */
    static LoadedIndex write(BenchSolr solr, Variant variant, Sink sink, BenchOffers offers, int count)
            throws IOException, InterruptedException {
        double cpu = solr.cpuSeconds();
        long start = System.nanoTime();
        for (int written = 0; written < count; written += CHUNK) {
            Chunk<Change> chunk = offers.next(Math.min(CHUNK, count - written));
            while (!(sink.write(chunk) instanceof Done)) {
                Thread.sleep(RETRY_MILLIS);
            }
        }
        solr.commit(variant);
        return new LoadedIndex(
                count,
                (System.nanoTime() - start) / 1e9,
                solr.cpuSeconds() - cpu,
                solr.indexBytes(variant) / Math.max(1, offers.live()));
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "loaded: %,d records in %.0f s: %,.0f/s; Solr %.1f CPU-s per million",
                count,
                seconds,
                count / seconds,
                cpu * 1e6 / count);
    }
}
