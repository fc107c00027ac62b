package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.ClusterSettings;
import org.offerstorm.local.trials.chaos.crash.AgentJar;
import org.offerstorm.tools.config.ConfigLoader;

/** The run's own cluster with its topology, by the commands that a user has. Used by one thread. */
final class ChaosCluster {
    /** Of the topology: one worker; files that are finished often, so that faults meet that too. */
    private static final Map<String, String> SETTINGS = Map.of("topology.workers", "1", "hdfs.roll-age", "10 s");

    private static final int FINE = 0;

    private final Path directory;
    private final Path configuration;
    private final Commands commands;
    private final Consumer<String> say;
    private RunLog log;
    private Proxies proxies;

    /** @param say for people */
    ChaosCluster(Path directory, Consumer<String> say) {
        this.directory = directory;
        this.configuration = directory.resolve("offerstorm.yaml");
        this.commands = new Commands(configuration, SETTINGS);
        this.say = say;
    }

    /**
     * Makes it anew, and starts the topology.
     *
     * @param interruption looked at between the steps, for servers' own code swallows interrupts
     * @throws Failure if something of it does not come up
     */
    void bringUp(Interruption interruption) throws IOException, InterruptedException {
        say.accept("Bringing up a cluster of its own in " + directory);
        must(List.of("cluster", "down", "--delete-data", "--dir", directory.toString()));
        AgentJar.install(directory);
        interruption.check();
        StringWriter up = new StringWriter();
        ClusterControl.up(directory, new ClusterSettings(0, true), new PrintWriter(up, true));
        proxies = Proxies.open(directory);
        log = RunLog.open(directory.resolve("logs").resolve("chaos.log"));
        log.line(up.toString());
        interruption.check();
        log.line(must(List.of("setup")));
        interruption.check();
        say.accept("Submitting the topology");
        log.line(must(List.of("submit"), proxies.configuration()));
        interruption.check();
    }

    /** Addresses of the servers themselves. */
    OfferstormConfig direct() {
        return ConfigLoader.resolve(List.of(configuration), commands.settings()).config();
    }

    ClusterControl control() throws IOException {
        return ClusterControl.of(directory, log::line);
    }

    /** With the topology's configuration, which leads through the proxies. */
    Commands commands() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(proxies.configuration());
        return new Commands(configuration, settings);
    }

    Proxies proxies() {
        return proxies;
    }

    RunLog log() {
        return log;
    }

    Path directory() {
        return directory;
    }

    /** {@code verify}, as a user would call it. */
    Commands.Answer verify(String patience) {
        Commands.Answer answer = commands.run(List.of("verify", "--wait", patience), Map.of());
        log.line(answer.text());
        return answer;
    }

    /**
     * Stops every process of it.
     *
     * @param keep its data and logs
     */
    void takeDown(boolean keep) {
        say.accept("Taking the cluster down");
        List<String> words = keep
                ? List.of("cluster", "down", "--dir", directory.toString())
                : List.of("cluster", "down", "--delete-data", "--dir", directory.toString());
        if (log != null) {
            log.close();
        }
        Commands.Answer answer = commands.run(words, Map.of());
        if (proxies != null) {
            proxies.close();
        }
        if (answer.code() != FINE) {
            say.accept(answer.text().strip());
            return;
        }
        if (keep) {
            say.accept("Kept, with all data and logs: " + directory + "\n"
                    + "  " + directory.resolve("logs").resolve("chaos.log") + "   what the run did and saw\n"
                    + "  " + directory.resolve("logs").resolve("workers") + "   what the topology's workers say\n"
                    + "  ./offerstorm cluster up --dir " + directory + "   starts all of it again, then\n"
                    + "  ./offerstorm verify --config " + configuration
                    + "   compares (status, counts and dlq take it too)\n"
                    + "  ./offerstorm cluster down --delete-data --dir " + directory + "   removes it");
        }
    }

    private String must(List<String> words) {
        return must(words, Map.of());
    }

    private String must(List<String> words, Map<String, String> more) {
        Commands.Answer answer = commands.run(words, more);
        if (answer.code() != FINE) {
            throw Failure.unreachable(
                    "'offerstorm " + String.join(" ", words) + "' failed:\n"
                            + answer.text().strip(),
                    null);
        }
        return answer.text();
    }
}
