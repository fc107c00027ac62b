package org.offerstorm.topology.operate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.storm.generated.TopologySummary;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.terminal.Pause;

/** Ends a topology, in order or at once, and waits until Nimbus has forgotten it and its workers have ended. */
public final class Kill {
    private static final Duration GONE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 250;

    private final OfferstormConfig config;
    private final Consumer<String> tell;

    /** @param tell takes lines for the person at the terminal */
    public Kill(OfferstormConfig config, Consumer<String> tell) {
        this.config = config;
        this.tell = tell;
    }

    /**
     * Ends it.
     *
     * @param drain finish first what is in flight, within {@code limit}
     * @throws Failure if it does not run, cannot be drained, or does not end
     */
    public void run(String name, boolean drain, Duration limit) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            TopologySummary topology = nimbus.get(name);
            String id = topology.get_id();
            tell.accept((drain ? "Draining and ending " : "Ending ") + name + " (" + id + ") on the cluster of Nimbus "
                    + nimbus.address());
            Workers workers = new Workers(RunningTopology.of(nimbus.conf(id)).portOffset());
            List<Workers.Slot> slots = workers.ask(nimbus.info(id)).stream()
                    .filter(worker -> worker.figures().isPresent())
                    .map(Workers.Worker::slot)
                    .toList();
            boolean ending = topology.get_status().equals("KILLED");
            if (drain && !ending) {
                new Drain(nimbus, config, tell).run(topology, limit);
            }
            long start = System.nanoTime();
            if (!ending) {
                nimbus.kill(name);
            }
            awaitGone(nimbus, id, name, start);
            awaitEnd(workers, slots, id, start);
            tell.accept(String.format(
                    Locale.ROOT, "  ended        after %.1f s%s", (System.nanoTime() - start) / 1e9, ended(slots)));
            if (!drain) {
                tell.accept("What was in flight is read again at the next start, and open files are finished then;"
                        + " --drain finishes them first.");
            }
        }
    }

    private static String ended(List<Workers.Slot> slots) {
        if (slots.isEmpty()) {
            return "";
        }
        return slots.size() == 1 ? ", its worker " + slots.get(0) + " too" : ", its " + slots.size() + " workers too";
    }

    private static void awaitGone(Nimbus nimbus, String id, String name, long start) {
        while (nimbus.topologies().stream()
                .anyMatch(topology -> topology.get_id().equals(id))) {
            if (System.nanoTime() - start > GONE.toNanos()) {
                throw Failure.difference(name + " is killed, but Nimbus " + nimbus.address() + " still lists it after "
                        + GONE.toSeconds() + " s; see its log");
            }
            Pause.millis(LOOK_MILLIS);
        }
    }

    private static void awaitEnd(Workers workers, List<Workers.Slot> slots, String id, long start) {
        for (Workers.Slot slot : slots) {
            while (workers.lives(slot, id)) {
                if (System.nanoTime() - start > GONE.toNanos()) {
                    throw Failure.difference("the topology is gone, but its worker " + slot + " still runs after "
                            + GONE.toSeconds() + " s; see the supervisor's log on " + slot.host());
                }
                Pause.millis(LOOK_MILLIS);
            }
        }
    }
}
