package org.offerstorm.local.demo;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.changes.ChangesCounts;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.StoredLetter;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsOffers;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.postgres.PostgresCounts;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.sinks.solr.SolrCounts;
import org.offerstorm.tools.report.Comparison;
import org.offerstorm.tools.report.CountTable;

/**
 * What the stores and the dead letters hold, read when everything produced is durable.
 *
 * @param comparison the table from Redis' counters, Solr's facets, the HDFS files, and the sinks besides, if they are there
 * @param rows in the HDFS files
 * @param doubledRows rows of a record (epoch, partition, offset) that has another row already; must be 0
 * @param letters dead letters by stage and reason
 */
record StoreTables(Comparison comparison, long rows, long doubledRows, Map<String, Long> letters) {
    /** @throws IOException if a store cannot be read */
    static StoreTables read(OfferstormConfig config) throws IOException {
        Map<String, CountTable> tables = new LinkedHashMap<>();
        try (RedisCounts redis = new RedisCounts(config.of(Redis.KIND))) {
            tables.put("Redis", CountTable.of(redis.read()));
        }
        SolrCounts solr = new SolrCounts(config.of(Solr.KIND));
        solr.commit();
        tables.put("Solr", CountTable.of(solr.read()));
        if (config.sinks().contains(Postgres.KIND)) {
            try (PostgresCounts postgres = new PostgresCounts(config.of(Postgres.KIND))) {
                tables.put(Postgres.KIND.title(), CountTable.of(postgres.read()));
            }
        }
        if (config.sinks().contains(Changes.KIND)) {
            ChangesConfig changes = config.of(Changes.KIND);
            ChangesCounts counts = new ChangesCounts(changes, changes.servers(config));
            tables.put(Changes.KIND.title(), CountTable.of(counts.read()));
        }
        RowCheck rows = new RowCheck();
        try (HdfsOffers hdfs = new HdfsOffers(config.of(Hdfs.KIND))) {
            tables.put("HDFS", CountTable.of(hdfs.table()));
            hdfs.forEach(row -> rows.add(row.partition(), row.version()));
        }
        return new StoreTables(new Comparison(tables), rows.all, rows.doubled, letters(config));
    }

    /**
     * Dead letters by stage and reason.
     *
     * @throws IOException if they cannot be read
     */
    static Map<String, Long> letters(OfferstormConfig config) throws IOException {
        Map<String, Long> letters = new TreeMap<>();
        DeadLetterReader deadLetters = new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters());
        for (StoredLetter stored : deadLetters.list()) {
            letters.merge(stored.letter().stage() + " " + stored.letter().reason(), 1L, Long::sum);
        }
        return letters;
    }

    /** {@code parse bad_json 3, parse bad_text 4}. */
    static String describe(Map<String, Long> letters) {
        return letters.entrySet().stream()
                .map(letter -> letter.getKey() + " " + letter.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The stores agree, and no record has two rows. */
    boolean sound() {
        return comparison.agree() && doubledRows == 0;
    }

    long deadLetters() {
        return letters.values().stream().mapToLong(Long::longValue).sum();
    }

    private static final class RowCheck {
        private final Map<Integer, Set<Long>> seen = new HashMap<>();
        private long all;
        private long doubled;

        /** A version is an epoch and an offset. */
        private void add(int partition, long version) {
            all++;
            if (!seen.computeIfAbsent(partition, p -> new HashSet<>()).add(version)) {
                doubled++;
            }
        }
    }
}
