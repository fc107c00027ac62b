package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaderEpochsTest {
    private final LeaderEpochs epochs = new LeaderEpochs();

    @Test
    void the_epoch_of_a_place_is_that_of_the_record_before_it() {
        epochs.begin(10, 3);
        epochs.begin(20, 3);
        epochs.begin(30, 5);

        assertThat(epochs.before(10)).isEmpty();
        assertThat(epochs.before(11)).contains(3);
        assertThat(epochs.before(30)).contains(3);
        assertThat(epochs.before(31)).contains(5);
        assertThat(epochs.before(1_000)).contains(5);
    }

    @Test
    void forgetting_keeps_the_epoch_of_every_place_from_there_on() {
        epochs.begin(10, 3);
        epochs.begin(30, 5);
        epochs.begin(50, 6);

        epochs.forgetBelow(30);
        assertThat(epochs.before(30)).contains(3);
        epochs.forgetBelow(31);
        assertThat(epochs.before(30)).isEmpty();
        assertThat(epochs.before(31)).contains(5);
        epochs.forgetBelow(900);
        assertThat(epochs.before(900)).contains(6);
    }
}
