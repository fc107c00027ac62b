package org.offerstorm.topology.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.OfferBase;
import org.offerstorm.sinks.hdfs.StagedLog;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.topology.verify.LoadedStores.Answer;
import redis.clients.jedis.Jedis;

/** A topic whose first records were deleted: verify goes on from what the lake left of them. */
class TrimmedTopicTest {
    private static final long VERSION = 1L << 48;
    private static final String REMEDY =
            "; 'offerstorm lake verify', then 'offerstorm lake trim --keep TIME' writes it from the lake";

    @TempDir
    private static Path temp;

    private static LoadedStores stores;

    @BeforeAll
    static void start() throws Exception {
        stores = new LoadedStores(temp, true);
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
    }

    /** Of a, b and d nothing is left in the topic, nor of c but its deletion; e was corrected after the base was written. */
    @BeforeEach
    void loadAndTrim() throws Exception {
        stores.begin();
        stores.send(0, "a", offer("a", 48.86, 2.35));
        stores.send(0, "b", offer("b", 48.86, 2.35));
        stores.send(0, "c", offer("c", -1.29, 36.82));
        stores.send(0, "b", offer("b", -1.29, 36.82));
        stores.send(0, "c", null);
        stores.send(1, "d", offer("d", 40.71, -74.01));
        stores.send(1, "f", offer("f", 40.71, -74.01));
        stores.send(1, "f", null);
        stores.send(1, "e", offer("e", 40.71, -74.01));
        stores.load();
        write(5, 4);
        stores.send(1, "e", offer("e", 48.86, 2.35));
        stores.send(1, "e", "{\"id\":\"e\",\"name\":7}");
        stores.load();
        trim(4, 3);
    }

    @Test
    void what_was_trimmed_is_compared_with_the_base() throws Exception {
        String topic = stores.topic();

        Answer clean = stores.verify();
        assertThat(clean.lines())
                .containsExactly(
                        "the log of " + topic + "-0 begins at offset 4: offers that came before are compared with the"
                                + " lake, verified up to offset 5",
                        "the log of " + topic + "-1 begins at offset 3: offers that came before are compared with the"
                                + " lake, verified up to offset 4",
                        "postgres entries of records before this log, not judged: 7",
                        "hdfs entries of records before this log, not judged: 7",
                        "verify: 4 records, 4 live offers: redis, solr, postgres, hdfs and dead letters agree");
        assertThat(clean.exitCode()).isZero();

        try (Jedis redis = stores.redis()) {
            int somewhere = Integer.parseInt(redis.hget(stores.tag() + "cells", "Bâtiment|EU"));
            new StateEntry(stores.tag(), "a").remove(redis);
            new StateEntry(stores.tag(), "b").write(redis, VERSION | 1, somewhere);
            new StateEntry(stores.tag(), "f").write(redis, VERSION | 2, somewhere);
            new StateEntry(stores.tag(), "ghost").write(redis, VERSION | 2, 0);
            redis.hincrBy(stores.tag() + "counts", "Bâtiment|NA", 1);
        }
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:a OR id:b\"}}");
        stores.solr(
                "/update?commit=true",
                "[{\"id\":\"b\",\"version\":" + (VERSION | 3) + ",\"cell\":\"Bâtiment|AF\",\"category\":\"Bâtiment\","
                        + "\"continent\":\"AF\",\"name\":\"Another\"}]");
        stores.postgres(
                "update offers set company = 'x' where id = 'd'", "delete from offer_tombstones where id = 'f'");

