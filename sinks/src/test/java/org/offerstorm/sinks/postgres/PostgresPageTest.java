package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** What docs/postgres.md says to run. */
final class PostgresPageTest {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    /** Offers and versions over a year, of which few are current, and most of this month; so many that indexes are worth it. */
    private static final String[] FILL = {
        "insert into offer_versions (id, epoch, partition, \"offset\", operation, valid_from, valid_to, is_current,"
                + " name, description) select 'offer-' || i, 1, 0, i, 'upsert', t, t + interval '1 hour', false, 'Name',"
                + " repeat('x', 500) from (select i, timestamptz '2026-01-01 00:00+00' + i * interval '30 minutes' as t"
                + " from generate_series(1, 16000) as i) as times",
        "insert into offers (id, epoch, partition, \"offset\", updated_at, continent, category, name, valid_through)"
                + " select 'offer-' || i, 1, 0, i, timestamptz '2026-01-01 00:00+00' + i * interval '30 minutes', 'EU',"
                + " 'Category ' || i % 500, 'Name', timestamptz '2027-01-01 00:00+00' + i * interval '30 minutes'"
                + " from generate_series(1, 16000) as i",
        "insert into offer_counts select category, continent, count(*) from offers group by 1, 2",
        "analyze offers",
        "analyze offer_versions",
        "analyze offer_counts"
    };

    private static final Pattern INDEX = Pattern.compile("-- uses (\\w+)");

    static List<String> queries() throws IOException {
        return Page.blocks("-- uses ");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_query_goes_by_the_index_that_the_page_names(String query) throws SQLException {
        Matcher named = INDEX.matcher(query);
        assertThat(named.find()).isTrue();
        String partitions = POSTGRES
                .rows("select inhrelid::regclass from pg_inherits where inhparent = '" + named.group(1) + "'::regclass")
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.joining("|"));
        POSTGRES.execute(FILL);
        assertThat(POSTGRES.rows("explain " + query).toString())
                .containsPattern(
                        "(Scan using|Index Scan on|Only Scan using) (" + named.group(1) + "|" + partitions + ")\\b")
                .doesNotContain("Seq Scan on offers");
        POSTGRES.rows(query);
    }

    @Test
    void a_query_over_days_reads_the_partition_of_their_month_alone() throws Exception {
        String query = Page.blocks("-- reads offer_versions_2026_11").get(0);
        POSTGRES.execute(FILL);
        assertThat(POSTGRES.rows("explain " + query).toString())
                .contains(" on offer_versions_2026_11 ")
                .doesNotContain(" on offer_versions_2026_10 ", " on offer_versions_default ");
        assertThat(POSTGRES.rows(query)).isEqualTo(List.of(List.of("upsert", "48")));
    }

    @Test
    void counting_again_repairs_the_counts() throws Exception {
        try (Sink sink = new PostgresSink(POSTGRES.config(), "g")) {
            ChunkBuilder log = new ChunkBuilder(RandomVersions.SOURCE);
            assertThat(sink.write(log.upsert("a", Cell.of("Tech", Continent.EU)).cut()))
                    .isEqualTo(new Done(1, 0));
            POSTGRES.execute(
                    "update offer_counts set live_offers = 7", "insert into offer_counts values ('X', 'EU', 1)");
            POSTGRES.execute("begin", Page.blocks("-- counts again").get(0), "commit");
            assertThat(POSTGRES.counts()).isEqualTo(Map.of("Tech|EU", 1L));
        }
    }
}
