package org.offerstorm.local.cluster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.ServerLog;
import org.offerstorm.tools.terminal.Pause;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offerstorm cluster logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the end of the log of a server or a worker, also of one that has ended.")
final class LogsCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    private ClusterOptions options;

    @Parameters(
            paramLabel = "NAME",
            description = "A name that 'cluster status' shows, such as nimbus or worker-15005.")
    private String name;

    @Option(names = "-n", paramLabel = "N", description = "Number of lines. Default: 20.")
    private int lines = 20;

    @Option(names = "-f", description = "Follow the log until Ctrl-C.")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (lines < 0 || lines > 1_000_000) {
            throw Failure.usage("-n is " + lines + "; it must be 0 to 1000000");
        }
        ServerLog log = ServerLog.of(options.directory(), name);
        PrintWriter out = spec.commandLine().getOut();
        log.tail(lines).forEach(out::println);
        out.flush();
        while (follow && !out.checkError()) {
            Pause.of(POLL);
            out.print(log.next());
            out.flush();
        }
        return 0;
    }
}
