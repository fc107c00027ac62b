package org.offerstorm.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offerstorm.core.model.Continent.AF;
import static org.offerstorm.core.model.Continent.EU;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;

class ComparisonTest {
    private static final CountTable TABLE = table(1_500, 2);

    @Test
    void stores_agree_if_every_cell_is_the_same() {
        Comparison comparison = compare(TABLE, table(1_500, 2), table(1_500, 2));

        assertThat(comparison.agree()).isTrue();
        assertThat(comparison.verdict()).isEqualTo("Redis, Solr, HDFS agree in every cell: 1,502 offers.");
    }

    @Test
    void the_cells_that_differ_are_named_also_when_the_totals_are_the_same() {
        Comparison comparison = compare(TABLE, table(1_499, 3), TABLE);

        assertThat(comparison.agree()).isFalse();
        assertThat(comparison.verdict()).isEqualTo("""
                        Redis, Solr, HDFS differ in 2 cells:
                          Tech × AF: Redis 2, Solr 3, HDFS 2
                          Tech × EU: Redis 1,500, Solr 1,499, HDFS 1,500""");
    }

    @Test
    void tables_are_next_to_each_other_if_the_terminal_is_wide() {
        String text = compare(TABLE, TABLE, TABLE).render(100);

        assertThat(text)
                .startsWith("Redis                   |   Solr                    |   HDFS\n")
                .contains("EU       1,500  1,500   |   EU       1,500  1,500   |   EU       1,500  1,500\n");
        assertThat(text.lines()).hasSize(11);
    }

    @Test
    void tables_are_below_each_other_if_it_is_narrow() {
        String text = compare(TABLE, TABLE, TABLE).render(40);

        assertThat(text.lines()).hasSize(35).contains("Redis", "Solr", "HDFS", "EU       1,500  1,500");
    }

    private static CountTable table(long europe, long africa) {
        return CountTable.of(Map.of(Cell.of("Tech", EU), europe, Cell.of("Tech", AF), africa));
    }

    private static Comparison compare(CountTable redis, CountTable solr, CountTable hdfs) {
        Map<String, CountTable> tables = new LinkedHashMap<>();
        tables.put("Redis", redis);
        tables.put("Solr", solr);
        tables.put("HDFS", hdfs);
        return new Comparison(tables);
    }
}
