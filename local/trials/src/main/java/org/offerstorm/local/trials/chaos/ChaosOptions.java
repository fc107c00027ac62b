package org.offerstorm.local.trials.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.offerstorm.local.trials.chaos.site.Fault;

/**
 * What a user has chosen.
 *
 * @param seed of the plan and of the load
 * @param length of the plan
 * @param faults name to maker
 * @param rate records a second
 * @param mapped whether the load is in another shape, of which a mapping makes offers
 * @param lake whether there is a lake, which some of the faults are about
 * @param secure whether the cluster's wires are closed
 * @param directory of the cluster; absolute
 * @param keep the cluster's data, even if all is fine
 */
public record ChaosOptions(
        long seed,
        Duration length,
        Map<String, Supplier<Fault>> faults,
        int rate,
        boolean mapped,
        boolean lake,
        boolean secure,
        Path directory,
        boolean keep) {
    /** The plan that these make. */
    public FaultPlan plan() {
        return FaultPlan.draw(seed, length, candidates());
    }

    /** A length in which each fault comes once, regardless of the seed. */
    public Duration lengthForAll() {
        return FaultPlan.lengthForAll(candidates());
    }

    private List<FaultPlan.Candidate> candidates() {
        return faults.values().stream()
                .map(Supplier::get)
                .map(fault -> new FaultPlan.Candidate(fault.name(), fault.takes()))
                .toList();
    }
}
