package org.offerstorm.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.sinks.redis.ChangeId;
import org.offerstorm.sinks.redis.CountedChange;

/** The last sixty seconds. */
class WindowTest {
    private static final Cell A = Cell.of("A", Continent.EU);

    private final Window window = new Window();

    @Test
    void what_came_and_what_went_are_kept_apart() {
        window.add(change(1_000, 3));
        window.add(change(1_500, -1));

        LastMinute minute = window.lastMinute(2_000);

        assertThat(minute.cells()).isEqualTo(Map.of(A, new Move(3, 1)));
        assertThat(minute.added()).isEqualTo(2);
    }

    @Test
    void after_a_minute_a_change_is_forgotten() {
        window.add(change(1_000, 3));
        window.add(change(30_000, 4));

        assertThat(window.lastMinute(60_999).cells().get(A)).isEqualTo(new Move(7, 0));
        assertThat(window.lastMinute(61_000).cells().get(A)).isEqualTo(new Move(4, 0));
        assertThat(window.lastMinute(90_000).cells()).isEmpty();
    }

    private static CountedChange change(long at, long by) {
        return new CountedChange(new ChangeId(at, 0), at, 1, 0, 0, Map.of(A, by));
    }
}
