package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.generated.ClusterSummary;
import org.apache.storm.thrift.TException;
import org.apache.storm.utils.LocalState;
import org.apache.storm.utils.NimbusClient;
import org.apache.storm.utils.Utils;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.tools.config.Options;
import org.offerstorm.tools.figures.FiguresPort;
import org.offerstorm.tools.targets.ScrapeTarget;

/** Nimbus and the supervisors, on the jars of a Storm home alone. */
final class StormDaemons {
    static final String NIMBUS = "nimbus";
    /** Of their names; the number follows. */
    static final String SUPERVISOR = "supervisor-";

    static final int SUPERVISORS = 2;
    static final int SLOTS = 2;

    private static final int NIMBUS_HEAP = 192;
    private static final int SUPERVISOR_HEAP = 96;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ClusterDirectory directory;
    private final PortFile ports;
    private final StormHome home;

    StormDaemons(ClusterDirectory directory, PortFile ports, StormHome home) {
        this.directory = directory;
        this.ports = ports;
        this.home = home;
    }

    static List<String> portNames() {
        List<String> names = new ArrayList<>();
        names.add(NIMBUS);
        for (int number = 1; number <= SUPERVISORS; number++) {
            names.add(supervisor(number));
            for (int slot = 1; slot <= SLOTS; slot++) {
                names.add(slot(number, slot));
            }
        }
        return names;
    }

    static String supervisor(int number) {
        return SUPERVISOR + number;
    }

    static String slot(int supervisor, int slot) {
        return supervisor(supervisor) + "-slot-" + slot;
    }

    /**
     * Where workers may serve their figures, by the default of {@code topology.metrics-port-offset}, and the dashboard at its
     * usual port.
     */
    List<ScrapeTarget> targets() {
        int offset = Integer.parseInt(
                Options.BY_PATH.get("topology.metrics-port-offset").defaultText());
        List<ScrapeTarget> targets = new ArrayList<>();
        for (int number = 1; number <= SUPERVISORS; number++) {
            for (int slot = 1; slot <= SLOTS; slot++) {
                targets.add(ScrapeTarget.slot("127.0.0.1", FiguresPort.of(ports.of(slot(number, slot)), offset)));
            }
        }
        targets.add(ScrapeTarget.dashboard("127.0.0.1:8080"));
        return targets;
    }

    String nimbusAddress() {
        return "127.0.0.1:" + ports.of(NIMBUS);
    }

    Server nimbus(Jvm jvm) {
        return daemon(jvm, NIMBUS, NIMBUS_HEAP, "", "org.apache.storm.daemon.nimbus.Nimbus", this::clusterSummary);
    }

    Server supervisor(Jvm jvm, int number) {
        String name = supervisor(number);
        return daemon(
                jvm,
                name,
                SUPERVISOR_HEAP,
                home.conf(number).getFileName().toString(),
                "org.apache.storm.daemon.supervisor.Supervisor",
                () -> checkSupervisor(name));
    }

    private Server daemon(Jvm jvm, String name, int heap, String conf, String main, Server.Health health) {
        Path path = home.path();
        return new Server(
                name,
                List.of(ports.of(name)),
                jvm.command(
                        name,
                        heap,
                        path.resolve("lib") + "/*:" + path.resolve("conf"),
                        List.of(
                                "-Ddaemon.name=" + name,
                                "-Dstorm.home=" + path,
                                "-Dstorm.log.dir=" + directory.resolve("logs"),
                                "-Dstorm.conf.file=" + conf,
                                "-Dstorm.options=",
                                "-Dlogfile.name=" + name + ".log",
                                "-Dlog4j.configurationFile="
                                        + path.resolve("log4j2").resolve("cluster.xml")),
                        main,
                        List.of()),
                directory.resolve(name),
                // Supervisors start workers on this Java, and ask 'ps' about them.
                Map.of("JAVA_HOME", JavaCommand.home().toString()),
                () -> home.write(StormHome.StormJars.ofBuild(Path.of(System.getProperty("offerstorm.home", "")))),
                health);
    }

    /**
     * What Nimbus says of the cluster.
     *
     * @throws IOException if it does not answer
     */
    ClusterSummary clusterSummary() throws IOException {
        try (NimbusClient nimbus = NimbusClient.Builder.withConf(Utils.readDefaultConfig())
                .withTimeout(TIMEOUT_MILLIS)
                .buildWithNimbusHostPort("127.0.0.1", ports.of(NIMBUS))) {
            return nimbus.getClient().getClusterInfo();
        } catch (TException | RuntimeException e) {
            throw new IOException("Nimbus does not answer at " + nimbusAddress(), e);
        }
    }

    /** Nimbus must know this very supervisor, whose id is in its own files. */
    private void checkSupervisor(String name) throws IOException {
        Path state = directory.resolve(name).resolve("supervisor").resolve("isupervisor");
        String id = new LocalState(state.toString(), false).getSupervisorId();
        boolean known = id != null
                && clusterSummary().get_supervisors().stream()
                        .anyMatch(supervisor -> supervisor.get_supervisor_id().equals(id));
        if (!known) {
            throw new IOException("Nimbus does not know " + name + " yet");
        }
    }
}
