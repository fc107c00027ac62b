package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.Quote;
import org.offerstorm.lake.batch.LakeTable;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.restore.TopicTrim;
import org.offerstorm.lake.restore.VerifiedBase;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.StagedLog;
import org.offerstorm.tools.cli.Audited;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code offerstorm lake trim}. */
@Command(
        name = "trim",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Deletes records from the topic that are older than --keep, in the lake as 'lake verify' last found it, and"
                        + " committed by every consumer group that reads the topic, by this stream's own when every sink has"
                        + " them. Redis and Solr can then be filled again by 'lake restore' alone. Before, it writes"
                        + " the newest version of each offer next to the tables, from which 'verify' continues.",
        footer = {
            "",
            "Exit codes: 0 fine, also if there is nothing to delete; 2 usage; 3 HDFS or Kafka cannot be reached, the lake was"
                    + " never verified, or the topic is another one.",
            "",
            "Examples:",
            "  offerstorm lake verify && offerstorm lake trim --keep 7d",
            "  offerstorm lake trim --keep 7d --dry-run"
        })
public final class TrimCommand implements Callable<Integer>, Audited {
    @Option(
            names = "--keep",
            paramLabel = "TIME",
            required = true,
            description =
                    "Keep records that are younger, such as 7d. 0s: keep only what is not verified and committed.")
    private Duration keep;

    @Option(
            names = "--ignore-group",
            paramLabel = "NAME",
            description =
                    "Delete what this consumer group has not committed, because nobody reads in it any more; may be"
                            + " repeated.")
    private Set<String> ignored = new TreeSet<>();

    @Option(names = "--dry-run", description = "Say what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        return options.with(this::trim);
    }

    private int trim(Lake lake) throws IOException, WrongTable {
        if (ignored.contains(lake.group())) {
            throw Failure.usage("--ignore-group: " + lake.group()
                    + " is the stream's own group; what it has not committed may be in no store");
        }
        LakeTable history = lake.tables().history();
        OffsetVector verified = history.verified();
        if (verified.epoch() == 0) {
            throw Failure.unreachable("the lake was never verified; run 'offerstorm lake verify' first", null);
        }
        OptionalLong snapshot = history.snapshotOf(verified);
        if (snapshot.isEmpty()) {
            throw Failure.unreachable(
                    "the tables that were verified at " + verified
                            + " have expired; run 'offerstorm lake verify' again. Nothing is deleted",
                    null);
        }
        StagedLog.Stream stream;
        try (StagedLog log = new StagedLog(lake.config().of(Hdfs.KIND))) {
            stream = log.stream().orElseThrow();
        }
        try (TopicTrim trim = new TopicTrim(lake.config().source())) {
            TopicTrim.Plan plan = trim.plan(stream, verified, Instant.now().minus(keep), ignored);
            if (!dryRun) {
                // Before anything is deleted, and if nothing is: the file may have been lost.
                HdfsConfig hdfs = lake.config().of(Hdfs.KIND);
                String directory = lake.config().lake().basePath(hdfs.directory());
                long offers = new VerifiedBase(lake.session().spark(), snapshot.getAsLong())
                        .write(stream, verified, hdfs, directory);
                lake.out()
                        .printf(
                                Locale.ROOT,
                                "The newest versions of %,d offers are in %s, from which 'verify' continues.%n",
                                offers,
                                directory);
                if (!plan.cuts().isEmpty()) {
                    trim.delete(plan.cuts());
                }
            }
            long records = plan.cuts().values().stream()
                    .mapToLong(cut -> cut.to() - cut.from())
                    .sum();
            lake.out()
                    .printf(
                            Locale.ROOT,
                            "%,d offsets of %d partitions of %s %s; the lake is verified up to %s.%n",
                            records,
                            plan.cuts().size(),
                            stream.topic(),
                            dryRun ? "would be deleted" : "deleted",
                            verified);
            plan.kept().forEach((group, offsets) -> lake.out().println(kept(group, offsets, lake.group())));
            lake.out().flush();
            return 0;
        }
    }

    private static String kept(String group, long offsets, String own) {
        String reason = group.equals(own)
                ? "the stream's own, has not committed them"
                : "has not committed them; if nobody reads in it any more, say --ignore-group";
        return String.format(Locale.ROOT, "%,d more are kept: consumer group %s, ", offsets, Quote.of(group)) + reason
                + ".";
    }
}
