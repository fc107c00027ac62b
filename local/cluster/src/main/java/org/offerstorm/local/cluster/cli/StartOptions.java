package org.offerstorm.local.cluster.cli;

import java.time.Duration;
import org.offerstorm.core.check.Failure;
import picocli.CommandLine.Option;

/** How long a start waits for servers that make no progress: the same for every command that starts some. A picocli mixin. */
public final class StartOptions {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "90s",
            description = "How long a server that is starting may make no progress (new lines in its log, CPU time),"
                    + " such as 90s or 10min. A server that makes progress may take ten times as long."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    /**
     * How long a server may make no progress.
     *
     * @throws Failure if it is less than a second
     */
    public Duration patience() {
        if (wait.compareTo(SHORTEST) < 0) {
            throw Failure.usage("--wait is " + wait.toMillis() + " ms; it must be 1s or longer");
        }
        return wait;
    }
}