        Answer answer = stores.verify();
        assertThat(answer.lines().subList(4, answer.lines().size()))
                .containsExactly(
                        "redis: 1 lost",
                        "  " + topic + "-0@0 \"a\": is nothing, must be Bâtiment|EU at offset 0",
                        "redis: 1 stale",
                        "  " + topic + "-0@3 \"b\": is Bâtiment|EU at offset 1, must be Bâtiment|AF at offset 3",
                        "redis: 1 resurrected",
                        "  " + topic + "-1@2 \"f\": is Bâtiment|EU at offset 2, must be deleted at offset 2",
                        "redis: 1 phantom",
                        "  an offer with hash …" + new StateEntry(stores.tag(), "ghost").hash()
                                + ": is deleted at offset 2, must be nothing",
                        "redis: 1 miscounted",
                        "  Bâtiment|NA: is 2, must be 1",
                        "solr: 1 lost",
                        "  " + topic + "-0@0 \"a\": is nothing, must be Bâtiment|EU at offset 0",
                        "solr: 1 different",
                        "  " + topic + "-0@3 \"b\": is profession_id null, must be 101",
                        "postgres: 1 lost",
                        "  " + topic + "-1@2 \"f\": is in neither of offers and offer_tombstones, must be deleted at"
                                + " offset 2",
                        "postgres: 1 different",
                        "  " + topic + "-1@0 \"d\": is company \"x\" in offers, must be \"Thé & Cie\"",
                        "verify: 4 records, 4 live offers: 9 anomalies");
        assertThat(answer.exitCode()).isEqualTo(1);
    }

    @Test
    void an_offer_that_solr_refused_before_the_trim_may_be_missing_there() throws Exception {
        stores.solr("/update?commit=true", "{\"delete\":{\"query\":\"id:a OR id:b\"}}");
        Source source = TopicIdentity.of(stores.config().source());
        stores.write(new DeadLetter(
                source, new SourcePosition(0, 0, 0), "a".getBytes(UTF_8), null, "solr", "sink_rejected", "too odd"));

        assertThat(stores.verify().lines())
                .contains(
                        "solr: 1 lost",
                        "  " + stores.topic() + "-0@3 \"b\": is nothing, must be Bâtiment|AF at offset 3");
    }

    @Test
    void a_base_that_is_missing_damaged_or_unfit_is_named_and_the_rest_is_compared() throws Exception {
        String base = directory() + "/base.avro";
        try (FileSystem hdfs = stores.hdfs()) {
            org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(base);
            byte[] bytes;
            try (var in = hdfs.open(file)) {
                bytes = in.readAllBytes();
            }

            overwrite(hdfs, file, bytes, bytes.length - 5);
            assertUnknown(base + " is damaged: it holds 0 of 6 offers" + REMEDY);
            overwrite(hdfs, file, bytes, 20);
            assertUnknown(base + " is damaged: its header has no property offerstorm.topic-id" + REMEDY);
            hdfs.delete(file, false);
            assertUnknown("the lake left no base in " + directory() + REMEDY);
        }
        write(5, 2);
        assertUnknown(
                "the base in " + directory() + " ends at offset 2 of partition 1, whose log begins at 3, so records"
                        + " between are known to neither" + REMEDY);
        write("another", 5, 4);
        String id = TopicIdentity.of(stores.config().source()).topicId();
        assertUnknown("the base in " + directory() + " is of topic id another, epoch 1, and not of " + id + ", epoch 1"
                + REMEDY);
    }

    private static void overwrite(FileSystem hdfs, org.apache.hadoop.fs.Path file, byte[] bytes, int length)
            throws Exception {
        try (FSDataOutputStream out = hdfs.create(file, true)) {
            out.write(bytes, 0, length);
        }
    }

    private static void assertUnknown(String problem) {
        Answer answer = stores.verify();
        assertThat(answer.lines())
                .contains(
                        "the log of " + stores.topic() + "-0 begins at offset 4: what came before cannot be judged",
                        problem,
                        "redis entries of records before this log, not judged: 4",
                        "verify: 4 records, 1 live offers: redis, solr, postgres, hdfs and dead letters agree");
        assertThat(answer.exitCode()).isZero();
    }

    private static String directory() {
        return stores.config().lake().basePath(stores.directory());
    }

    private static void write(long... next) throws Exception {
        write(TopicIdentity.of(stores.config().source()).topicId(), next);
    }

    /** As {@code lake trim} does, of what is staged. */
    private static void write(String topicId, long... next) throws Exception {
        HdfsConfig config = stores.config().of(Hdfs.KIND);
        Map<String, GenericRecord> newest = new TreeMap<>();
        TreeMap<Integer, Long> offsets = new TreeMap<>();
        for (int partition = 0; partition < next.length; partition++) {
            offsets.put(partition, next[partition]);
        }
        try (StagedLog log = new StagedLog(config)) {
            for (StagedLog.LogFile file : log.files()) {
                try (StagedLog.Blocks blocks = log.open(file)) {
                    List<GenericRecord> rows;
                    while ((rows = blocks.next()) != null) {
                        for (GenericRecord row : rows) {
                            if (offset(row) < offsets.get((Integer) row.get("partition"))) {
                                newest.merge(
                                        row.get("id").toString(),
                                        row,
                                        (one, other) -> offset(one) > offset(other) ? one : other);
                            }
                        }
                    }
                }
            }
        }
        OfferBase.write(
                config,
                directory(),
                new OfferBase.Cut(topicId, 1, offsets, newest.size()),
                newest.values().iterator());
    }

    private static long offset(GenericRecord row) {
        return (Long) row.get("offset");
    }

    private static void trim(long... begins) throws Exception {
        Map<TopicPartition, RecordsToDelete> below = new HashMap<>();
        for (int partition = 0; partition < begins.length; partition++) {
            below.put(new TopicPartition(stores.topic(), partition), RecordsToDelete.beforeOffset(begins[partition]));
        }
        try (Admin admin = stores.admin()) {
            admin.deleteRecords(below).all().get();
        }
    }

    private static String offer(String id, double latitude, double longitude) {
        return "{\"id\":\"" + id + "\",\"name\":\"Name of " + id + "\",\"profession_id\":101"
                + ",\"contract_type\":\"FULL_TIME\",\"office_latitude\":" + latitude + ",\"office_longitude\":"
                + longitude + ",\"company\":\"Thé & Cie\",\"published_at\":\"2026-03-01T09:30:00+01:00\"}";
    }
}
