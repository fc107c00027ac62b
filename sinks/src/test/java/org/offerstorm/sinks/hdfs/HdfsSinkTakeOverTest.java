package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** Several writers of one directory: at the same time, one after the other, and with other numbers of slots. */
@ExtendWith(SharedHdfs.class)
class HdfsSinkTakeOverTest {
    private static final Source SIX = new Source("offers", "six", 1, 6);

    private final TestClock clock = new TestClock();
    private Log log;

    @BeforeEach
    void directory(EmbeddedHdfs hdfs, TestInfo test) {
        log = new Log(
                hdfs.uri(), "/take-over/" + test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void a_superseded_writer_holds_for_good_and_its_late_rows_never_count_twice() throws Exception {
        Chunk<Change> first = Log.chunk(0, 0, 50);
        Chunk<Change> second = Log.chunk(0, 50, 50);
        Chunk<Change> third = Log.chunk(0, 100, 50);
        try (HdfsSink zombie = log.sink(clock);
                HdfsSink successor = log.sink(clock)) {
            Log.writeUntilDone(zombie, clock, first);
            writeUntilFenced(successor, second);
            // The zombie's stream still works: a rename does not stop it. Only its check does.
            assertThat(zombie.write(second)).isInstanceOf(Retryable.class);
            Log.writeUntilDone(successor, clock, second);
            for (int i = 0; i < 3; i++) {
                zombie.tick();
                assertThat(zombie.write(third))
                        .isInstanceOfSatisfying(Retryable.class, held -> assertThat(held.message())
                                .contains("another writer"));
                assertThat(zombie.write(Log.drain())).isInstanceOf(Retryable.class);
            }
            log.assertHoldsExactly(List.of(first, second));
            Log.writeUntilDone(successor, clock, third);
            Log.writeUntilDone(successor, clock, Log.drain());
            log.assertHoldsExactly(List.of(first, second, third));
        }
    }

    @Test
    void a_writer_whose_slot_was_claimed_does_not_steal_it_back_after_an_error() throws Exception {
        FaultyFiles.Plan plan = FaultyFiles.Plan.atCall(Integer.MAX_VALUE, FaultyFiles.Fault.REFUSED);
        FaultyFiles.Incarnation process = new FaultyFiles.Incarnation();
        try (HdfsSink zombie = new HdfsSink(
                        log.config, Log.context(clock), () -> new FaultyFiles(log.files(), plan, process));
                HdfsSink successor = log.sink(clock)) {
            Log.writeUntilDone(zombie, clock, Log.chunk(0, 0, 10));
            Log.writeUntilDone(successor, clock, Log.chunk(0, 10, 10));
            process.loseConnections();
            for (int i = 0; i < 3; i++) {
                assertThat(zombie.write(Log.chunk(0, 20, 10))).isInstanceOf(Retryable.class);
                zombie.tick();
            }
            assertThat(successor.write(Log.chunk(0, 30, 10))).isEqualTo(new WriteResult.Done(10, 0));
        }
    }

    @Test
    void a_lease_that_hdfs_failed_to_recover_is_asked_for_again() throws Exception {
        FaultyFiles.Plan plan = FaultyFiles.Plan.atFirst("recoverLease", FaultyFiles.Fault.IGNORED);
        FaultyFiles.Incarnation process = new FaultyFiles.Incarnation();
        try (HdfsSink crashed = log.sink(clock);
                HdfsSink successor = new HdfsSink(
                        log.config, Log.context(clock), () -> new FaultyFiles(log.files(), plan, process))) {
            Log.writeUntilDone(crashed, clock, Log.chunk(0, 0, 10));

            Log.writeUntilDone(successor, clock, Log.chunk(0, 10, 10));

            assertThat(plan.hasStruck()).isTrue();
            Log.writeUntilDone(successor, clock, Log.drain());
            log.assertHoldsExactly(List.of(Log.chunk(0, 0, 10), Log.chunk(0, 10, 10)));
        }
    }

    @Test
    void a_clock_that_is_set_back_during_a_recovery_holds_nothing_up() throws Exception {
        try (HdfsSink crashed = log.sink(clock);
                HdfsSink successor = log.sink(clock)) {
            Log.writeUntilDone(crashed, clock, Log.chunk(0, 0, 10));
            writeUntilFenced(successor, Log.chunk(0, 10, 10));

            clock.pass(Duration.ofHours(-1)); // 20 minutes at most pass in the test's patience

            Log.writeUntilDone(successor, clock, Log.chunk(0, 10, 10));
        }
    }

    @Test
    void a_finished_file_is_never_overwritten() throws Exception {
        Path taken = new Path(log.config.directory(), "offers/dt=2026-03-01/s0-1-1.avro");
        try (HdfsSink sink = log.sink(clock);
                LogFiles files = log.files()) {
            Log.writeUntilDone(sink, clock, Log.chunk(0, 0, 10));
            files.makeDirectory(taken.getParent());
            try (LogFiles.Output out = files.create(taken)) {
                out.write("of somebody else".getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 5; i++) {
                assertThat(sink.write(Log.drain())).isInstanceOf(Retryable.class);
                clock.pass(Duration.ofSeconds(1));
            }
            assertThat(Texts.read(files, taken)).isEqualTo("of somebody else");
            files.delete(taken);
            Log.writeUntilDone(sink, clock, Log.drain());
            log.assertHoldsExactly(List.of(Log.chunk(0, 0, 10)));
        }
    }

    @Test
    void another_group_holds_and_changes_nothing(EmbeddedHdfs hdfs) throws Exception {
        try (HdfsSink sink = log.sink(clock)) {
            Log.writeUntilDone(sink, clock, Log.chunk(0, 0, 10));
        }
        TreeSet<String> before = log.avroFiles();
        try (HdfsSink other = new HdfsSink(log.config, new SinkContext(0, 1, 1, "group-2", clock))) {
            assertThat(other.write(Log.chunk(0, 0, 10)))
                    .isInstanceOfSatisfying(Retryable.class, held -> assertThat(held.message())
                            .contains("group-1", "group-2", "hdfs.directory"));
        }
        assertThat(log.avroFiles()).isEqualTo(before);
    }

    /** The files that the earlier epoch left hold rows with the same offsets, which are other records. */
    @Test
    void rows_of_an_earlier_epoch_cover_nothing_of_a_raised_one() throws Exception {
        Source raised = new Source(Log.SOURCE.topic(), "recreated", Log.SOURCE.epoch() + 1, Log.SOURCE.partitions());
        Chunk<Change> before = Log.chunk(0, 0, 50);
        Chunk<Change> after = Log.chunk(raised, 0, 1, 0, 0, 60, Log.NOON);
        FaultyFiles.Incarnation killed = new FaultyFiles.Incarnation();
        HdfsSink dies = new HdfsSink(
                log.config, Log.context(clock), () -> new FaultyFiles(log.files(), FaultyFiles.Plan.none(), killed));
        Log.writeUntilDone(dies, clock, before);
        killed.die();

        try (HdfsSink sink = log.sink(clock)) {
            assertThat(Log.writeUntilDone(sink, clock, after)).isEqualTo(new WriteResult.Done(60, 0));
            Log.writeUntilDone(
                    sink, clock, new Chunk<>(new ChunkHeader(raised, 0, 1, List.of(), List.of(), true), List.of()));
        }
        log.assertHoldsExactly(List.of(before, after));
    }

    @Test
    void the_number_of_slots_may_change_between_runs() throws Exception {
        List<Chunk<Change>> all = new ArrayList<>();
        long from = 0;
        for (int slots : new int[] {3, 2, 1, 3, 2}) {
            runWith(slots, from, all);
            from += 20;
        }
        assertThat(log.rows()).doesNotHaveDuplicates();
        log.assertHoldsExactly(all);
    }

    /**
     * The old topology's writers are alive, each with an open file. The first writer of the new number of slots reads
     * what they cover; from then on none of them may ack another row, whichever slot's partitions it is of.
     */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3, 2", "4, 1"})
    void another_number_of_slots_fences_every_writer_of_the_old_one(int before, int after, EmbeddedHdfs hdfs)
            throws Exception {
        log = new Log(hdfs.uri(), "/take-over/slots-" + before + "-" + after);
        List<HdfsSink> old = sinks(before);
        List<HdfsSink> successors = sinks(after);
        try {
            for (int partition = 0; partition < 6; partition++) {
                write(old, before, partition, 0, 20);
            }
            int first = after - 1; // the other successors do not run yet
            for (int partition = first; partition < 6; partition += after) {
                write(successors, after, partition, 20, 20);
            }
            for (int partition = 0; partition < 6; partition++) {
                HdfsSink writer = old.get(partition % before);
                writer.tick();
                assertThat(writer.write(Log.chunk(SIX, partition % before, before, partition, 20, 40, Log.NOON)))
                        .as("partition %s by a writer of the old number", partition)
                        .isInstanceOf(Retryable.class);
            }
            for (int partition = 0; partition < 6; partition++) {
                write(successors, after, partition, 20, 40);
            }
        } finally {
            old.forEach(HdfsSink::close);
            successors.forEach(HdfsSink::close);
        }
        List<Chunk<Change>> all = new ArrayList<>();
        for (int partition = 0; partition < 6; partition++) {
            all.add(Log.chunk(SIX, 0, 1, partition, 0, 60, Log.NOON));
        }
        log.assertHoldsExactly(all);
    }

    /** Until the writer has fenced the others and waits for their files; on a busy machine that takes several calls. */
    private static void writeUntilFenced(HdfsSink successor, Chunk<Change> chunk) {
        long end = System.nanoTime() + Log.PATIENCE.toNanos();
        String message;
        do {
            WriteResult result = successor.write(chunk);
            assertThat(result).isInstanceOf(Retryable.class);
            message = ((Retryable) result).message();
        } while (!message.contains("waiting until HDFS closes") && System.nanoTime() < end);
        assertThat(message).contains("waiting until HDFS closes");
    }

    /** A task for each slot. */
    private List<HdfsSink> sinks(int slots) {
        return IntStream.range(0, slots)
                .mapToObj(slot -> new HdfsSink(log.config, new SinkContext(slot, slots, slots, "group-1", clock)))
                .toList();
    }

    private void write(List<HdfsSink> sinks, int slots, int partition, long from, int count) throws Exception {
        int slot = partition % slots;
        Log.writeUntilDone(sinks.get(slot), clock, Log.chunk(SIX, slot, slots, partition, from, count, Log.NOON));
    }

    /** Each run begins a little before the end of the last one, and ends without closing its files. */
    private void runWith(int slots, long from, List<Chunk<Change>> all) throws Exception {
        FaultyFiles.Incarnation process = new FaultyFiles.Incarnation();
        HdfsSink sink = new HdfsSink(
                log.config,
                new SinkContext(0, 1, slots, "group-1", clock),
                () -> new FaultyFiles(log.files(), FaultyFiles.Plan.none(), process));
        for (int partition = 0; partition < 6; partition++) {
            long replayed = Math.max(0, from - 15);
            Chunk<Change> chunk = Log.chunk(
                    SIX, partition % slots, slots, partition, replayed, (int) (from + 20 - replayed), Log.NOON);
            assertThat(Log.writeUntilDone(sink, clock, chunk)).isEqualTo(new WriteResult.Done(20, chunk.size() - 20));
            all.add(Log.chunk(SIX, partition % slots, slots, partition, from, 20, Log.NOON));
        }
        process.die();
    }

    @Test
    void a_task_serves_its_slots_only() throws Exception {
        try (HdfsSink sink = new HdfsSink(log.config, new SinkContext(1, 2, 4, "group-1", clock))) {
            assertThat(Log.writeUntilDone(sink, clock, Log.chunk(SIX, 3, 4, 3, 0, 10, Log.NOON)))
                    .isEqualTo(new WriteResult.Done(10, 0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sink.write(Log.chunk(SIX, 2, 4, 2, 0, 10, Log.NOON)))
                    .withMessageContaining("slot 2");
        }
    }
}
