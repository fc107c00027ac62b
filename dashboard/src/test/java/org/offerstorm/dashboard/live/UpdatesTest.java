package org.offerstorm.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.sinks.redis.ChangeId;

/** What a viewer gets that missed some updates. */
class UpdatesTest {
    private static final Cell A = Cell.of("A", Continent.EU);
    private static final Cell B = Cell.of("B", Continent.AS);

    private final Updates updates = new Updates();

    @Test
    void several_updates_become_one_with_the_sum_of_differences_and_the_last_counts() {
        updates.add(update(1, false, Map.of(A, new CellMove(2, 12))));
        updates.add(update(2, false, Map.of(A, new CellMove(-1, 11), B, new CellMove(5, 5))));
        updates.add(update(3, false, Map.of(B, new CellMove(-5, 0))));

        Update missed = updates.between(0, 3);

        assertThat(missed.cells()).isEqualTo(Map.of(A, new CellMove(1, 11), B, new CellMove(0, 0)));
        assertThat(missed.added()).isEqualTo(3);
        assertThat(missed.from()).isEqualTo(id(0));
        assertThat(missed.to()).isEqualTo(id(3));
    }

    @Test
    void only_those_that_were_missed() {
        updates.add(update(1, false, Map.of(A, new CellMove(2, 12))));
        updates.add(update(2, false, Map.of(A, new CellMove(1, 13))));

        assertThat(updates.between(1, 2).cells()).isEqualTo(Map.of(A, new CellMove(1, 13)));
    }

    @Test
    void an_update_that_differences_do_not_explain_needs_the_whole_table() {
        updates.add(update(1, false, Map.of()));
        updates.add(update(2, true, Map.of()));

        assertThat(updates.between(0, 2)).isNull();
        assertThat(updates.between(0, 1)).isNotNull();
    }

    @Test
    void who_is_too_far_behind_needs_the_whole_table() {
        for (int i = 1; i <= 150; i++) {
            updates.add(update(i, false, Map.of()));
        }

        assertThat(updates.between(10, 150)).isNull();
        assertThat(updates.between(50, 150)).isNotNull();
    }

    private static Update update(long number, boolean whole, Map<Cell, CellMove> cells) {
        return new Update(number, id(number - 1), id(number), whole, 0, 0, 1, 0, 0, 0, cells);
    }

    private static ChangeId id(long number) {
        return new ChangeId(number, 0);
    }
}
