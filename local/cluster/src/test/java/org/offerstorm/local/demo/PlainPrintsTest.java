package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.tools.report.CountTable;

class PlainPrintsTest {
    private final PlainPrints prints = new PlainPrints();

    @Test
    void a_table_that_changes_is_printed_at_each_tenth_look() {
        assertThat(prints.isDue(table(0), 0)).isFalse();
        assertThat(prints.isDue(table(1), 9)).isTrue();
        for (int look = 2; look <= 10; look++) {
            assertThat(prints.isDue(table(look), 9)).as("look %s", look).isFalse();
        }
        assertThat(prints.isDue(table(11), 9)).isTrue();
        for (int look = 12; look <= 30; look++) {
            assertThat(prints.isDue(table(11), 9)).as("look %s", look).isFalse();
        }
    }

    @Test
    void what_was_said_to_be_on_its_way_is_said_to_have_arrived_once() {
        assertThat(prints.isDue(table(400), 400)).isTrue();
        assertThat(prints.isDue(table(400), 100)).isFalse();
        assertThat(prints.isDue(table(400), 0)).isTrue();
        for (int look = 0; look < 20; look++) {
            assertThat(prints.isDue(table(400), 0)).as("look %s", look).isFalse();
        }
        assertThat(prints.isDue(table(401), 0)).isTrue();
        assertThat(prints.isDue(table(401), 0)).isFalse();
    }

    private static CountTable table(long count) {
        return count == 0 ? CountTable.of(Map.of()) : CountTable.of(Map.of(Cell.of("Tech", Continent.EU), count));
    }
}
