package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.update.UpdateLog;
import org.apache.solr.util.TestInjection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** What the sink does when Solr, or a document, is not as it should be; on a real Solr. */
class SolrSinkTest {
    private static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 4);
    private static final Cell TECH_EU = Cell.of("Tech", Continent.EU);
    private static final Cell TECH_NA = Cell.of("Tech", Continent.NA);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final ChunkBuilder log = new ChunkBuilder(SOURCE);
    private EmbeddedSolr solr;
    private Sink sink;

    @BeforeEach
    void start() throws Exception {
        solr = EmbeddedSolr.start(directory, 0, Configset::copyTo);
        sink = SolrFixture.sink(solr.url());
    }

    @AfterEach
    void stop() {
        TestInjection.skipIndexWriterCommitOnClose = false;
        UpdateLog.testing_logReplayHook = null;
        sink.close();
        solr.close();
    }

    @Test
    void refused_document_is_rejected_alone() throws Exception {
        for (int i = 0; i < 500; i++) {
            log.upsert("offer-" + i, TECH_EU);
        }
        log.upsert("poisoned", TECH_EU).upsert(poisoned("poisoned"), TECH_NA); // the version before it stays
        for (int i = 500; i < 700; i++) {
            log.upsert("offer-" + i, TECH_NA);
        }
        log.upsert(poisoned("never good"), TECH_NA);
        Done done = (Done) sink.write(log.cut());
        assertThat(done.rejected())
                .extracting(rejection -> rejection.change().id())
                .containsExactly("poisoned", "never good");
        assertThat(done.rejected().get(0).detail())
                .contains("location", "123.0")
                .doesNotContain("\n");
        assertThat(done.written() + done.stale()).isEqualTo(701);
        assertThat(SolrFixture.counts(solr.url())).isEqualTo(Map.of(TECH_EU.key(), 501L, TECH_NA.key(), 200L));
    }

    @Test
    void what_solr_refuses_differs_from_what_it_takes_and_no_user_sees_the_question() throws Exception {
        SolrRefusals refusals = new SolrRefusals(SolrFixture.config(solr));
        Change sound = log.upsert("sound", TECH_EU).cut().items().get(0);
        Change odd = log.upsert(poisoned("odd"), TECH_EU).cut().items().get(0);
        Change deletion = log.delete("gone").cut().items().get(0);

        assertThat(refusals.refuses(sound)).isFalse();
        assertThat(refusals.refuses(odd)).isTrue();
        assertThat(refusals.refuses(odd)).isTrue();
        assertThat(refusals.refuses(deletion)).isFalse();
        assertThat(SolrFixture.counts(solr.url())).isEmpty();
        assertThat(SolrFixture.liveIds(solr.url())).isEmpty();
    }

    @Test
    void many_refused_in_a_row_hold_and_none_is_given_up() throws Exception {
        for (int i = 0; i < 11; i++) {
            log.upsert(poisoned("poisoned-" + i), TECH_EU);
        }
        Chunk<Change> chunk = log.cut();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(sink.write(chunk))
                    .isInstanceOfSatisfying(Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("in a row"));
        }
        // One by one they are as many.
        Chunk<Change> single = log.upsert(poisoned("one more"), TECH_EU).cut();
        assertThat(sink.write(single)).isInstanceOf(Retryable.class);
        // What Solr takes shows that it is sound.
        assertThat(sink.write(log.upsert("good", TECH_EU).cut())).isEqualTo(new Done(1, 0));
        assertThat(((Done) sink.write(single)).rejected()).hasSize(1);
    }

    @Test
    void missing_schema_field_holds_until_it_is_there() throws Exception {
        Path schema = directory.resolve(EmbeddedSolr.CORE).resolve("conf").resolve("schema.xml");
        String sound = Files.readString(schema);
        String broken = sound.replaceAll("<field name=\"company\"[^>]*>", "")
                .replaceAll("<copyField source=\"company\"[^>]*>", "");
        assertThat(broken).isNotEqualTo(sound);
        assertThat(sink.write(log.upsert("before", TECH_EU).cut())).isEqualTo(new Done(1, 0));

        Files.writeString(schema, broken);
        reload();
        Chunk<Change> chunk = log.upsert("a", TECH_EU).upsert("b", TECH_EU).cut();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(sink.write(chunk))
                    .isInstanceOfSatisfying(Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("even a valid document", "company", "schema"));
        }

        Files.writeString(schema, sound);
        reload();
        assertThat(sink.write(chunk)).isEqualTo(new Done(2, 0));
        assertThat(SolrFixture.counts(solr.url())).isEqualTo(Map.of(TECH_EU.key(), 3L));
    }

    @Test
    void details_come_back_as_they_were_sent() throws Exception {
        String url = "https://jobs.example.org/apply?id=1&x=\u00e9#<b>";
        Details all = new Details(
                "Tech",
                url,
                "L'Ha\u00ff-les-Roses",
                "FR",
                false,
                new Salary(0.1, 1e15 / 3, "EUR", "hour"),
                Instant.parse("2199-12-31T23:59:59.999Z").toEpochMilli(),
                List.of(
                        field("amount", FieldType.DECIMAL, -1.0 / 3),
                        field("at", FieldType.DATE, -1L),
                        field("code", FieldType.KEYWORD, "x".repeat(40_000)),
                        field("count", FieldType.INTEGER, 1L << 53),
                        field("note", FieldType.TEXT, "<script>alert(1)</script> " + "long ".repeat(10_000)),
                        field("remote_ok", FieldType.BOOLEAN, true),
                        field("skills", FieldType.KEYWORDS, List.of("Python", "C++", "python", "Python", "A b"))));
        Details some = new Details(
                null,
                null,
                null,
                "Cura\u00e7ao",
                null,
                new Salary(Double.NaN, 5, null, null),
                Offer.NO_DATE,
                List.of());
        Details none = new Details(null, null, null, null, null, null, Offer.NO_DATE, List.of());
        log.upsert(offer("all", all), TECH_EU)
                .upsert(offer("some", some), TECH_EU)
                .upsert(offer("none", none), TECH_EU)
                .upsert("plain", TECH_EU);

        assertThat(sink.write(log.cut())).isEqualTo(new Done(4, 0));

        new SolrCounts(SolrFixture.config(solr)).commit();
        Map<String, Details> stored = new HashMap<>();
        new SolrOffers(SolrFixture.config(solr))
                .forEach(List.of("all", "some", "none", "plain"), offer -> stored.put(offer.id(), offer.details()));
        assertThat(stored.get("all"))
                .isEqualTo(new Details(
                        null,
                        all.url(),
                        all.city(),
                        all.country(),
                        all.remote(),
                        all.salary(),
                        all.validThroughMillis(),
                        all.fields()));
        assertThat(stored.get("some")).isEqualTo(some);
        assertThat(stored.get("none")).isSameAs(Details.NONE);
        assertThat(stored.get("plain")).isSameAs(Details.NONE);
        assertThat(SolrFixture.documents(solr.url(), "/select?q=*:*&fq=valid_through:%5B*+TO+2200-01-01T00:00:00Z%5D"))
                .hasSize(1);
        assertThat(SolrFixture.documents(solr.url(), "/select?q=*:*&fq=valid_through:%5B*+TO+NOW%5D"))
                .isEmpty();
        // A correction without them takes them away.
        assertThat(sink.write(log.upsert("all", TECH_EU).cut())).isEqualTo(new Done(1, 0));
        new SolrCounts(SolrFixture.config(solr)).commit();
        new SolrOffers(SolrFixture.config(solr))
                .forEach(List.of("all"), offer -> assertThat(offer.details()).isSameAs(Details.NONE));
    }

    @Test
    void offers_without_details_bring_no_field_of_them_into_the_index() throws Exception {
        assertThat(sink.write(log.upsert("plain", TECH_EU).cut())).isEqualTo(new Done(1, 0));
        new SolrCounts(SolrFixture.config(solr)).commit();

        assertThat(indexed()).contains("name", "labels").noneMatch(OfferFields::isNewer);

        Details city = new Details(null, null, "Paris", null, null, null, Offer.NO_DATE, List.of());
        assertThat(sink.write(log.upsert(offer("in-paris", city), TECH_EU).cut()))
                .isEqualTo(new Done(1, 0));
        new SolrCounts(SolrFixture.config(solr)).commit();
        assertThat(indexed()).filteredOn(OfferFields::isNewer).containsExactly("city");
    }

    @Test
    void core_of_an_older_schema_holds_offers_with_details_and_gives_none_up() throws Exception {
        Path schema = directory.resolve(EmbeddedSolr.CORE).resolve("conf").resolve("schema.xml");
        String sound = Files.readString(schema);
        Files.writeString(
                schema,
                sound.replaceAll("<(copyField|dynamicField)[^>]*\"(field_\\w+\\*|city|country)\"[^>]*>", "")
                        .replaceAll("<field name=\"(url|salary_\\w+|city|country|remote|valid_through)\"[^>]*>", ""));
        reload();
        Details details = new Details(
                null,
                null,
                null,
                null,
                null,
                null,
                Offer.NO_DATE,
                List.of(field("skills", FieldType.KEYWORDS, List.of("Python"))));
        assertThat(sink.write(log.upsert("plain", TECH_EU).cut())).isEqualTo(new Done(1, 0));
        Chunk<Change> poison =
                log.upsert("good", TECH_EU).upsert(poisoned("poison"), TECH_EU).cut();
        assertThat(((Done) sink.write(poison)).rejected()).hasSize(1); // an old core judges what it can

        Chunk<Change> chunk = log.upsert("another", TECH_EU)
                .upsert(offer("detailed", details), TECH_EU)
                .cut();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(sink.write(chunk))
                    .isInstanceOfSatisfying(Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("even a valid document", "unknown field", "copy the files", "reload it"));
        }

        Files.writeString(schema, sound);
        reload();
        assertThat(((Done) sink.write(chunk)).rejected()).isEmpty();
        assertThat(SolrFixture.counts(solr.url())).isEqualTo(Map.of(TECH_EU.key(), 4L));
    }

    @Test
    void stopped_solr_holds_and_a_started_one_goes_on() throws Exception {
        assertThat(sink.write(log.upsert("a", TECH_EU).cut())).isEqualTo(new Done(1, 0));
        int port = URI.create(solr.url()).getPort();
        solr.close();
        Chunk<Change> chunk = log.upsert("a", TECH_NA).upsert("b", TECH_NA).cut();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(sink.write(chunk))
                    .isInstanceOfSatisfying(Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("127.0.0.1:" + port));
        }
        solr = EmbeddedSolr.start(directory, port, Configset::copyTo);
        assertThat(writeUntilDone(chunk)).isEqualTo(new Done(2, 0));
        assertThat(SolrFixture.counts(solr.url())).isEqualTo(Map.of(TECH_NA.key(), 2L));
    }

    @Test
    void missing_core_holds() {
        SolrConfig elsewhere = new SolrConfig(solr.url(), "jobs", SolrFixture.TIMEOUT, SolrFixture.COMMIT_WITHIN);
        try (Sink lost = new SolrSinkFactory(elsewhere).create(new SinkContext(0, 1, 1, "t", InstantSource.system()))) {
            assertThat(lost.write(log.upsert("a", TECH_EU).cut()))
                    .isInstanceOfSatisfying(Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("/solr/jobs", "conf/solr/offers"));
        }
    }

    /** While Solr replays its log it would take an old version for a new one, and keep it for good. */
    @Test
    void replay_of_the_update_log_is_waited_for() throws Exception {
        Chunk<Change> old = log.upsert("a", TECH_EU).cut();
        assertThat(sink.write(old)).isEqualTo(new Done(1, 0));
        assertThat(sink.write(log.upsert("a", TECH_NA).cut())).isEqualTo(new Done(1, 0));

        TestInjection.skipIndexWriterCommitOnClose = true; // stops as if killed
        solr.close();
        CountDownLatch replay = new CountDownLatch(1);
        UpdateLog.testing_logReplayHook = () -> {
            try {
                replay.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try {
            solr = EmbeddedSolr.start(directory, 0, Configset::copyTo);
            sink.close();
            sink = SolrFixture.sink(solr.url());
            assertThat(sink.write(old))
                    .isInstanceOfSatisfying(Retryable.class, retryable -> assertThat(retryable.message())
                            .contains("replaying its update log"));
        } finally {
            replay.countDown();
        }
        assertThat(writeUntilDone(old)).isEqualTo(new Done(0, 1));
        assertThat(SolrFixture.counts(solr.url())).isEqualTo(Map.of(TECH_NA.key(), 1L));
    }

    @Test
    void no_searcher_is_opened_for_a_chunk_but_changes_show_by_themselves() throws Exception {
        SolrConfig lazy = new SolrConfig(solr.url(), EmbeddedSolr.CORE, SolrFixture.TIMEOUT, Duration.ofSeconds(10));
        long before = SolrFixture.metric(solr.url(), "SEARCHER.new");
        try (Sink calm = new SolrSinkFactory(lazy).create(new SinkContext(0, 1, 1, "t", InstantSource.system()))) {
            for (int i = 0; i < 50; i++) {
                assertThat(calm.write(log.upsert("offer-" + i, TECH_EU).cut())).isEqualTo(new Done(1, 0));
            }
        }
        assertThat(SolrFixture.metric(solr.url(), "SEARCHER.new") - before).isLessThan(5);
        assertThat(sink.write(log.upsert("last", TECH_EU).cut())).isEqualTo(new Done(1, 0));
        await().atMost(LONG).until(() -> SolrFixture.liveIds(solr.url()).contains("last")); // nobody committed
    }

    @Test
    void users_find_neither_tombstones_nor_the_sinks_own_documents() throws Exception {
        Chunk<Change> chunk =
                log.upsert("a", TECH_EU).upsert("b", TECH_EU).delete("b").cut();
        sink.write(chunk);
        sink.write(chunk); // a replay, which writes the probe
        SolrFixture.counts(solr.url()); // commits
        assertThat(SolrFixture.documents(solr.url(), "/verify").getNumFound()).isEqualTo(4);
        assertThat(SolrFixture.liveIds(solr.url())).containsExactly("a");
        assertThat(SolrFixture.documents(solr.url(), "/select?q=deleted:true&defType=lucene"))
                .isEmpty();
        assertThat(SolrFixture.documents(solr.url(), "/select?q=probe")).isEmpty();
        assertThat(SolrFixture.documents(solr.url(), "/select?q=company"))
                .singleElement()
                .satisfies(
                        document -> assertThat(document.getFieldValue("name")).isEqualTo("Name of a"));
    }

    @Test
    void two_tasks_agree_on_the_source_and_share_the_core() throws Exception {
        SolrSinkFactory factory = new SolrSinkFactory(SolrFixture.config(solr));
        try (Sink first = factory.create(new SinkContext(0, 2, 2, "t", InstantSource.system()));
                Sink second = factory.create(new SinkContext(1, 2, 2, "t", InstantSource.system()))) {
            Chunk<Change> chunk = log.upsert("a", TECH_EU).delete("b").cut();
            assertThat(first.write(chunk)).isEqualTo(new Done(2, 0));
            assertThat(second.write(chunk)).isEqualTo(new Done(0, 2));
            assertThat(first.write(chunk)).isEqualTo(new Done(0, 2));
        }
    }

    private WriteResult writeUntilDone(Chunk<Change> chunk) {
        return await().atMost(LONG).until(() -> sink.write(chunk), Done.class::isInstance);
    }

    private void reload() throws Exception {
        SolrFixture.get(solr.url(), "/admin/cores?action=RELOAD&core=" + EmbeddedSolr.CORE);
    }

    /** The parser refuses such a latitude; Solr answers 400. */
    private static Offer poisoned(String id) {
        return new Offer(id, 7, "FULL_TIME", "Name of " + id, 123, 2.35, null, null, Offer.NO_DATE);
    }

    private static FieldValue field(String name, FieldType type, Object value) {
        return new FieldValue(new DataField(name, type, false), value);
    }

    private static Offer offer(String id, Details details) {
        return new Offer(id, 1, "CDI", "name", 48.85, 2.35, "company", "text", 0, details);
    }

    /** Names of all fields that the index has, in any segment. */
    private List<String> indexed() throws Exception {
        NamedList<?> fields =
                (NamedList<?>) SolrFixture.get(solr.url(), "/" + EmbeddedSolr.CORE + "/admin/luke?numTerms=0")
                        .get("fields");
        List<String> names = new ArrayList<>();
        fields.forEach((name, field) -> names.add(name));
        return names;
    }
}
