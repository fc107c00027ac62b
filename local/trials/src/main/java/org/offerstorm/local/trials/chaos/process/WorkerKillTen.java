package org.offerstorm.local.trials.chaos.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** A worker is killed again and again, each time before it has caught up. */
public final class WorkerKillTen implements Fault {
    private static final int TIMES = 10;
    /** The number of kills before the Supervisor has heard of the new process; it then waits half a minute for it, without success. */
    private static final int UNHEARD = 2;

    private static final int LONGEST_LIFE_MILLIS = 4_000;
    private static final Duration TAKES = Duration.ofSeconds(150);

    @Override
    public String name() {
        return "worker-kill-ten";
    }

    @Override
    public String description() {
        return "A worker gets SIGKILL ten times in a row, as soon as it is back: while it starts, recovers files, replays.";
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
        int killed = 0;
        while (killed < TIMES) {
            String worker;
            if (killed > 0 && killed <= UNHEARD) {
                worker = RunningWorkers.any(site);
            } else {
                worker = RunningWorkers.answering(site);
                Thread.sleep(site.random().nextInt(LONGEST_LIFE_MILLIS));
            }
            Set<Long> before = site.cluster().endedWorkers();
            site.cluster().kill(worker);
            killed += before.equals(site.cluster().endedWorkers()) ? 0 : 1; // it may have ended by itself
        }
    }

    @Override
    public void heal(Site site) {
        // The Supervisor does.
    }
}
