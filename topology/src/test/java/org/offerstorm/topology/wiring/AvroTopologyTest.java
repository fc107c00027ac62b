package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.bolts.testing.FeedSpout;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.HoldCause;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.formats.testing.RegistryStub;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.memory.InMemoryDeadLetters;
import org.offerstorm.sinks.memory.InMemorySink;
import org.offerstorm.sinks.memory.InMemoryStore;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.mapping.MappingFile;

/** Records in Avro through the whole wiring: what is counted, what becomes a dead letter, and what a registry's outage holds. */
class AvroTopologyTest {
    private static final String NAME = AvroTopologyTest.class.getName();
    private static final Source SOURCE = new Source("jobs", "topic-id", 1, 1);
    private static final double PARIS = 48.86;
    private static final double NAIROBI = -1.29;
    private static final int FIRST = 7;
    private static final int SECOND = 8;

    private static final Schema JOB = RegistryStub.schema("""
            {"type":"record","name":"Job","namespace":"jobs","fields":[
              {"name":"title","type":"string"},
              {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["CDI","CDD"]}},
              {"name":"geo","type":["null",{"type":"record","name":"Geo","fields":[
                {"name":"lat","type":"double"},{"name":"lon","type":"double"}]}]},
              {"name":"posted","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"logo","type":"bytes"}]}""");

    private final OfferstormConfig config =
            ConfigLoader.resolve(List.of(), List.of("topology.parse-tasks=1")).config();
    private final RegistryStub registry = new RegistryStub();

    @TempDir
    private Path directory;

    private String secret;
    private TopologyDriver driver;
    private long offset;

    @BeforeEach
    void start() throws IOException {
        secret = "${file:" + Files.writeString(directory.resolve("secret"), "Xq7vTTr0ub4dor\n") + "}";
        registry.register(FIRST, JOB.toString()).register(SECOND, JOB.toString());
        StormTopology topology = topology();
        driver = TopologyDriver.start(topology, new HashMap<>(OffersTopology.stormConfig(config)));
    }

