package org.offerstorm.topology.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.storm.Config;
import org.apache.storm.StormSubmitter;
import org.apache.storm.generated.AlreadyAliveException;
import org.apache.storm.generated.AuthorizationException;
import org.apache.storm.generated.InvalidTopologyException;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.generated.TopologySummary;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.setup.Doctor;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.terminal.Interrupted;
import org.offerstorm.tools.terminal.Pause;
import org.offerstorm.topology.wiring.OffersTopology;

/** Puts the topology on a cluster and waits until it works. Used by one thread. */
public final class Submission {
    private final OfferstormConfig config;
    private final String version;
    private final Consumer<String> tell;

    /**
     * @param version of this program
     * @param tell takes lines for the person at the terminal
     */
    public Submission(OfferstormConfig config, String version, Consumer<String> tell) {
        this.config = config;
        this.version = version;
        this.tell = tell;
    }

    /**
     * Checks what can be checked, submits, and waits until offers flow.
     *
     * @param check whether to look at the servers first
     * @param wait limit for the workers to come up; zero: do not wait
     * @throws Failure if any of it does not succeed; the message says whether the topology is submitted
     */
    public void run(boolean check, Duration wait) {
        long start = System.nanoTime();
        String name = config.topology().name();
        StormTopology topology = OffersTopology.build(config, DataSets.of(config));
        Path jar = TopologyJar.find(version);
        try (Nimbus nimbus = Nimbus.connect(config.topology().nimbus())) {
            tell.accept("Submitting " + name + " to the cluster of Nimbus " + nimbus.address());
            refuseTaken(nimbus, name);
            refuseSecondReader(nimbus);
            refuseCrowded(nimbus);
            int partitions = partitions();
            if (check) {
                checkServers();
            }
            submit(nimbus, name, topology, jar);
            if (wait.isZero()) {
                tell.accept("  not waited for; 'status " + name + "' shows its progress");
                return;
            }
            List<Workers.Worker> workers;
            try (Interrupted note = new Interrupted(
                    name + " stays submitted; 'status " + name + "' shows its progress, 'kill " + name + "' ends it")) {
                workers = new Startup(
                                nimbus,
                                config.topology().metricsPortOffset(),
                                config.topology().workers(),
                                partitions)
                        .await(name, wait);
            }
            for (Workers.Worker worker : workers) {
                tell.accept("  worker     " + worker.slot()
                        + worker.figures()
                                .map(figures -> ", pid " + figures.pid())
                                .orElse("") + ", "
                        + worker.executors() + " executors");
            }
            tell.accept(String.format(
                    Locale.ROOT,
                    "  ACTIVE     after %.1f s; %d partitions of %s are read",
                    (System.nanoTime() - start) / 1e9,
                    partitions,
                    config.source().topic()));
        }
    }

    private static void refuseTaken(Nimbus nimbus, String name) {
        Optional<TopologySummary> taken = nimbus.find(name);
        if (taken.isPresent()) {
            String status = taken.get().get_status();
            throw Failure.usage("topology '" + name + "' is there already, and is " + status + "; "
                    + (status.equals("KILLED") ? "wait until it is gone" : "end it first ('kill --drain " + name + "')")
                    + ", or give this one another name with -c topology.name=NAME (and its own source.group)");
        }
    }

    /** A second topology of the same group is exact, but its HDFS writers supersede those of the first for good. */
    private void refuseSecondReader(Nimbus nimbus) {
        String stream = RunningTopology.stream(config);
        for (TopologySummary other : nimbus.topologies()) {
            if (RunningTopology.of(nimbus.conf(other.get_id())).stream().equals(stream)) {
                throw Failure.usage("topology '" + other.get_name() + "' is " + other.get_status()
                        + " and reads in the same consumer group, " + stream
                        + "; its writers would be paused. End it first ('kill --drain " + other.get_name()
                        + "'), or give this one its own source.group and hdfs.directory");
            }
        }
    }

    private void refuseCrowded(Nimbus nimbus) {
        int wanted = config.topology().workers();
        Nimbus.Slots slots = slots(nimbus::slots, wanted, StormHealth.TO_COME_BACK);
        if (slots.free() < wanted) {
            throw Failure.unreachable(
                    "the topology needs " + wanted + (wanted == 1 ? " worker slot" : " worker slots")
                            + " (topology.workers), but of the cluster's " + slots.all() + " slots on "
                            + slots.supervisors() + " supervisors " + slots.free() + " are free; "
                            + (slots.supervisors() == 0
                                    ? "start a supervisor"
                                    : "end another topology, add a supervisor, or lower topology.workers"),
                    null);
        }
    }

