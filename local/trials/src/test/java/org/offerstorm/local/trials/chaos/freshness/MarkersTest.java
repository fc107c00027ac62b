package org.offerstorm.local.trials.chaos.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.offerstorm.local.trials.chaos.freshness.Markers.Marker;

class MarkersTest {
    @Test
    void records_from_before_do_not_count() {
        Markers markers = new Markers(100, 1);

        markers.offer(99, new Marker(0, 7, "early"));

        assertThat(markers.complete()).isEmpty();
    }

    @Test
    void every_partition_must_have_one() {
        Markers markers = new Markers(100, 2);

        markers.offer(100, new Marker(1, 7, "a"));
        assertThat(markers.complete()).isEmpty();

        markers.offer(103, new Marker(0, 9, "b"));
        assertThat(markers.complete().size()).isEqualTo(2);
    }

    @Test
    void the_first_of_a_partition_are_kept() {
        Markers markers = new Markers(0, 1);
        for (int i = 0; i < 10; i++) {
            markers.offer(i, new Marker(0, 70 + i, "offer-" + i));
        }

        assertThat(markers.complete().get(0).get(0).offset()).isEqualTo(70);
        assertThat(markers.complete().get(0).size()).isEqualTo(3);
    }
}
