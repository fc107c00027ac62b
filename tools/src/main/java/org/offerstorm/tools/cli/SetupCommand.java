package org.offerstorm.tools.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.setup.Setup;
import org.offerstorm.tools.setup.Step;
import org.offerstorm.tools.setup.Step.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm setup}: topics, core and directory, made if they are missing. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Creates what is missing on the servers: both topics, Solr's core or collection, the directory in HDFS. Then"
                    + " checks all of it, and Redis, as a worker will use it.",
            "Never changes what exists: reports each difference and how to fix it. May be run again at any time."
        },
        footer = {
            "",
            "Exit codes: 0 all is as it must be, 1 something differs, 2 usage, 3 a server cannot be reached.",
            "",
            "Example:",
            "  offerstorm setup --config offerstorm.yaml --partitions 12"
        })
public final class SetupCommand implements Callable<Integer>, Audited {
    private static final int MOST_PARTITIONS = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description =
                    "Partitions of the topic of offers. Their number can never be changed: choose as many as there will"
                            + " ever be spout tasks. Default: " + Setup.DEFAULT_PARTITIONS
                            + ", or what an existing topic has.")
    private int partitions;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "20s",
            description = "How long a server that listens may take for an answer, such as 90s or 5min."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        if (partitions < 0 || partitions > MOST_PARTITIONS) {
            throw new ParameterException(
                    spec.commandLine(), "--partitions is " + partitions + "; write 1 to " + MOST_PARTITIONS);
        }
        PrintWriter out = spec.commandLine().getOut();
        Set<State> states = EnumSet.noneOf(State.class);
        new Setup(config.load(), partitions, wait, step -> {
                    states.add(step.state());
                    out.println(line(step));
                    out.flush();
                })
                .run();
        if (states.contains(State.FAILED)) {
            return Failure.UNREACHABLE;
        }
        return states.contains(State.DIFFERS) ? Failure.DIFFERENCE : 0;
    }

    private static String line(Step step) {
        return CheckLines.of(step.state().word(), step.name(), step.where(), step.message(), step.fix());
    }
}
