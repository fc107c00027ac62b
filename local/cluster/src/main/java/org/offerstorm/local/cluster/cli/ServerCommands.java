package org.offerstorm.local.cluster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.ServerActions;
import org.offerstorm.tools.cli.Audited;
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
        void run(ServerActions servers, List<String> names) throws IOException {
            servers.kill(names);
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
        void run(ServerActions servers, List<String> names) throws IOException {
            servers.stop(names);
        }
    }

    /** Idempotent. */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Starts servers that do not run, on their old ports and data, and waits until they serve.")
    static final class StartServer extends Base {
        @Mixin
        private StartOptions start;

        @Override
        void run(ServerActions servers, List<String> names) throws IOException {
            servers.start(names, start.patience());
        }
    }

    /** Stop, then start. */
    @Command(
            name = "restart",
            mixinStandardHelpOptions = true,
            description = "Stops servers in order and starts them again.")
    static final class Restart extends Base {
        @Mixin
        private StartOptions start;

        @Override
        void run(ServerActions servers, List<String> names) throws IOException {
            servers.restart(names, start.patience());
        }
    }

    /** What they share. */
    abstract static class Base implements Runnable, Audited {
        @Mixin
        private ClusterOptions options;

        @Parameters(paramLabel = "NAME", arity = "1..*", description = NAMES)
        private List<String> names;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            try {
                run(new ServerActions(options.directory(), this::say), names);
            } catch (IOException e) {
                throw Failure.unreachable(e.getMessage(), e);
            }
        }

        abstract void run(ServerActions servers, List<String> names) throws IOException;

        private void say(String line) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
        }
    }
}
