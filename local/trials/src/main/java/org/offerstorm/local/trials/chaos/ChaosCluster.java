package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.ClusterSettings;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.local.trials.chaos.crash.AgentJar;
import org.offerstorm.local.trials.chaos.site.LakeRuns;
import org.offerstorm.local.trials.chaos.site.Proxies;
import org.offerstorm.tools.config.ConfigLoader;

/** The run's own cluster with its topology, by the commands that a user has. Used by one thread. */
final class ChaosCluster {
    /** Of the topology: all sinks; one worker; files that are finished often, so that faults meet that too. */
    private static final Map<String, String> SETTINGS = Map.of(
            "sinks", "hdfs, postgres, solr, redis, changes",
            "topology.workers", "1",
            "hdfs.roll-age", "10 s");

    /** Set by the launcher. */
    private static final String HOME = "offerstorm.home";

    private static final String MAPPING = "source.mapping";

    private static final int FINE = 0;

    private final Path directory;
    private final Path configuration;
    private final CommandRunner commands;
    private final Consumer<String> say;
    /** {@link #SETTINGS}, and the mapping if there is one. */
    private final Map<String, String> own = new HashMap<>(SETTINGS);

    private final boolean mapped;
    private final boolean withLake;
    private final boolean secure;
    private RunLog log;
    private LakeRuns lake;
    private Proxies proxies;

    /**
     * Starts nothing yet.
     *
     * @param mapped whether the records are those of {@link OtherShape}
     * @param withLake whether {@link #bringUp} makes a lake
     * @param secure whether its wires are closed
     * @param say for people
     */
    ChaosCluster(
            Path directory,
            boolean mapped,
            boolean withLake,
            boolean secure,
            CommandRunner commands,
            Consumer<String> say) {
        this.withLake = withLake;
        this.secure = secure;
        this.directory = directory;
        this.mapped = mapped;
        this.configuration = directory.resolve("offerstorm.yaml");
        this.commands = commands;
        this.say = say;
    }

    /**
     * Creates the cluster from scratch and starts the topology.
     *
     * @param interruption checked between the steps, because the servers' own code swallows interrupts
     * @throws Failure if a part of it does not come up
     */
    void bringUp(Interruption interruption) throws IOException, InterruptedException {
        say.accept("Bringing up a new cluster in " + directory);
        commands.must(List.of("cluster", "down", "--delete-data", "--dir", directory.toString()));
        AgentJar.install(directory);
        interruption.check();
        StringWriter up = new StringWriter();
        ClusterControl.up(directory, new ClusterSettings(0, true, true, false, secure), new PrintWriter(up, true));
        proxies = Proxies.open(
                directory,
                ConfigLoader.resolve(List.of(configuration), settings(own)).config());
        log = RunLog.open(directory.resolve("logs").resolve("chaos.log"));
        log.line(up.toString());
        if (mapped) {
            own.put(MAPPING, OtherShape.installMapping(directory).toString());
        }
        interruption.check();
        log.line(commands.must(configured(own, List.of("setup"))));
        interruption.check();
        if (withLake) {
            say.accept("Making the lake");
            lake = new LakeRuns(launcher(), directory.resolve("logs"), options(own), log::line);
            try {
                lake.answer("run", "--help"); // builds it
                lake.run();
            } finally {
                lake.end();
            }
        }
        interruption.check();
        say.accept("Submitting the topology");
        log.line(commands.must(configured(proxied(), List.of("submit"))));
        interruption.check();
    }

    /** Addresses of the servers themselves, with an administrator's login where they ask for one. */
    OfferstormConfig direct() {
        List<Path> files = secure
                ? List.of(configuration, directory.resolve("secure/roles/administrator.yaml"))
                : List.of(configuration);
        return ConfigLoader.resolve(files, settings(own)).config();
    }

    ClusterControl control() throws IOException {
        return ClusterControl.of(directory, log::line);
    }

    /**
     * A command with the topology's configuration, which leads through the proxies.
     *
     * @param words the command's name is the first of them; their settings win
     */
    CommandRunner.Answer run(List<String> words) {
        return commands.answer(configured(proxied(), words));
    }

    /** Its commands, if it has one. */
    Optional<LakeRuns> lake() {
        return Optional.ofNullable(lake);
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
    CommandRunner.Answer verify(String patience) {
        CommandRunner.Answer answer = commands.answer(configured(own, List.of("verify", "--wait", patience)));
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
        CommandRunner.Answer answer = commands.answer(words);
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
                    + (mapped ? " -c " + MAPPING + "=" + own.get(MAPPING) : "")
                    + "   compares (status, counts and dlq take it too)\n"
                    + "  ./offerstorm cluster down --delete-data --dir " + directory + "   removes it");
        }
    }

    private static Path launcher() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw Failure.unreachable("--lake needs the launcher; start it as ./offerstorm chaos", null);
        }
        return Path.of(home, "offerstorm");
    }

    private Map<String, String> proxied() {
        Map<String, String> settings = new HashMap<>(own);
        settings.putAll(proxies.configuration());
        return settings;
    }

    /** With the configuration right after the command's name: a setting of the words themselves comes later and wins. */
    private List<String> configured(Map<String, String> settings, List<String> words) {
        List<String> all = new ArrayList<>(List.of(words.get(0)));
        all.addAll(options(settings));
        all.addAll(words.subList(1, words.size()));
        return all;
    }

    private List<String> options(Map<String, String> settings) {
        List<String> all = new ArrayList<>(List.of("--config", configuration.toString()));
        settings(settings).forEach(setting -> all.addAll(List.of("-c", setting)));
        return all;
    }

    /** {@code key=value}. */
    private static List<String> settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .sorted()
                .toList();
    }
}
