package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.LakeProcess;
import org.offerstorm.local.trials.chaos.site.LakeRuns;
import org.offerstorm.local.trials.chaos.site.Site;
import org.offerstorm.sinks.hdfs.Hdfs;

/** Two batches at the same time, with and without the lock that keeps them apart. */
public final class LakeTwice implements Fault {
    private static final int MOST_APART_MILLIS = 3_000;
    private static final int LOOK_MILLIS = 50;
    private static final Duration TAKES = Duration.ofSeconds(100);

    @Override
    public String name() {
        return "lake-twice";
    }

    @Override
    public String description() {
        return "'lake run' is started twice, in half of the cases with the lock deleted all the time. One of them publishes,"
                + " the other ends with exit code 0 or 3; needs --lake.";
    }

    @Override
    public boolean needsLake() {
        return true;
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public Duration takes() {
        return TAKES;
    }

    @Override
    public void inject(Site site) throws IOException, InterruptedException {
        boolean unlocked = site.random().nextBoolean();
        int apart = site.random().nextInt(MOST_APART_MILLIS);
        site.log("lake-twice: " + apart + " ms apart, " + (unlocked ? "without" : "with") + " the lock");
        LakeRuns lake = site.lake();
        LakeProcess first = lake.start("run");
        Thread.sleep(apart);
        LakeProcess second = lake.start("run");
        if (unlocked) {
            deleteLock(site.direct(), first, second);
        }
        List<LakeRuns.Answer> answers = List.of(lake.ended(first), lake.ended(second));
        boolean known = answers.stream().allMatch(answer -> answer.code() == 0 || answer.code() == Failure.UNREACHABLE);
        if (!known || answers.stream().noneMatch(answer -> answer.code() == 0)) {
            throw new IllegalStateException("two runs of the lake at once ended with exit codes "
                    + answers.get(0).code() + " and " + answers.get(1).code());
        }
        lake.run();
    }

    @Override
    public void heal(Site site) throws InterruptedException {
        site.lake().end();
    }

    /** As if the two could not see each other, until one of them has ended. */
    private static void deleteLock(OfferstormConfig direct, LakeProcess first, LakeProcess second)
            throws IOException, InterruptedException {
        Path lock = new Path(direct.lake().path(direct.of(Hdfs.KIND).directory()), "_lock");
        try (DistributedFileSystem hdfs = DirectHdfs.connect(direct)) {
            while (first.isAlive() && second.isAlive()) {
                hdfs.delete(lock, false);
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }
}
