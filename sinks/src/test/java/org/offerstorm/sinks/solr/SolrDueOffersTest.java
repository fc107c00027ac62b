package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.expiry.DueOffer;

/** Against a real Solr. */
class SolrDueOffersTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    static Path directory;

    private static EmbeddedSolr solr;
    private static SolrCore core;
    private static SolrDueOffers due;
    private static long version;

    @BeforeAll
    static void start() throws Exception {
        solr = EmbeddedSolr.start(directory, 0, Configset::copyTo);
        core = new SolrCore(SolrFixture.config(solr));
        due = new SolrDueOffers(SolrFixture.config(solr));
    }

    @AfterAll
    static void stop() {
        solr.close();
    }

    @BeforeEach
    void deleteAll() throws Exception {
        for (DueOffer offer : due.due(Instant.parse("2200-01-01T00:00:00Z"), 0, 10_000)) {
            add(OfferDocuments.tombstone(offer.id(), ++version));
        }
        visible();
    }

    @Test
    void due_are_live_offers_whose_time_ends_then_or_before_in_the_order_of_time() throws Exception {
        long first = live("second", NOON);
        live("later", NOON.plusMillis(1));
        live("forever", null);
        long second = live("first", NOON.minusSeconds(5));
        live("gone", NOON);
        add(OfferDocuments.tombstone("gone", ++version));
        visible();

        assertThat(due.due(NOON, 0, 10)).containsExactly(new DueOffer("first", second), new DueOffer("second", first));
        assertThat(due.due(NOON, 1, 10)).extracting(DueOffer::id).containsExactly("second");
        assertThat(due.due(NOON, 0, 1)).extracting(DueOffer::id).containsExactly("first");
    }

    @Test
    void a_clock_that_is_fast_ends_no_offer_before_solrs_clock_does() throws Exception {
        live("tomorrow", Instant.now().plus(Duration.ofDays(1)));
        visible();
        assertThat(due.due(Instant.now().plus(Duration.ofDays(30)), 0, 10)).isEmpty();
    }

    @Test
    void newest_leaves_out_what_was_corrected_or_deleted_though_nobody_finds_it_yet() throws Exception {
        live("extended", NOON);
        live("gone", NOON);
        live("due", NOON);
        visible();
        List<DueOffer> found = due.due(NOON, 0, 10);
        assertThat(found).hasSize(3);
        live("extended", NOON.plusSeconds(3600));
        add(OfferDocuments.tombstone("gone", ++version));

        assertThat(due.newest(found)).extracting(DueOffer::id).containsExactly("due");
    }

    @Test
    void ids_may_hold_anything_and_be_many() throws Exception {
        List<String> ids =
                new ArrayList<>(List.of("a,b", "a", "b", "c\\,d", "e\\", "\"q\"", "é,ü", "  x ", "*", "{!x}"));
        IntStream.range(0, 350).forEach(i -> ids.add("long," + "x".repeat(50) + i));
        for (String id : ids) {
            live(id, NOON);
        }
        visible();
        List<DueOffer> found = due.due(NOON, 0, 1_000);

        assertThat(found).extracting(DueOffer::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(due.newest(found)).isEqualTo(found);
    }

    @Test
    void an_outage_says_where() throws Exception {
        SolrDueOffers nowhere = new SolrDueOffers(SolrFixture.config("http://127.0.0.1:1/solr"));
        assertThatThrownBy(() -> nowhere.due(NOON, 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void statistics_tell_the_index_the_live_and_the_deleted() throws Exception {
        new Probe(core, 0, Instant::now).write(true, Deadline.after(Duration.ofSeconds(30)));
        add(OfferDocuments.tombstone(SourceGuard.ID, ++version));
        visible();
        Map<String, Long> before = statistics();
        live("stays", NOON);
        live("goes", NOON);
        visible();
        add(OfferDocuments.tombstone("goes", ++version));
        add(OfferDocuments.tombstone("never-came", ++version));
        visible();

        Map<String, Long> after = statistics();

        assertThat(after.get("documents_live")).isEqualTo(before.get("documents_live") + 1);
        assertThat(after.get("tombstones")).isEqualTo(before.get("tombstones") + 2);
        assertThat(after.get("segments")).isPositive();
        assertThat(after.get("documents_replaced")).isNotNegative();
        assertThat(after.get("index_bytes")).isBetween(1_000L, 100_000_000L);
    }

    private static Map<String, Long> statistics() throws IOException {
        try (SolrStatistics reader = new SolrStatistics(SolrFixture.config(solr))) {
            StoreStatistics read = reader.read();
            assertThat(read.missing()).isEmpty();
            assertThat(read.figures().get(0).unit()).isEqualTo(StoreStatistics.Unit.BYTES);
            return read.figures().stream()
                    .collect(Collectors.toMap(StoreStatistics.Figure::name, StoreStatistics.Figure::value));
        }
    }

    @SuppressWarnings("JavaUtilDate") // javabin's type for a date
    private static long live(String id, Instant until) throws IOException {
        Offer offer =
                new Offer(id, Offer.NO_PROFESSION, null, "name", Double.NaN, Double.NaN, null, null, Offer.NO_DATE);
        SolrInputDocument document = OfferDocuments.live(offer, Cell.of("Tech", Continent.EU), ++version);
        if (until != null) {
            document.setField(OfferFields.VALID_THROUGH, Date.from(until));
        }
        add(document);
        return version;
    }

    private static void add(SolrInputDocument document) throws IOException {
        core.add(List.of(document), 10_000, Deadline.after(Duration.ofSeconds(30)));
    }

    private static void visible() throws IOException {
        new SolrCounts(SolrFixture.config(solr)).commit();
    }
}
