package org.offerstorm.tools.targets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.offerstorm.core.config.DashboardConfig;

/** Where the workers are, by a value of {@code dashboard.workers}. */
public final class ConfiguredTargets {
    private ConfiguredTargets() {}

    /**
     * All targets.
     *
     * @param workers addresses; or a file of targets, which is read now; or {@link DashboardConfig#NO_WORKERS}
     * @throws IOException if the file cannot be read; the message names it and the reason
     */
    public static List<ScrapeTarget> of(String workers) throws IOException {
        if (workers.equals(DashboardConfig.NO_WORKERS)) {
            return List.of();
        }
        if (DashboardConfig.isFile(workers)) {
            return TargetsFile.read(Path.of(workers));
        }
        return List.of(workers.strip().split("\\s*,\\s*", -1)).stream()
                .map(address -> new ScrapeTarget(address, ScrapeTarget.Role.WORKER, ""))
                .toList();
    }

    /** The addresses of those that are workers, or places where one may run. */
    public static List<String> addressesOfWorkers(String workers) throws IOException {
        return of(workers).stream()
                .filter(target -> target.role() != ScrapeTarget.Role.DASHBOARD)
                .map(ScrapeTarget::address)
                .toList();
    }
}
