package org.offerstorm.tools.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OfferStatesTest {
    @Test
    void holds_what_a_map_holds_however_it_grows() {
        OfferStates states = new OfferStates();
        Map<String, long[]> model = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            String id = "id-" + random.nextInt(60_000);
            int partition = id.hashCode() & 0x7FFF; // up to 32,767
            long offset = (1L << 40) + i;
            byte[] value = random.nextInt(10) == 0 ? null : ("v" + random.nextInt()).getBytes(UTF_8);
            states.fold(id.getBytes(UTF_8), partition, offset, value, i % 2 == 0 ? OfferStates.OWNED : 0);
            model.put(id, new long[] {partition, offset, value == null ? 0 : states.hash(value), i});
        }
        int used = 0;
        for (int slot = 0; slot < states.slots(); slot++) {
            used += states.isUsed(slot) ? 1 : 0;
        }
        assertThat(used).isEqualTo(model.size());
        model.forEach((id, newest) -> {
            int slot = states.find(id.getBytes(UTF_8));
            assertThat(slot).isNotNegative();
            assertThat(states.partition(slot)).isEqualTo((int) newest[0]);
            assertThat(states.offset(slot)).isEqualTo(newest[1]);
            assertThat(states.value(slot)).isEqualTo(newest[2]);
            assertThat(states.is(slot, OfferStates.LIVE)).isEqualTo(newest[2] != 0);
            assertThat(states.is(slot, OfferStates.OWNED)).isEqualTo(newest[3] % 2 == 0);
        });
        assertThat(states.find("unknown".getBytes(UTF_8))).isNegative();
    }

    @Test
    void an_older_record_in_another_partition_changes_nothing() {
        OfferStates states = new OfferStates();
        byte[] id = "a".getBytes(UTF_8);
        states.fold(id, 0, 9, "new".getBytes(UTF_8), OfferStates.OWNED);
        states.fold(id, 1, 3, null, 0);

        int slot = states.find(id);
        assertThat(states.partition(slot)).isZero();
        assertThat(states.is(slot, OfferStates.LIVE)).isTrue();
        assertThat(states.is(slot, OfferStates.OWNED)).isTrue();
    }

    @Test
    void an_offer_of_the_file_alone_is_not_in_the_topic() {
        OfferStates states = new OfferStates();
        int slot = states.add("a".getBytes(UTF_8));
        assertThat(states.isInTopic(slot)).isFalse();
        assertThat(states.is(slot, OfferStates.LIVE)).isFalse();
        assertThat(states.add("a".getBytes(UTF_8))).isEqualTo(slot);
    }
}
