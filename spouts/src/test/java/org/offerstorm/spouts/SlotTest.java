package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;

class SlotTest {
    private static final Source SOURCE = new Source("offers", "id", 1, 4);
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final Slot slot = new Slot();

    @Test
    void the_first_range_is_flagged_and_the_next_continues_it() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(5, 5)), Acked.NOTHING);

        slot.append(0, records(0, 5, 6), 7);
        assertThat(cut().ranges()).containsExactly(new OffsetRange(0, 5, 7, true));
        slot.append(0, records(0, 9), 10); // 7 and 8 were transaction markers
        assertThat(cut().ranges()).containsExactly(new OffsetRange(0, 7, 10, false));
        assertThat(slot.cut(10, NO_LIMIT)).isEmpty();
    }

    @Test
    void the_age_of_a_partition_is_that_of_its_oldest_record_that_is_not_acked() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0), 1, new Slot.Start(0, 0)), Acked.NOTHING);
        assertThat(slot.unsettledMillis(1_000)).isEqualTo(Map.of(0, 0L, 1, 0L));

        slot.append(0, List.of(record(0, 300)), 1);
        assertThat(slot.unsettledMillis(1_000)).isEqualTo(Map.of(0, 700L, 1, 0L));
        Cut first = cut();
        slot.append(0, List.of(record(1, 500), record(2, 400)), 3);
        Cut second = cut();
        slot.append(0, List.of(record(3, 2_000)), 4); // of another machine's clock

        slot.ack(second);
        assertThat(slot.unsettledMillis(1_000)).containsEntry(0, 700L);
        slot.ack(first);
        assertThat(slot.unsettledMillis(1_000)).containsEntry(0, 0L);
        assertThat(slot.unsettledMillis(2_500)).containsEntry(0, 500L);
        slot.ack(cut());
        assertThat(slot.unsettledMillis(9_000)).isEqualTo(Map.of(0, 0L, 1, 0L));
        slot.halt();
        assertThat(slot.unsettledMillis(9_000)).isEmpty();
    }

    private static SourceRecord record(long offset, long timestamp) {
        return new SourceRecord(new SourcePosition(0, offset, timestamp), null, null);
    }

    @Test
    void a_position_that_moved_over_markers_alone_makes_an_empty_range() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);
        slot.append(0, List.of(), 3);

        Cut cut = cut();
        assertThat(cut.records()).isEmpty();
        assertThat(cut.ranges()).containsExactly(new OffsetRange(0, 0, 3, true));
    }

    /** A leader that still has the records below would answer where the earlier epoch ended: it has lost nothing. */
    @Test
    void the_epoch_before_a_gap_is_not_that_of_the_place_behind_it() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);
        slot.epochBegins(0, 0, 3);
        slot.append(0, records(0, 0, 1), 2);
        slot.passGap(0, 20);
        assertThat(slot.positions()).containsEntry(0, new LogPosition(20, Optional.empty()));

        slot.ack(cut());
        assertThat(slot.progress().get(0).position()).isEqualTo(new LogPosition(20, Optional.empty()));

        slot.epochBegins(0, 20, 3);
        slot.append(0, records(0, 20), 21);
        assertThat(slot.positions()).containsEntry(0, new LogPosition(21, Optional.of(3)));
    }

    @Test
    void a_chunk_takes_from_all_partitions_up_to_its_limits() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0), 2, new Slot.Start(0, 0)), Acked.NOTHING);
        slot.append(0, records(0, 0, 1, 2), 3);
        slot.append(2, records(2, 0, 1, 2), 3);

        Cut first = slot.cut(4, NO_LIMIT).orElseThrow();
        assertThat(first.ranges()).containsExactly(new OffsetRange(0, 0, 3, true), new OffsetRange(2, 0, 1, true));
        assertThat(first.records()).hasSize(4);
        assertThat(cut().ranges()).containsExactly(new OffsetRange(2, 1, 3, false));
    }

    @Test
    void a_busy_partition_does_not_starve_the_others() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0), 2, new Slot.Start(0, 0)), Acked.NOTHING);
        slot.append(0, records(0, 0, 1, 2, 3, 4, 5), 6);
        slot.append(2, records(2, 0), 1);

        slot.cut(2, NO_LIMIT);
        assertThat(slot.cut(2, NO_LIMIT)
                        .orElseThrow()
                        .records()
                        .get(0)
                        .position()
                        .partition())
                .isEqualTo(2);
    }

    @Test
    void a_record_larger_than_the_limit_makes_its_own_chunk() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);
        slot.append(0, records(0, 0, 1), 2);

        assertThat(slot.cut(10, 1).orElseThrow().ranges()).containsExactly(new OffsetRange(0, 0, 1, true));
        assertThat(slot.cut(10, 1).orElseThrow().ranges()).containsExactly(new OffsetRange(0, 1, 2, false));
    }

    @Test
    void the_buffer_is_measured() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);
        assertThat(slot.bufferedBytes()).isZero();
        slot.append(0, records(0, 0, 1), 2);
        assertThat(slot.bufferedBytes()).isPositive();
        cut();
        assertThat(slot.bufferedBytes()).isZero();
    }

    @Test
    void what_was_acked_is_known_until_the_next_start() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), new Acked(false, true));
        slot.append(0, records(0, 0), 1);
        Cut cut = cut();
        assertThat(slot.acked()).isEqualTo(new Acked(false, true));

        slot.ack(cut);

        assertThat(slot.acked()).isEqualTo(new Acked(true, true));
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), slot.acked()); // the counters were lost: all again
        assertThat(slot.acked()).isEqualTo(new Acked(true, true));
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);
        assertThat(slot.acked()).isEqualTo(Acked.NOTHING);
    }

    @Test
    void after_a_restart_old_acks_move_nothing() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);
        slot.append(0, records(0, 0), 1);
        Cut old = cut();
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);

        slot.ack(old);

        assertThat(slot.isCurrent(old)).isFalse();
        assertThat(slot.floors()).containsExactly(new Floor(0, 0));
        slot.append(0, records(0, 0), 1);
        assertThat(cut().ranges()).containsExactly(new OffsetRange(0, 0, 1, true));
    }

    @Test
    void while_halted_nothing_is_cut_and_acks_are_taken() {
        slot.start(SOURCE, Map.of(0, new Slot.Start(0, 0)), Acked.NOTHING);
        slot.append(0, records(0, 0, 1), 2);
        Cut old = slot.cut(1, NO_LIMIT).orElseThrow();
        slot.halt();

        slot.ack(old);
        assertThat(slot.cut(10, NO_LIMIT)).isEmpty();
        assertThat(slot.drain()).isEmpty();
        assertThat(slot.bufferedBytes()).isZero();
    }

    /** Against a model: a set of acked offsets. */
    @Test
    void in_any_order_of_acks_the_floor_is_the_end_of_the_acked_prefix_and_the_ranges_tile() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            slot.start(SOURCE, Map.of(1, new Slot.Start(100, 100), 3, new Slot.Start(7, 0)), Acked.NOTHING);
            Map<Integer, Long> read = new HashMap<>(Map.of(1, 100L, 3, 7L));
            Map<Integer, Long> tiled = new HashMap<>(read);
            List<Cut> unacked = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(3)) {
                    case 0 -> {
                        int partition = random.nextBoolean() ? 1 : 3;
                        long from = read.get(partition);
                        long next = from + 1 + random.nextInt(5);
                        slot.append(partition, randomRecords(random, partition, from, next), next);
                        read.put(partition, next);
                    }
                    case 1 ->
                        slot.cut(1 + random.nextInt(4), NO_LIMIT).ifPresent(cut -> {
                            unacked.add(cut);
                            for (OffsetRange range : cut.ranges()) {
                                assertThat(range.from()).isEqualTo(tiled.put(range.partition(), range.next()));
                                assertThat(range.next()).isGreaterThan(range.from());
                            }
                        });
                    default -> {
                        if (!unacked.isEmpty()) {
                            slot.ack(unacked.remove(random.nextInt(unacked.size())));
                        }
                    }
                }
                assertThat(slot.floors()).containsExactly(floor(1, tiled, unacked), floor(3, tiled, unacked));
            }
            while (slot.cut(3, NO_LIMIT).map(unacked::add).isPresent()) {}
            unacked.forEach(slot::ack);
            assertThat(slot.floors()).containsExactly(new Floor(1, read.get(1)), new Floor(3, read.get(3)));
        }
    }

    private static Floor floor(int partition, Map<Integer, Long> tiled, List<Cut> unacked) {
        return new Floor(
                partition,
                unacked.stream()
                        .flatMap(cut -> cut.ranges().stream())
                        .filter(range -> range.partition() == partition)
                        .mapToLong(OffsetRange::from)
                        .min()
                        .orElse(tiled.get(partition)));
    }

    private static List<SourceRecord> randomRecords(Random random, int partition, long from, long next) {
        return records(
                partition,
                LongStream.range(from, next)
                        .filter(offset -> random.nextInt(3) > 0)
                        .toArray());
    }

    private Cut cut() {
        Optional<Cut> cut = slot.cut(1_000, NO_LIMIT);
        assertThat(cut).isPresent();
        return cut.get();
    }

    private static List<SourceRecord> records(int partition, long... offsets) {
        return LongStream.of(offsets)
                .mapToObj(
                        offset -> new SourceRecord(new SourcePosition(partition, offset, 0), new byte[3], new byte[9]))
                .toList();
    }
}
