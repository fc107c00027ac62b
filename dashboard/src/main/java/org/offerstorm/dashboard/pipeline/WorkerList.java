package org.offerstorm.dashboard.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.core.text.PlainText;

/** The addresses in {@code dashboard.workers}, or in the file that it names: that file is read again each time. */
final class WorkerList {
    /** More are not asked. */
    static final int MOST = 200;

    private static final long LARGEST_FILE = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DashboardConfig config;

    /**
     * Workers to ask.
     *
     * @param addresses {@code HOST:PORT}
     * @param problem why there are none, or not all; empty if all is well
     */
    record Listed(List<String> addresses, String problem) {}

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
            return bounded(new LinkedHashSet<>(config.workerAddresses()));
        }
        Path file = Path.of(config.workers());
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException("it is larger than 1 MiB");
            }
            return bounded(targets(JSON.readTree(Files.readAllBytes(file))));
        } catch (IOException e) {
            return new Listed(
                    List.of(),
                    "dashboard.workers names " + file + ", which "
                            + (e instanceof NoSuchFileException
                                    ? "does not exist; 'offerstorm status --targets " + file + "' writes it"
                                    : "cannot be read: " + PlainText.firstLine(String.valueOf(e.getMessage()))));
        }
    }

    private static Listed bounded(Set<String> addresses) {
        return new Listed(
                addresses.stream().limit(MOST).toList(),
                addresses.size() > MOST
                        ? "only the first " + MOST + " of " + addresses.size() + " workers are asked"
                        : "");
    }

    /** As Prometheus reads such a file: {@code [{"targets": ["HOST:PORT", …]}, …]}. */
    private static Set<String> targets(JsonNode groups) throws IOException {
        if (!groups.isArray()) {
            throw new IOException("it is not a list of targets as Prometheus has it");
        }
        Set<String> targets = new LinkedHashSet<>();
        for (JsonNode group : groups) {
            if (group.path("labels").path("role").asText().equals("dashboard")) {
                continue;
            }
            for (JsonNode target : group.path("targets")) {
                targets.add(target.asText());
            }
        }
        return targets;
    }
}
