package org.offerstorm.dashboard.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.targets.ScrapeTarget;
import org.offerstorm.tools.targets.TargetsFile;

/** The addresses in {@code dashboard.workers}, or in the file that it names: that file is read again each time. */
final class WorkerList {
    /** More are not asked. */
    static final int MOST = 200;

    private static final long LARGEST_FILE = 1 << 20;

    private final DashboardConfig config;

    /**
     * Workers to ask, and slots that may have one.
     *
     * @param targets each address once
     * @param problem why there are none, or not all; empty if all is well
     */
    record Listed(List<ScrapeTarget> targets, String problem) {}

    WorkerList(DashboardConfig config) {
        this.config = config;
    }

    /** Whether the option is set. */
    boolean isSet() {
        return !config.workers().equals(DashboardConfig.NO_WORKERS);
    }

    Listed read() {
        if (!isSet()) {
            return new Listed(List.of(), "");
        }
        if (!config.workersAreInFile()) {
            return bounded(config.workerAddresses().stream()
                    .map(address -> new ScrapeTarget(address, ScrapeTarget.Role.WORKER, ""))
                    .toList());
        }
        Path file = Path.of(config.workers());
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException(file + " is larger than 1 MiB");
            }
            return bounded(TargetsFile.read(file));
        } catch (NoSuchFileException e) {
            return missing(file);
        } catch (IOException e) {
            return e.getCause() instanceof NoSuchFileException
                    ? missing(file)
                    : new Listed(
                            List.of(),
                            "dashboard.workers cannot be read: " + PlainText.firstLine(String.valueOf(e.getMessage())));
        }
    }

    private static Listed missing(Path file) {
        return new Listed(
                List.of(),
                "dashboard.workers names " + file + ", which does not exist; 'offerstorm status --targets " + file
                        + "' writes it");
    }

    private static Listed bounded(List<ScrapeTarget> all) {
        Map<String, ScrapeTarget> targets = new LinkedHashMap<>();
        for (ScrapeTarget target : all) {
            if (target.role() != ScrapeTarget.Role.DASHBOARD) {
                targets.putIfAbsent(target.address(), target);
            }
        }
        Collection<ScrapeTarget> each = targets.values();
        return new Listed(
                each.stream().limit(MOST).toList(),
                each.size() > MOST ? "only the first " + MOST + " of " + each.size() + " workers are asked" : "");
    }
}
