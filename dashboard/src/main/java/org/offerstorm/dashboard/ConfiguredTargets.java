package org.offerstorm.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.tools.targets.ScrapeTarget;
import org.offerstorm.tools.targets.TargetsFile;

/** Where the workers are, by {@code dashboard.workers}: addresses, or a file of targets that is read each time. */
final class ConfiguredTargets {
    private ConfiguredTargets() {}

    static List<ScrapeTarget> of(DashboardConfig config) throws IOException {
        if (config.workersAreInFile()) {
            return TargetsFile.read(Path.of(config.workers()));
        }
        return config.workerAddresses().stream()
                .map(address -> new ScrapeTarget(address, ScrapeTarget.Role.WORKER, ""))
                .toList();
    }
}
