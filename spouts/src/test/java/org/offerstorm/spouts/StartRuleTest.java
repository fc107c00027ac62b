package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.CommitMetadata;
import org.offerstorm.core.model.Source;

class StartRuleTest {
    private static final Source SOURCE = new Source("offers", "id", 2, 6);
    private static final Set<String> SINKS = Set.of("redis", "hdfs");
    private static final StartRule RULE = new StartRule(SOURCE, "group", SINKS);
    private static final StartRule.LogBounds LOG = new StartRule.LogBounds(10, 1_000);
    private static final CoveredOffsets UNKNOWN = new CoveredOffsets(Map.of("Redis", Optional.empty()));

    @Test
    void without_a_commit_it_begins_where_the_log_begins() throws HoldException {
        assertThat(RULE.start(0, null, LOG, covered(Map.of()))).isEqualTo(new Slot.Start(10, 10));
        StartRule.LogBounds whole = new StartRule.LogBounds(0, 1_000);
        assertThat(RULE.start(0, null, whole, UNKNOWN)).isEqualTo(new Slot.Start(0, 0));
    }

    @Test
    void without_a_commit_stores_may_hold_more_than_the_log() throws HoldException {
        // The group was deleted, or has expired.
        assertThat(RULE.start(0, null, LOG, covered(Map.of(0, 500L)))).isEqualTo(older(10));
        assertThat(RULE.start(0, null, LOG, two(Map.of(), Map.of(1, 500L)))).isEqualTo(new Slot.Start(10, 10));
        holds(() -> RULE.start(0, null, LOG, UNKNOWN), "not known until Redis answers", false);
        holds(() -> RULE.start(0, null, LOG, two(Map.of(0, 500L), null)), "until PostgreSQL answers", false);
        holds(
                () -> RULE.start(0, null, LOG, two(Map.of(0, 500L), Map.of())),
                "PostgreSQL lost records that Kafka no longer holds; restore",
                false);
    }

    @Test
    void a_store_that_loses_what_the_log_no_longer_had_at_a_reset_holds() throws HoldException {
        StartRule.Commit after = new StartRule.Commit(
                new LogPosition(300, Optional.empty()),
                CommitMetadata.of(SOURCE, 10, true, false, 1, SINKS).encode());

        assertThat(RULE.start(0, after, LOG, covered(Map.of(0, 500L))))
                .isEqualTo(new Slot.Start(300, 10, true, Optional.empty()));
        assertThat(RULE.start(0, after, LOG, covered(Map.of(0, 200L))))
                .isEqualTo(new Slot.Start(200, 10, true, Optional.empty()));
        holds(() -> RULE.start(0, after, LOG, covered(Map.of())), "from before offset 10 were stored", false);
        // All are empty, and the group was set again: what the log holds is all that is wanted.
        assertThat(RULE.start(0, foreign(10), LOG, two(Map.of(), Map.of()))).isEqualTo(new Slot.Start(10, 10));
    }

    @Test
    void our_commit_is_taken_up_with_its_origin() throws HoldException {
        assertThat(RULE.start(0, ours(500), LOG, covered(Map.of(0, 520L)))).isEqualTo(new Slot.Start(500, 10));
        assertThat(RULE.start(0, ours(500), LOG, UNKNOWN)).isEqualTo(new Slot.Start(500, 10));
    }

    @Test
    void what_the_counters_lost_is_read_again() throws HoldException {
        assertThat(RULE.start(0, ours(500), LOG, covered(Map.of(0, 300L)))).isEqualTo(new Slot.Start(300, 10));
        assertThat(RULE.start(0, ours(500), LOG, covered(Map.of()))).isEqualTo(new Slot.Start(10, 10));
    }

    @Test
    void of_several_stores_the_one_that_holds_least_decides() throws HoldException {
        assertThat(RULE.start(0, ours(500), LOG, two(Map.of(0, 300L), Map.of(0, 200L))))
                .isEqualTo(new Slot.Start(200, 10));
        assertThat(RULE.start(0, ours(500), LOG, two(Map.of(0, 200L), Map.of(0, 520L))))
                .isEqualTo(new Slot.Start(200, 10));
        assertThat(RULE.start(0, ours(500), LOG, two(Map.of(0, 500L), Map.of())))
                .isEqualTo(new Slot.Start(10, 10));
        assertThat(RULE.start(0, ours(500), LOG, two(null, Map.of(0, 200L)))).isEqualTo(new Slot.Start(200, 10));
        assertThat(RULE.start(0, foreign(150), LOG, two(Map.of(0, 300L), Map.of(0, 200L))))
                .isEqualTo(older(150));
    }

