package org.offerstorm.local.trials.chaos.process;

import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** A worker is killed somewhere in its work. */
public final class WorkerKill implements Fault {
    private static final int AT_MOST_MILLIS = 2_000;

    @Override
    public String name() {
        return "worker-kill";
    }

    @Override
    public String description() {
        return "A worker gets SIGKILL. Its Supervisor starts another, which continues from where all sinks are durable.";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public Duration takes() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void inject(Site site) throws Exception {
        Thread.sleep(site.random().nextInt(AT_MOST_MILLIS));
        site.cluster().kill(RunningWorkers.any(site));
    }

    @Override
    public void heal(Site site) {
        // The Supervisor does.
    }
}
