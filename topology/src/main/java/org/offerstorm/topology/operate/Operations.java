package org.offerstorm.topology.operate;

import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.report.Json;
import org.offerstorm.tools.targets.ScrapeTarget;

/** Short calls about a topology on the cluster, for the commands. */
public final class Operations {
    private Operations() {}

    /**
     * How the topology does.
     *
     * @param json as JSON, else for people
     * @throws Failure with exit code 1 if there is no such topology, which is an answer and no misuse
     */
    public static String status(OfferstormConfig config, String name, boolean json) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            if (nimbus.find(name).isEmpty()) {
                throw Failure.difference(nimbus.none(name));
            }
            Status status = new StatusReader(nimbus, config.source()).read(name);
            return json ? Json.of(status) : StatusText.of(status);
        }
    }

    /**
     * Where the topology's workers serve their figures.
     *
     * @return nothing if there is no such topology
     * @throws Failure if Nimbus does not answer, or the workers serve none
     */
    public static Optional<List<ScrapeTarget>> targets(OfferstormConfig config, String name) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            return WorkerTargets.of(nimbus, name);
        }
    }

    /** Lets a deactivated topology read on. */
    public static void activate(OfferstormConfig config, String name) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            nimbus.get(name);
            nimbus.activate(name);
        }
    }

    /** Stops reading; what is in flight is finished, and the files too. */
    public static void deactivate(OfferstormConfig config, String name) {
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            nimbus.get(name);
            nimbus.deactivate(name);
        }
    }
}
