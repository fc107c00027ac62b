package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.sinks.hdfs.FaultyFiles.Fault;
import org.offerstorm.sinks.hdfs.FaultyFiles.Incarnation;
import org.offerstorm.sinks.hdfs.FaultyFiles.Plan;

/** Nothing acked is lost and nothing is doubled, whichever call fails. */
@ExtendWith(SharedHdfs.class)
class HdfsSinkFaultTest {
    private static final int MAX_ROUNDS = 1_000;
    /** Each kind of fault strikes at every twelfth call, other ones for each; at all with -Dofferstorm.test.exhaustive. */
    private static final int STRIDE = Boolean.getBoolean("offerstorm.test.exhaustive") ? 1 : 12;

    /** Two dates, a correction of the first, out of order; then the first writer dies, a second one continues and drains. */
    private static final List<Chunk<Change>> BEFORE = List.of(
            Log.chunk(0, 0, 20),
            Log.chunk(List.of(Log.upsert(1, 5, Log.NOON), Log.upsert(1, 6, Log.NOON + Log.DAY))),
            Log.chunk(0, 40, 20));

    private static final List<Chunk<Change>> AFTER =
            List.of(Log.chunk(0, 20, 20), Log.chunk(List.of(Log.delete(1, 7, Log.NOON + Log.DAY, "x"))), Log.drain());

    /** In the end everything is offered again: what is covered must stay so, wherever the fault was. */
    private static final List<Chunk<Change>> STEPS =
            Stream.of(BEFORE, AFTER, BEFORE).flatMap(List::stream).toList();

    /** Faults of calls whose errors reach the writer; the writer never sees the others. */
    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "IGNORED", mode = EnumSource.Mode.EXCLUDE)
    void every_call_may_fail_once(Fault fault, EmbeddedHdfs hdfs) throws Exception {
        Run dry = new Run(new Log(hdfs.uri(), "/fault/dry-" + fault), Plan.none());
        finish(List.of(dry));
        List<Run> runs = new ArrayList<>();
        int first = 1 + 4 * List.of(Fault.values()).indexOf(fault) % STRIDE;
        for (int call = first; call <= dry.plan.calls(); call += STRIDE) {
            runs.add(new Run(new Log(hdfs.uri(), "/fault/" + fault + "-" + call), Plan.atCall(call, fault)));
        }
        finish(runs);
        assertThat(runs).filteredOn(run -> run.plan.hasStruck()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "IGNORED", mode = EnumSource.Mode.EXCLUDE)
    void a_failed_close_loses_nothing(Fault fault, EmbeddedHdfs hdfs) throws Exception {
        finish(List.of(new Run(new Log(hdfs.uri(), "/close/" + fault), Plan.atFirst("close", fault))));
    }

    /** The first sync is that of the stream's identity; as HDFS without space refuses it. */
    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "IGNORED", mode = EnumSource.Mode.EXCLUDE)
    void a_failed_sync_loses_nothing(Fault fault, EmbeddedHdfs hdfs) throws Exception {
        finish(List.of(new Run(new Log(hdfs.uri(), "/sync/" + fault), Plan.atFirst("sync", fault))));
    }

    /** Runs side by side: each waits mostly for heartbeats and leases. */
    private static void finish(List<Run> runs) throws Exception {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean finished = true;
            for (Run run : runs) {
                finished &= run.step();
            }
            if (finished) {
                for (Run run : runs) {
                    run.check();
                }
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not finished: "
                + runs.stream().filter(r -> !r.isFinished()).map(Run::toString).toList());
    }

    /** One directory, its writers and its fault. */
    private static final class Run {
        private final Log log;
        private final Plan plan;
        private final TestClock clock = new TestClock();
        private Incarnation process;
        private HdfsSink sink;
        private int next;
        private boolean restarted;
        private WriteResult last;

        Run(Log log, Plan plan) {
            this.log = log;
            this.plan = plan;
            start();
        }

        boolean isFinished() {
            return next == STEPS.size();
        }

        boolean step() {
            if (isFinished()) {
                return true;
            }
            if (next == BEFORE.size() && !restarted) {
                restarted = true;
                process.die();
                start();
            }
            last = sink.write(STEPS.get(next));
            if (last instanceof WriteResult.Done) {
                next++;
            } else {
                clock.pass(Duration.ofSeconds(1));
                sink.tick();
                if (process.isDead()) {
                    start();
                }
            }
            return isFinished();
        }

        void check() throws IOException {
            sink.close();
            List<Chunk<Change>> all = new ArrayList<>(BEFORE);
            all.addAll(AFTER);
            log.assertHoldsExactly(all);
            assertThat(log.avroFiles())
                    .as("after a drain, one file keeps the coverage, the others are finished")
                    .filteredOn(file -> !file.startsWith("offers/"))
                    .hasSize(1);
        }

        private void start() {
            process = new Incarnation();
            Incarnation running = process;
            sink = new HdfsSink(log.config, Log.context(clock), () -> new FaultyFiles(log.files(), plan, running));
        }

        @Override
        public String toString() {
            return log.config.directory() + " at chunk " + next + ": " + last;
        }
    }
}