    /** Looks again as {@link StormHealth} does: a supervisor may be away for a moment. */
    static Nimbus.Slots slots(Supplier<Nimbus.Slots> nimbus, int wanted, Duration patience) {
        long begin = System.nanoTime();
        while (true) {
            Nimbus.Slots slots = nimbus.get();
            if (slots.free() >= wanted || System.nanoTime() - begin > patience.toNanos()) {
                return slots;
            }
            Pause.of(StormHealth.POLL);
        }
    }

    /** Checks the servers as the workers will use them, and reports what could be better. */
    private void checkServers() {
        List<Finding> findings = Doctor.run(config);
        if (findings.stream().anyMatch(Finding::isFailure)) {
            findings = Doctor.run(config); // servers that have just started are slow once
        }
        List<Finding> failures = findings.stream().filter(Finding::isFailure).toList();
        if (!failures.isEmpty()) {
            StringBuilder text = new StringBuilder("not submitted, because the workers could not work:");
            failures.forEach(finding -> text.append("\n  ").append(line(finding)));
            text.append("\n--unchecked submits anyway.");
            throw Failure.unreachable(text.toString(), null);
        }
        findings.stream()
                .filter(finding -> finding.level() == Finding.Level.WARN)
                .forEach(finding -> tell.accept("  warning    " + line(finding)));
        tell.accept("  checked    " + findings.size() + " things that the workers need; 'doctor' shows them");
    }

    private int partitions() {
        try (Lag lag = new Lag(config.source())) {
            int partitions = lag.partitions().size();
            int tasks = config.topology().spoutTasks();
            if (tasks > partitions) {
                throw Failure.usage("topology.spout-tasks is " + tasks + ", but topic "
                        + config.source().topic() + " has " + partitions + " partitions; lower it");
            }
            return partitions;
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage(), e);
        }
    }

    private static String line(Finding finding) {
        return finding.name() + " " + finding.where() + ": " + finding.message()
                + (finding.fix().isEmpty() ? "" : "; " + finding.fix());
    }

    private void submit(Nimbus nimbus, String name, StormTopology topology, Path jar) {
        System.setProperty(StormProperties.JAR, jar.toString());
        Config conf = OffersTopology.stormConfig(config);
        conf.put(RunningTopology.STREAM, RunningTopology.stream(config));
        keepReportersOfCluster(conf, nimbus.clusterConf());
        try {
            StormSubmitter.submitTopology(name, conf, topology, null, new Upload());
        } catch (AlreadyAliveException e) {
            throw Failure.usage("topology '" + name + "' is there already: " + e.get_msg());
        } catch (InvalidTopologyException e) {
            throw Failure.usage("Nimbus " + nimbus.address() + " refuses the topology: " + e.get_msg());
        } catch (AuthorizationException e) {
            throw Failure.unreachable("Nimbus " + nimbus.address() + " does not allow it: " + e.get_msg(), e);
        } catch (RuntimeException e) {
            throw Failure.unreachable(
                    "the submission to Nimbus " + nimbus.address() + " failed: " + e.getMessage()
                            + "; see its log, and 'status " + name + "'",
                    e);
        }
        String id = nimbus.find(name).map(TopologySummary::get_id).orElse(name);
        tell.accept("  submitted  " + id + ", " + config.topology().workers()
                + (config.topology().workers() == 1 ? " worker, " : " workers, ") + OffersTopology.executors(config)
                + " executors");
    }

    /** A topology's list of reporters replaces the cluster's: keeps those next to ours. */
    private static void keepReportersOfCluster(Config conf, String clusterConf) {
        try {
            Object theirs = new ObjectMapper().readValue(clusterConf, Map.class).get(Config.TOPOLOGY_METRICS_REPORTERS);
            if (theirs instanceof List<?> list && conf.get(Config.TOPOLOGY_METRICS_REPORTERS) instanceof List<?> ours) {
                List<Object> all = new ArrayList<>(list);
                all.addAll(ours);
                conf.put(Config.TOPOLOGY_METRICS_REPORTERS, all);
            }
        } catch (JsonProcessingException e) {
            throw Failure.unreachable("Nimbus' configuration is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private final class Upload implements StormSubmitter.ProgressListener {
        private long start;

        @Override
        public void onStart(String file, String target, long bytes) {
            start = System.nanoTime();
        }

        @Override
        public void onProgress(String file, String target, long uploaded, long bytes) {}

        @Override
        public void onCompleted(String file, String target, long bytes) {
            tell.accept(String.format(
                    Locale.ROOT,
                    "  uploaded   %s, %.0f MB in %.1f s",
                    Path.of(file).getFileName(),
                    bytes / 1e6,
                    (System.nanoTime() - start) / 1e9));
        }
    }
}
