package org.offerstorm.local.chaos.process;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.offerstorm.local.chaos.Site;
import org.offerstorm.topology.Failure;

/** Workers, and waiting for them. */
final class RunningWorkers {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private RunningWorkers() {}

    /** Name of one; waits if none runs. */
    static String any(Site site) throws InterruptedException {
        return any(site, name -> true);
    }

    /**
     * Name of one that fits; waits if none does.
     *
     * @throws Failure if none comes
     */
    static String any(Site site, Predicate<String> fits) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> fitting =
                    site.cluster().workers().stream().filter(fits).toList();
            if (!fitting.isEmpty()) {
                return fitting.get(site.random().nextInt(fitting.size()));
            }
            if (System.nanoTime() > deadline) {
                throw Failure.unreachable("no worker came within " + PATIENCE.toSeconds() + " s", null);
            }
            Thread.sleep(POLL.toMillis());
        }
    }
}
