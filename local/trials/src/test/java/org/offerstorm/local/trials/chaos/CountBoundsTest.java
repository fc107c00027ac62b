package org.offerstorm.local.trials.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.tools.generate.Event;

class CountBoundsTest {
    private static final Cell TECH = Cell.of("Tech", Continent.EU);
    private static final Cell RETAIL = Cell.of("Retail", Continent.AS);

    private final CountBounds bounds = new CountBounds(true);

    @Test
    void every_table_that_a_prefix_of_the_load_makes_is_right() {
        assertThat(bounds.broken(Map.of())).isEmpty();
        produced(Event.Kind.INSERT, null, TECH);
        assertThat(bounds.broken(Map.of(TECH, 1L))).isEmpty();
        produced(Event.Kind.CORRECTION, TECH, RETAIL);
        assertThat(bounds.broken(Map.of(TECH, 1L))).isEmpty();
        assertThat(bounds.broken(Map.of(RETAIL, 1L))).isEmpty();
        produced(Event.Kind.DELETION, RETAIL, null);
        produced(Event.Kind.RETURN, null, TECH);
        produced(Event.Kind.BAD, TECH, TECH);
        assertThat(bounds.broken(Map.of(TECH, 1L))).isEmpty();
        assertThat(bounds.broken(Map.of())).isEmpty();
    }

    @Test
    void an_offer_that_counts_twice_is_seen_in_the_sum_or_its_cell() {
        produced(Event.Kind.INSERT, null, TECH);
        produced(Event.Kind.CORRECTION, TECH, RETAIL);
        assertThat(bounds.broken(Map.of(TECH, 1L, RETAIL, 1L)))
                .containsExactly("the sum is 2, and 1 offers were published");
        produced(Event.Kind.INSERT, null, TECH);
        assertThat(bounds.broken(Map.of(RETAIL, 2L))).containsExactly("Retail|AS is 2, and 1 came into it");
        assertThat(new CountBounds(false).broken(Map.of(RETAIL, 2L)))
                .containsExactly("the sum is 2, and 0 offers were published");
    }

    @Test
    void a_cell_without_offers_is_none() {
        produced(Event.Kind.INSERT, null, TECH);
        assertThat(bounds.broken(Map.of(TECH, 0L))).containsExactly("Tech|EU is 0");
        assertThat(bounds.broken(Map.of(TECH, -1L))).containsExactly("Tech|EU is -1");
    }

    private void produced(Event.Kind kind, Cell before, Cell after) {
        bounds.produced(new Event(kind, "id", "", before, after));
    }
}
