package org.offerstorm.local.trials.chaos.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.Waiting;
import org.offerstorm.local.trials.chaos.site.Site;
import org.offerstorm.local.trials.chaos.site.WorkerCounters;

/** Workers, and waiting for them. */
final class RunningWorkers {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private RunningWorkers() {}

    /** Name of one; waits if none runs. */
    static String any(Site site) throws InterruptedException {
        return any(site, name -> true);
    }

    /** Name of one that is up and about to work; waits if there is none. */
    static String answering(Site site) throws InterruptedException {
        return any(site, name -> figures(site, name).isPresent());
    }

    /** A worker's own figures; empty if it does not answer. */
    static Optional<WorkerCounters> figures(Site site, String worker) {
        try {
            return Optional.of(
                    WorkerCounters.ask(worker, site.direct().topology().metricsPortOffset()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String any(Site site, Predicate<String> fits) throws InterruptedException {
        return Waiting.find(PATIENCE, POLL, () -> {
                    List<String> fitting =
                            site.cluster().workers().stream().filter(fits).toList();
                    return fitting.isEmpty()
                            ? Optional.<String>empty()
                            : Optional.of(fitting.get(site.random().nextInt(fitting.size())));
                })
                .orElseThrow(() -> Failure.unreachable("no worker came within " + PATIENCE.toSeconds() + " s", null));
    }
}
