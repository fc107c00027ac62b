package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.check.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offerstorm cluster kill|stop|start|restart NAME...}: for trying failures out. */
final class ServerCommands {
    private static final String NAMES =
            "Servers or workers as 'cluster status' shows them; kafka will do for kafka-1 if it is the only one.";

    private ServerCommands() {}

    /** SIGKILL, as a crash would be. */
    @Command(
            name = "kill",
            mixinStandardHelpOptions = true,
            description =
                    "Kills servers or workers at once (SIGKILL), as a crash would. A killed worker is started again by"
                            + " its Supervisor; a server stays down until 'cluster start' or 'cluster up'.")
    static final class Kill extends Base {
        @Override
        void run(ClusterDirectory directory, Blueprint blueprint, List<String> names) throws IOException {
            Selection selection = Selection.of(directory, blueprint, names);
            for (Server server : selection.servers()) {
                Optional<ProcessId> process = launcher(directory).running(server);
                if (process.isEmpty()) {
                    throw Failure.usage(server.name() + " does not run");
                }
                kill(server.name(), process.get());
            }
            selection.workers().forEach(worker -> kill(worker.name() + " of " + worker.topology(), worker.process()));
        }

        private void kill(String name, ProcessId process) {
            process.kill();
            if (!process.awaitEnd(Stop.AFTER_KILL)) {
                throw Failure.unreachable(name + " (pid " + process.pid() + ") survives SIGKILL", null);
            }
            say("%-14s pid %7d  killed".formatted(name, process.pid()));
        }
    }

    /** SIGTERM, and SIGKILL later. */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description =
                    "Stops servers or workers in order (SIGTERM; SIGKILL if that does not help). A stopped worker is"
                            + " started again by its Supervisor.")
    static final class StopServer extends Base {
        @Override
        void run(ClusterDirectory directory, Blueprint blueprint, List<String> names) throws IOException {
            Selection selection = Selection.of(directory, blueprint, names);
            Stop stop = new Stop(directory, launcher(directory), this::say);
            stop.workers(selection.workers());
            stop.stop(selection.servers());
        }
    }

    /** Idempotent. */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Starts servers that do not run, on their old ports and data, and waits until they serve.")
    static final class StartServer extends Base {
        @Override
        void run(ClusterDirectory directory, Blueprint blueprint, List<String> names) throws IOException {
            start(this, directory, servers(directory, blueprint, names));
        }
    }

    /** Stop, then start. */
    @Command(
            name = "restart",
            mixinStandardHelpOptions = true,
            description = "Stops servers in order and starts them again.")
    static final class Restart extends Base {
        @Override
        void run(ClusterDirectory directory, Blueprint blueprint, List<String> names) throws IOException {
            List<Server> servers = servers(directory, blueprint, names);
            new Stop(directory, launcher(directory), this::say).stop(servers);
            start(this, directory, servers);
        }
    }

    private static List<Server> servers(ClusterDirectory directory, Blueprint blueprint, List<String> names)
            throws IOException {
        if (names.stream().anyMatch(name -> name.startsWith("worker"))) {
            throw Failure.usage(
                    "workers are started by their Supervisor; 'cluster kill' or 'stop' one, and it comes back");
        }
        return Selection.of(directory, blueprint, names).servers();
    }

    private static void start(Base command, ClusterDirectory directory, List<Server> servers) throws IOException {
        LoggingFile.write(directory.resolve("conf").resolve("log4j2.xml"));
        new Start(
                        directory,
                        launcher(directory),
                        (server, process) -> command.say(
                                "%-14s pid %7d  port %5d  up".formatted(server.name(), process.pid(), server.port())),
                        command::say)
                .run(servers);
    }

    private static Launcher launcher(ClusterDirectory directory) {
        return new Launcher(directory);
    }

    /** What they share. */
    abstract static class Base implements Runnable {
        @Mixin
        private ClusterOptions options;

        @Parameters(paramLabel = "NAME", arity = "1..*", description = NAMES)
        private List<String> names;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            try {
                ClusterDirectory directory = ClusterDirectory.existing(options.directory());
                try (FileChannel lock = directory.lock()) {
                    run(directory, Blueprint.of(directory, 0), names);
                }
            } catch (IOException e) {
                throw Failure.unreachable(e.getMessage(), e);
            }
        }

        abstract void run(ClusterDirectory directory, Blueprint blueprint, List<String> names) throws IOException;

        synchronized void say(String line) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
        }
    }
}
