package org.offerstorm.topology.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.targets.ScrapeTarget;
import picocli.CommandLine.Option;

/** Which targets {@code status} writes, and how often: picocli fills it. */
final class TargetsOptions {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            required = true,
            description =
                    "Writes the addresses of the workers' figures to FILE, which is replaced at once, in the form of"
                            + " Prometheus' file_sd. dashboard.workers takes this file too.")
    private Path file;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "Writes FILE again whenever this has passed, such as 30s, until Ctrl-C.")
    private Duration every;

    @Option(names = "--dashboard", paramLabel = "HOST:PORT", description = "Lists this dashboard in FILE too.")
    private String dashboard;

    Path file() {
        return file;
    }

    /** Null: once. */
    Duration every() {
        if (every != null && every.compareTo(SHORTEST) < 0) {
            throw Failure.usage("--every is too short; write 1s or more");
        }
        return every;
    }

    List<ScrapeTarget> further() {
        if (dashboard == null) {
            return List.of();
        }
        if (!dashboard.matches("[^\\s/@]+:[0-9]{1,5}")) {
            throw Failure.usage("--dashboard '" + PlainText.excerpt(dashboard)
                    + "' is not an address; write HOST:PORT, such as 127.0.0.1:8080");
        }
        return List.of(ScrapeTarget.dashboard(dashboard));
    }
}