    @Test
    void of_several_stores_each_may_hold_the_stream() {
        StartRule.LogBounds trimmed = new StartRule.LogBounds(400, 1_000);

        holds(
                () -> RULE.start(0, ours(500), trimmed, two(Map.of(0, 500L), Map.of(0, 300L))),
                "PostgreSQL lost records that Kafka no longer holds",
                false);
        holds(
                () -> RULE.start(0, ours(500), LOG, two(Map.of(0, 500L), Map.of(0, 1_001L))),
                "came back older than PostgreSQL",
                false);
        holds(
                () -> RULE.start(0, foreign(250), LOG, two(Map.of(0, 300L), Map.of(0, 200L))),
                "skips the records from 200",
                false);
        holds(() -> RULE.start(0, foreign(150), LOG, two(Map.of(0, 300L), null)), "until PostgreSQL answers", false);
    }

    @Test
    void what_the_counters_lost_and_the_log_dropped_holds() {
        StartRule.LogBounds trimmed = new StartRule.LogBounds(400, 1_000);

        holds(() -> RULE.start(0, ours(500), trimmed, covered(Map.of(0, 300L))), "begins at 400", false);
        holds(() -> RULE.start(0, ours(500), trimmed, covered(Map.of())), "Redis holds nothing of it", false);
        holds(() -> RULE.start(0, null, trimmed, covered(Map.of(0, 300L))), "begins at 400", false);
    }

    @Test
    void a_trimmed_log_alone_is_a_gap_for_the_poller_to_report() throws HoldException {
        StartRule.LogBounds trimmed = new StartRule.LogBounds(700, 1_000);

        assertThat(RULE.start(0, ours(500), trimmed, covered(Map.of(0, 500L)))).isEqualTo(new Slot.Start(500, 10));
    }

    @Test
    void another_topic_of_the_same_name_holds() {
        holds(() -> start("other", 2, 6, SINKS), "was recreated", true);
    }

    @Test
    void added_partitions_hold() {
        holds(() -> start("id", 2, 4, SINKS), "has 6 partitions, it had 4", true);
    }

    @Test
    void an_added_sink_holds_and_a_removed_one_does_not() throws HoldException {
        holds(() -> start("id", 2, 6, Set.of("redis")), "sink hdfs was added", true);
        assertThat(start("id", 2, 6, Set.of("redis", "hdfs", "solr"))).isEqualTo(new Slot.Start(500, 10));
    }

    @Test
    void a_raised_epoch_begins_again_and_a_lowered_one_holds() throws HoldException {
        assertThat(start("other", 1, 4, SINKS)).isEqualTo(new Slot.Start(10, 10));
        holds(() -> start("id", 3, 6, SINKS), "set source.epoch to 3", true);
    }

    @Test
    void what_was_acked_is_known_from_the_commits_of_all_partitions() {
        assertThat(RULE.acked(List.of())).isEqualTo(Acked.NOTHING);
        assertThat(RULE.acked(List.of(foreign(600)))).isEqualTo(Acked.NOTHING);
        assertThat(RULE.acked(List.of(ours(10)))).isEqualTo(Acked.NOTHING); // its origin: nothing was read yet
        assertThat(RULE.acked(List.of(ours(10), ours(11)))).isEqualTo(new Acked(true, false));
        assertThat(RULE.acked(List.of(of(1, 11, false)))).isEqualTo(new Acked(false, true));
        assertThat(RULE.acked(List.of(of(1, 10, false)))).isEqualTo(Acked.NOTHING);
        assertThat(RULE.acked(List.of(of(2, 10, true)))).isEqualTo(new Acked(false, true));
        assertThat(RULE.acked(List.of(of(2, 11, true), ours(10)))).isEqualTo(new Acked(true, true));
    }

    @Test
    void a_log_that_ends_below_the_commit_holds() {
        holds(() -> RULE.start(0, ours(1_001), LOG, UNKNOWN), "Kafka lost records", true);
    }

