package org.offerstorm.local.trials.search;

/**
 * What a user has chosen.
 *
 * @param offers records to write before the queries
 * @param queries that are measured
 * @param rate offers a second while queries run
 * @param seed of the offers
 * @param heap of Solr's JVM, {@code 2g}
 */
public record SearchBenchOptions(int offers, int queries, int rate, long seed, String heap) {
    /** The fewest offers. */
    public static final int LEAST_OFFERS = LoadedIndex.CHUNK;

    /** The lowest rate: a record in each chunk of the writer. */
    public static final int LEAST_RATE = SteadyWriter.CHUNKS_A_SECOND;
}
