package org.offerstorm.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offerstorm.core.model.Continent.AF;
import static org.offerstorm.core.model.Continent.EU;
import static org.offerstorm.core.model.Continent.UNKNOWN;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.tools.report.CountTable.Difference;

class CountTableTest {
    private static final CountTable TABLE = CountTable.of(Map.of(
            Cell.of("Tech", EU), 1_402L,
            Cell.of("Tech", AF), 8L,
            Cell.of("Admin", EU), 3L,
            Cell.of(Cell.NO_PROFESSION, UNKNOWN), 2L,
            Cell.of(Cell.OTHER, EU), 1L,
            Cell.of("Gone", EU), 0L));

    @Test
    void has_named_categories_by_name_then_those_without_a_name() {
        assertThat(TABLE.categories()).containsExactly("Admin", "Tech", "(none)", "(other)");
    }

    @Test
    void sums_rows_columns_and_all() {
        assertThat(TABLE.totalOf("Tech")).isEqualTo(1_410);
        assertThat(TABLE.totalOf(EU)).isEqualTo(1_406);
        assertThat(TABLE.total()).isEqualTo(1_416);
        assertThat(TABLE.totalOf("Nobody")).isZero();
    }

    @Test
    void names_the_cells_that_differ() {
        CountTable other = CountTable.of(Map.of(
                Cell.of("Tech", EU), 1_400L,
                Cell.of("Tech", AF), 8L,
                Cell.of("Admin", EU), 3L,
                Cell.of("New", AF), 1L,
                Cell.of(Cell.NO_PROFESSION, UNKNOWN), 2L));

        assertThat(TABLE.differences(other))
                .containsExactly(
                        new Difference("New", AF, 0, 1),
                        new Difference("Tech", EU, 1_402, 1_400),
                        new Difference("(other)", EU, 1, 0));
        assertThat(TABLE.differences(TABLE)).isEmpty();
    }

    @Test
    void keeps_a_count_below_zero_for_it_shows_that_a_store_is_wrong() {
        CountTable wrong = CountTable.of(Map.of(Cell.of("Tech", EU), -1L));

        assertThat(wrong.total()).isEqualTo(-1);
        assertThat(wrong.differences(CountTable.of(Map.of()))).hasSize(1);
    }
}