    @Test
    void an_operators_reset_backwards_is_obeyed() throws HoldException {
        assertThat(RULE.start(0, foreign(200), LOG, covered(Map.of(0, 500L)))).isEqualTo(older(200));
        assertThat(RULE.start(0, foreign(3), LOG, covered(Map.of(0, 500L)))).isEqualTo(older(10));
        StartRule.LogBounds whole = new StartRule.LogBounds(0, 1_000);
        assertThat(RULE.start(0, foreign(200), whole, covered(Map.of(0, 500L)))).isEqualTo(new Slot.Start(200, 0));
        assertThat(RULE.start(0, foreign(10), LOG, covered(Map.of()))).isEqualTo(new Slot.Start(10, 10));
    }

    @Test
    void an_operators_reset_forwards_holds() {
        holds(() -> RULE.start(0, foreign(600), LOG, covered(Map.of(0, 500L))), "skips the records from 500", false);
        holds(() -> RULE.start(0, foreign(600), LOG, covered(Map.of())), "skips the records from 10", false);
        holds(() -> RULE.start(0, foreign(600), LOG, UNKNOWN), "until Redis answers", false);
    }

    @Test
    void an_operators_reset_is_obeyed_when_nothing_can_tell_what_is_covered() throws HoldException {
        StartRule blind = new StartRule(SOURCE, "group", Set.of("hdfs"));

        // There its stream begins: nothing is acked yet, and a store that is empty is right.
        assertThat(blind.start(0, foreign(600), LOG, CoveredOffsets.NONE)).isEqualTo(new Slot.Start(600, 600));
        assertThat(blind.start(0, foreign(3), LOG, CoveredOffsets.NONE)).isEqualTo(new Slot.Start(10, 10));
    }

    @Test
    void where_an_operator_let_a_stream_begin_nothing_is_acked_before_the_first_ack() throws HoldException {
        StartRule blind = new StartRule(SOURCE, "group", Set.of("hdfs"));
        Slot.Start start = blind.start(0, foreign(600), LOG, CoveredOffsets.NONE);
        Slot slot = new Slot();
        slot.start(SOURCE, Map.of(0, start), blind.acked(List.of(foreign(600))));

        assertThat(slot.acked()).isEqualTo(Acked.NOTHING);
        // As the spout commits it, for the next start.
        StartRule.Commit committed = new StartRule.Commit(
                new LogPosition(600, Optional.empty()),
                CommitMetadata.of(SOURCE, slot.progress().get(0).origin(), false, false, 1, Set.of("hdfs"))
                        .encode());
        assertThat(blind.acked(List.of(committed))).isEqualTo(Acked.NOTHING);
    }

    private static Slot.Start start(String topicId, int epoch, int partitions, Set<String> sinks) throws HoldException {
        String metadata = new CommitMetadata(topicId, epoch, partitions, 10, false, false, 1, sinks).encode();
        return RULE.start(0, new StartRule.Commit(new LogPosition(500, Optional.empty()), metadata), LOG, UNKNOWN);
    }

    /** Where the log is all that is left of an older stream. */
    private static Slot.Start older(long offset) {
        return new Slot.Start(offset, 10, true, Optional.empty());
    }

    private static StartRule.Commit ours(long offset) {
        return new StartRule.Commit(
                new LogPosition(offset, Optional.empty()),
                CommitMetadata.of(SOURCE, 10, false, false, 1, SINKS).encode());
    }

    private static StartRule.Commit of(int epoch, long offset, boolean earlierEpochs) {
        return new StartRule.Commit(
                new LogPosition(offset, Optional.empty()),
                CommitMetadata.of(new Source("offers", "id", epoch, 6), 10, false, earlierEpochs, 1, SINKS)
                        .encode());
    }

    private static StartRule.Commit foreign(long offset) {
        return new StartRule.Commit(new LogPosition(offset, Optional.empty()), "");
    }

    private static CoveredOffsets covered(Map<Integer, Long> floors) {
        return new CoveredOffsets(Map.of("Redis", Optional.of(floors)));
    }

    private static CoveredOffsets two(Map<Integer, Long> redis, Map<Integer, Long> postgres) {
        return new CoveredOffsets(
                Map.of("Redis", Optional.ofNullable(redis), "PostgreSQL", Optional.ofNullable(postgres)));
    }

    private static void holds(ThrowingCallable start, String message, boolean untilRestart) {
        assertThatThrownBy(start)
                .isInstanceOf(HoldException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((HoldException) e).isUntilRestart()).isEqualTo(untilRestart));
    }
}
