package org.offerstorm.sinks.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private final CommitPace pace = new CommitPace(Duration.ofSeconds(1), 1);

    @Test
    void calm_stream_is_searchable_as_configured() {
        for (long now = 10_000; now < 20_000; now += 25) {
            assertThat(pace.commitWithinMillis(20, now)).isEqualTo(1_000);
        }
    }

    @Test
    void load_makes_it_later_in_proportion_but_at_most_ten_seconds() {
        long now = 10_000;
        int commitWithin = 0;
        for (int i = 0; i < 40; i++, now += 250) {
            commitWithin = pace.commitWithinMillis(1_000, now);
        }
        assertThat(commitWithin).isEqualTo(4_000);
        for (int i = 0; i < 40; i++, now += 25) {
            commitWithin = pace.commitWithinMillis(1_000, now);
        }
        assertThat(commitWithin).isEqualTo(10_000);
    }

    @Test
    void it_is_calm_again_after_the_load() {
        for (long now = 10_000; now < 12_000; now += 25) {
            pace.commitWithinMillis(1_000, now);
        }
        assertThat(pace.commitWithinMillis(1, 60_000)).isEqualTo(1_000);
    }

    @Test
    void clock_that_goes_back_does_no_harm() {
        pace.commitWithinMillis(1_000, 10_000);
        assertThat(pace.commitWithinMillis(1, 5_000)).isEqualTo(1_000);
    }

    @Test
    void tasks_that_run_next_to_each_other_share_the_load() {
        CommitPace four = new CommitPace(Duration.ofSeconds(1), 4);
        assertThat(four.commitWithinMillis(1_000, 10_000)).isEqualTo(4_000);
    }
}
