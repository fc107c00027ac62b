package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.lake.batch.CommittedFloors;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.restore.TopicTrim;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.StagedLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm lake trim}. */
@Command(
        name = "trim",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Deletes records from the topic that are older than --keep, in the lake as 'lake verify' last found it, and acked by"
                        + " every sink. Redis and Solr can then be filled again by 'lake restore' alone.",
        footer = {
            "",
            "Exit codes: 0 fine, also if there is nothing to delete; 2 usage; 3 HDFS or Kafka cannot be reached, the lake was"
                    + " never verified, or the topic is another one.",
            "",
            "Examples:",
            "  offerstorm lake verify && offerstorm lake trim --keep 7d",
            "  offerstorm lake trim --keep 7d --dry-run"
        })
public final class TrimCommand implements Callable<Integer> {
    @Option(
            names = "--keep",
            paramLabel = "TIME",
            required = true,
            description = "Keep records that are younger, such as 7d. 0s: keep only what is not verified and acked.")
    private Duration keep;

    @Option(names = "--dry-run", description = "Say what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Mixin
    private LakeOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return options.with(this::trim);
    }

    private int trim(Lake lake) throws IOException, WrongTable {
        OffsetVector verified = lake.tables().history().verified();
        if (verified.epoch() == 0) {
            throw Failure.unreachable("the lake was never verified; run 'offerstorm lake verify' first", null);
        }
        StagedLog.Stream stream;
        try (StagedLog log = new StagedLog(lake.config().of(Hdfs.KIND))) {
            stream = log.stream().orElseThrow();
        }
        OffsetVector committed = new CommittedFloors(
                        lake.config().source(), spec.commandLine().getErr()::println)
                .apply(new OffsetVector(stream.epoch(), OffsetVector.NOTHING.next()));
        try (TopicTrim trim = new TopicTrim(lake.config().source())) {
            SortedMap<Integer, TopicTrim.Cut> cuts =
                    trim.plan(stream, verified, committed, Instant.now().minus(keep));
            if (!dryRun && !cuts.isEmpty()) {
                trim.delete(cuts);
            }
            long records = cuts.values().stream()
                    .mapToLong(cut -> cut.to() - cut.from())
                    .sum();
            lake.out()
                    .printf(
                            Locale.ROOT,
                            "%,d offsets of %d partitions of %s %s; the lake is verified up to %s.%n",
                            records,
                            cuts.size(),
                            stream.topic(),
                            dryRun ? "would be deleted" : "deleted",
                            verified);
            lake.out().flush();
            return 0;
        }
    }
}
