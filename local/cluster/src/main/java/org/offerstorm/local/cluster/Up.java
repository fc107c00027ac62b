package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.secure.ClusterRole;
import org.offerstorm.local.servers.ProgramDirectory;
import org.offerstorm.tools.targets.TargetsFile;

/** Brings a whole cluster up. */
final class Up {
    /** The NameNode takes nothing on a disk with less than 100 MiB; the rest is what a new cluster writes. */
    private static final long SPACE = 200L << 20;

    private Up() {}

    /**
     * Starts what does not run, and waits until all of it serves.
     *
     * @param patience how long a server may make no progress
     * @param out for people
     * @throws Failure if a server does not start; what was started is stopped again
     */
    static void up(Path path, ClusterSettings settings, Duration patience, PrintWriter out) throws IOException {
        long begin = System.nanoTime();
        ClusterDirectory directory = ClusterDirectory.create(path);
        try (FileChannel lock = directory.lock()) {
            ProgramDirectory.require(directory.root(), "--dir");
            requireSpace(directory.root());
            Blueprint blueprint = Blueprint.of(directory, settings);
            LoggingFile.write(directory.resolve("conf").resolve("log4j2.xml"));
            Launcher launcher = new Launcher(directory);
            List<Long> pids = new ArrayList<>();
            say(out, "Starting the cluster in " + directory.root());
            Start start = new Start(
                    directory,
                    launcher,
                    patience,
                    (server, process) -> {
                        synchronized (pids) {
                            pids.add(process.pid());
                            say(
                                    out,
                                    String.format(
                                            Locale.ROOT,
                                            "  %-13s pid %7d  port %5d  up after %4.1f s",
                                            server.name(),
                                            process.pid(),
                                            server.port(),
                                            (System.nanoTime() - begin) / 1e9));
                        }
                    },
                    line -> say(out, line));
            int started = start.run(blueprint.servers());
            writeConfiguration(directory, blueprint);
            TargetsFile.write(directory.targets(), blueprint.targets());
            say(out, started == 0 ? "All servers were running." : "The cluster is up.");
            say(out, "");
            say(out, "Configuration  " + directory.configuration() + found(directory));
            if (!blueprint.roles().isEmpty()) {
                say(out, "Open           HDFS and Storm's own wires; the others are closed (docs/security.md)");
                say(
                        out,
                        "Roles          " + directory.role(ClusterRole.WORKER).getParent()
                                + "   (see docs/security.md)");
            }
            say(out, "Storm home     " + directory.resolve("storm"));
            say(out, "NameNode       " + blueprint.pages());
            blueprint
                    .spark()
                    .ifPresent(spark -> say(
                            out,
                            "Spark          " + spark.url() + "   (for 'lake run --master'; " + spark.page() + ")"));
            say(out, "Targets        " + directory.targets() + "   (for Prometheus; see docs/monitoring.md)");
            say(out, "Logs           " + directory.resolve("logs"));
            say(out, "");
            say(out, OpenPorts.describe(blueprint, launcher, directory));
        }
    }

    /** Addresses, and in a closed cluster a file for each role, that a command takes after it. */
    private static void writeConfiguration(ClusterDirectory directory, Blueprint blueprint) throws IOException {
        SettingsFile.write(
                directory.configuration(),
                ConfigurationFile.text(
                        "Where the servers of the cluster in " + directory.root()
                                + " are: what differs from the defaults.\nWritten by 'offerstorm cluster up', removed by"
                                + " 'offerstorm cluster down'. All options: conf/offerstorm.yaml.",
                        blueprint.configuration()));
        for (Map.Entry<ClusterRole, Map<String, Object>> role :
                blueprint.roles().entrySet()) {
            SettingsFile.write(
                    directory.role(role.getKey()),
                    ConfigurationFile.text(
                            "The role '" + role.getKey().label()
                                    + "' alone (docs/security.md): a further --config after "
                                    + directory.configuration() + ".",
                            role.getValue()));
        }
    }

    private static void requireSpace(Path root) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < SPACE) {
            throw Failure.unreachable(
                    root + " is on a disk with " + (free >> 20) + " MiB free; a cluster needs " + (SPACE >> 20)
                            + " MiB. Make room, or name a directory on another disk with --dir",
                    null);
        }
    }

    /** How commands find the configuration. */
    private static String found(ClusterDirectory directory) throws IOException {
        Path usual = ClusterControl.usualDirectory();
        return Files.exists(usual) && Files.isSameFile(directory.root(), usual)
                ? "   (every command finds it by itself)"
                : "   (name it to commands: --config, or export OFFERSTORM_CONFIG)";
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