    private StormTopology topology() throws IOException {
        Map<SinkKind<?>, SinkFactory> sinks = new LinkedHashMap<>();
        for (SinkKind<?> sink : Sinks.ALL) {
            sinks.put(sink, InMemorySink.factory(sink.name(), storeName(sink)));
        }
        DataSet dataSet = new DataSet(
                ProfessionsReader.read(
                        new ByteArrayInputStream("id,name,category_name\n1,Developer,Tech\n".getBytes(UTF_8)), "test"),
                MappingFile.parse("""
                        value: {format: avro, registry: "%s", user: ann, password: "%s"}
                        offer:
                          name: title
                          contract_type: {from: kind, values: {CDI: permanent, "*": other}}
                          office_latitude: /geo/lat
                          office_longitude: /geo/lon
                          published_at: posted
                        """.replaceFirst("%s", registry.url()).replace("%s", secret), "m"));
        return OffersTopology.wire(
                config,
                new OffersTopology.Parts(
                        new FeedSpout(NAME),
                        InMemoryDeadLetters.factory(NAME),
                        dataSet,
                        () -> (latitude, longitude) -> latitude > 0 ? Continent.EU : Continent.AF,
                        sinks));
    }

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
        FeedSpout.feed(NAME).clear();
        InMemoryDeadLetters.forget(NAME);
        for (SinkKind<?> sink : Sinks.ALL) {
            InMemoryStore.forget(storeName(sink));
        }
    }

    @Test
    void offers_corrections_and_deletions_are_counted_in_every_sink() {
        feed(job("a", FIRST, PARIS), job("b", SECOND, NAIROBI), job("c", FIRST, PARIS));
        feed(job("a", FIRST, NAIROBI), new Row("c", null));
        driver.run();
        eventuallyAcked(2);

        assertEverySinkCounts(Map.of("(none)|AF", 2L));
        assertThat(driver.acked()).isEqualTo(2);
        assertThat(letters()).isEmpty();
        assertThat(registry.requests()).containsExactly("/schemas/ids/7", "/schemas/ids/8");
        String header =
                "Basic " + Base64.getEncoder().encodeToString("ann:Xq7vTTr0ub4dor".getBytes(StandardCharsets.UTF_8));
        assertThat(registry.authorizations()).containsOnly(header);
    }

    @Test
    void what_cannot_be_read_lies_in_the_dead_letters_byte_for_byte_and_its_neighbours_count() {
        byte[] good = job("x", FIRST, PARIS).value;
        byte[] cut = Arrays.copyOf(good, good.length - 3);
        byte[] json = "{\"title\":\"n\"}".getBytes(UTF_8);
        byte[] unknown = RegistryStub.framed(99, new byte[] {0});
        byte[] blankTitle = job("x", " ", FIRST, PARIS).value;
        feed(
                job("a", FIRST, PARIS),
                new Row("x1", json),
                new Row("x2", unknown),
                new Row("x3", cut),
                new Row("x4", new byte[] {0, 0, 0}),
                new Row("x5", new byte[0]),
                new Row("x6", blankTitle),
                new Row(null, good),
                job("b", FIRST, PARIS));
        driver.run();
        eventuallyAcked(1);

        assertEverySinkCounts(Map.of("(none)|EU", 2L));
        assertThat(letters())
                .extracting(DeadLetter::reason)
                .containsExactly(
                        "bad_avro", "bad_avro", "bad_avro", "bad_avro", "empty_value", "missing_field", "key_missing");
        assertThat(letters())
                .extracting(DeadLetter::value)
                .containsExactly(json, unknown, cut, new byte[] {0, 0, 0}, new byte[0], blankTitle, good);
        assertThat(letters().get(0).detail()).contains("it seems to be JSON");
        assertThat(letters().get(1).detail()).contains("no schema of the value's id, 99");
        assertThat(letters().get(2).detail()).contains("at byte ", "(field \"logo\")");
    }

    @Test
    void while_the_registry_is_away_nothing_is_acked_failed_or_emitted_and_then_it_goes_on_by_itself() {
        registry.stop();
        feed(new Row("bad", new byte[] {1}), job("a", FIRST, PARIS));
        feed(job("b", FIRST, PARIS), new Row("bad", new byte[] {1}));
        driver.run();
        driver.expireForgotten();
        for (int timeout = 0; timeout < 5; timeout++) { // each time-out of Storm finds all of it kept alive
            driver.tick();
            driver.expireForgotten();
        }

        assertThat(driver.acked()).isZero();
        assertThat(driver.failed()).isZero();
        assertThat(letters()).isEmpty();
        for (SinkKind<?> sink : Sinks.ALL) {
            assertThat(store(sink).coverage()).as(sink.name()).isEmpty(); // no chunk came
        }
        assertThat(driver.gauge(TopologyNames.PARSE, TopologyNames.METRIC_HELD)).isEqualTo(List.of(2));
        assertThat(driver.gauge(TopologyNames.PARSE, TopologyNames.METRIC_PROBLEM))
                .asString()
                .contains("the schema registry " + registry.url(), "no connection")
                .doesNotContain("Xq7v");
        assertThat(driver.gauge(TopologyNames.PARSE, TopologyNames.METRIC_CAUSE))
                .isEqualTo(List.of(HoldCause.REGISTRY.code()));

        registry.startAgain();
        eventuallyAcked(2);
        assertEverySinkCounts(Map.of("(none)|EU", 2L));
        assertThat(letters()).extracting(DeadLetter::letterKey).containsExactly("1/jobs/0/0", "1/jobs/0/3");
        assertThat(driver.counter(TopologyNames.PARSE, TopologyNames.METRIC_REJECTED))
                .isEqualTo(2);
        assertThat(driver.counter(Redis.KIND.component(), TopologyNames.METRIC_WRITTEN))
                .isEqualTo(2);
        assertThat(driver.counter(Redis.KIND.component(), TopologyNames.METRIC_STALE))
                .isZero();
        assertThat(driver.gauge(TopologyNames.PARSE, TopologyNames.METRIC_HELD)).isEqualTo(List.of(0));
    }

    @Test
    void known_schemas_need_no_registry_and_an_unknown_one_holds_its_chunk_and_those_behind_it() {
        feed(job("a", FIRST, PARIS));
        driver.run();
        registry.answerInstead(503, "{\"error_code\":50301,\"message\":\"starting\"}");
        feed(job("b", FIRST, PARIS));
        driver.run();
        eventuallyAcked(2);

        feed(job("c", FIRST, NAIROBI), new Row("bad", new byte[] {1}), job("d", SECOND, NAIROBI));
        feed(job("e", FIRST, NAIROBI));
        driver.run();
        driver.tick();
        assertEverySinkCounts(Map.of("(none)|EU", 2L));
        assertThat(driver.gauge(TopologyNames.PARSE, TopologyNames.METRIC_PROBLEM))
                .asString()
                .contains("status 503", "\"starting\"");

        registry.answerInstead(null);
        eventuallyAcked(4);
        assertEverySinkCounts(Map.of("(none)|EU", 2L, "(none)|AF", 3L));
        assertThat(letters()).extracting(DeadLetter::reason).containsExactly("bad_avro");
        assertThat(driver.counter(TopologyNames.PARSE, TopologyNames.METRIC_REJECTED))
                .isEqualTo(1);
    }

    @Test
    void a_wrong_password_holds_and_loses_nothing() {
        registry.answerInstead(401, "{\"error_code\":40101,\"message\":\"Unauthorized\"}");
        feed(job("a", FIRST, PARIS));
        driver.run();
        driver.tick();

        assertThat(driver.acked()).isZero();
        assertThat(letters()).isEmpty();
        assertThat(driver.gauge(TopologyNames.PARSE, TopologyNames.METRIC_PROBLEM))
                .asString()
                .contains("are user and password right");

        registry.answerInstead(null);
        eventuallyAcked(1);
        assertEverySinkCounts(Map.of("(none)|EU", 1L));
    }

    @Test
    void while_only_the_dead_letters_are_away_the_chunks_behind_are_counted() {
        InMemoryDeadLetters.named(NAME).setOutage("the topic is away");
        feed(new Row("bad", new byte[] {1}), job("a", FIRST, PARIS));
        feed(job("b", FIRST, PARIS));
        driver.run();
        driver.tick(); // a store that was slow, if only because the machine paused, goes on with the next one

        assertEverySinkCounts(Map.of("(none)|EU", 2L));
        assertThat(driver.acked()).isZero();
        assertThat(driver.gauge(TopologyNames.PARSE, TopologyNames.METRIC_CAUSE))
                .isEqualTo(List.of(HoldCause.DEAD_LETTERS.code()));
        InMemoryDeadLetters.named(NAME).setOutage(null);
        eventuallyAcked(2);
        assertThat(driver.counter(Redis.KIND.component(), TopologyNames.METRIC_STALE))
                .isZero();
    }

    @Test
    void the_topology_holds_the_reference_to_the_password_alone() throws IOException {
        String serialized = new String(Utils.thriftSerialize(topology()), StandardCharsets.ISO_8859_1);

        assertThat(serialized).contains(secret, registry.url()).doesNotContain("Xq7v");
    }

    private void eventuallyAcked(long chunks) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    driver.tick();
                    driver.run();
                    return driver.acked() >= chunks;
                });
        assertThat(driver.acked()).isEqualTo(chunks);
    }

    private void assertEverySinkCounts(Map<String, Long> expected) {
        for (SinkKind<?> sink : Sinks.ALL) {
            assertThat(store(sink).counts()).as(sink.name()).isEqualTo(expected);
        }
    }

    private static List<DeadLetter> letters() {
        return InMemoryDeadLetters.named(NAME).letters();
    }

    private void feed(Row... rows) {
        List<SourceRecord> records = new ArrayList<>();
        long from = offset;
        for (Row row : rows) {
            byte[] key = row.id == null ? null : row.id.getBytes(UTF_8);
            records.add(new SourceRecord(new SourcePosition(0, offset++, 1_767_225_600_000L), key, row.value));
        }
        FeedSpout.feed(NAME)
                .addLast(new Chunk<>(
                        new ChunkHeader(
                                SOURCE, 0, 1, List.of(new OffsetRange(0, from, offset, from == 0)), List.of(), false),
                        records));
    }

    private static Row job(String id, int schema, double latitude) {
        return job(id, "Developer", schema, latitude);
    }

    private static Row job(String id, String title, int schema, double latitude) {
        GenericRecord geo =
                new GenericData.Record(JOB.getField("geo").schema().getTypes().get(1));
        geo.put("lat", latitude);
        geo.put("lon", 2.35);
        GenericRecord job = new GenericData.Record(JOB);
        job.put("title", title);
        job.put("kind", new GenericData.EnumSymbol(JOB.getField("kind").schema(), "CDI"));
        job.put("geo", geo);
        job.put("posted", 1_767_225_600_000L);
        job.put("logo", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        return new Row(id, RegistryStub.framed(schema, job));
    }

    private static InMemoryStore store(SinkKind<?> sink) {
        return InMemoryStore.named(storeName(sink));
    }

    private static String storeName(SinkKind<?> sink) {
        return NAME + "/" + sink;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(String id, byte[] value) {}
}
