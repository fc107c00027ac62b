package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.LakeProcess;
import org.offerstorm.local.trials.chaos.site.Site;

/** A batch ends anywhere. */
public final class LakeKill implements Fault {
    /** Of the time that a run takes: before that it has not touched the tables, because Spark still starts. */
    private static final double EARLIEST = 0.3;

    private static final Duration TAKES = Duration.ofSeconds(75);

    @Override
    public String name() {
        return "lake-kill";
    }

    @Override
    public String description() {
        return "'lake run' gets SIGKILL at a random moment, and is run again. The second one makes up for it; needs --lake.";
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
        double part = EARLIEST + site.random().nextDouble() * (1 - EARLIEST);
        long millis = Math.round(part * site.lake().usual().toMillis());
        LakeProcess run = site.lake().start("run");
        Thread.sleep(millis);
        boolean alive = run.isAlive();
        run.kill();
        site.log("lake-kill: " + (alive ? "killed" : "it had ended") + " after " + millis + " ms");
        site.lake().run();
    }

    @Override
    public void heal(Site site) throws InterruptedException {
        site.lake().end();
    }
}
