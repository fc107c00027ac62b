package org.offerstorm.dashboard.trigger;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.tools.figures.FiguresClient;
import org.offerstorm.tools.figures.WorkerFigures;
import org.offerstorm.tools.targets.ScrapeTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the workers every five seconds, and has the rules on the pipeline checked. Any thread may close it. */
public final class HealthWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

    static final Duration PACE = Duration.ofSeconds(5);
    private static final Duration ENDED = Duration.ofSeconds(5);

    private final WorkerSource workers;
    private final Triggers triggers;
    private final InstantSource clock;
    private final Duration pace;
    private final FiguresClient client = new FiguresClient();
    private final HealthFigures figures = new HealthFigures();
    private final Thread thread = new Thread(this::work, "health-watch");
    private String problem = "";

    /** Says where the workers are. */
    @FunctionalInterface
    public interface WorkerSource {
        /** Those that are listed now. */
        List<ScrapeTarget> get() throws IOException;
    }

    private HealthWatch(WorkerSource workers, Triggers triggers, InstantSource clock, Duration pace) {
        this.workers = workers;
        this.triggers = triggers;
        this.clock = clock;
        this.pace = pace;
        thread.setDaemon(true);
    }

    /** Starts its thread. */
    public static HealthWatch start(WorkerSource workers, Triggers triggers, InstantSource clock) {
        return start(workers, triggers, clock, PACE);
    }

    static HealthWatch start(WorkerSource workers, Triggers triggers, InstantSource clock, Duration pace) {
        HealthWatch watch = new HealthWatch(workers, triggers, clock, pace);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(ENDED.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (!Thread.interrupted()) {
                look();
                Thread.sleep(pace.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("The watch on the pipeline ends");
        }
    }

    private void look() {
        try {
            List<ScrapeTarget> targets = workers.get().stream()
                    .filter(target -> target.role() != ScrapeTarget.Role.DASHBOARD)
                    .toList();
            Map<String, WorkerFigures> answers = new LinkedHashMap<>();
            client.ask(targets.stream().map(ScrapeTarget::address).toList())
                    .forEach(answer -> answer.figures().ifPresent(said -> answers.put(answer.address(), said)));
            // Nobody expects a worker at each slot.
            long expected = targets.stream()
                    .filter(target -> target.role() == ScrapeTarget.Role.WORKER)
                    .filter(target -> !answers.containsKey(target.address()))
                    .count();
            figures.add(clock.millis(), answers, Math.toIntExact(expected));
            triggers.look(figures, clock.millis());
            say("");
        } catch (IOException | RuntimeException e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    /** Once for each new problem. */
    private void say(String now) {
        if (!now.equals(problem) && !now.isEmpty()) {
            LOG.warn("The rules on the pipeline are not checked: {}", now);
        } else if (!now.equals(problem)) {
            LOG.info("The rules on the pipeline are checked again");
        }
        problem = now;
    }
}
