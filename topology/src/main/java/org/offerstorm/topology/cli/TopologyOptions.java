package org.offerstorm.topology.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.ConfigOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** NAME and configuration, the same for every command about one topology on the cluster: a picocli mixin. */
public final class TopologyOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The topology. Default: topology.name of the configuration.")
    private String name;

    @Mixin
    private ConfigOptions options;

    /** The configuration that holds. */
    OfferstormConfig load() {
        return options.load();
    }

    /** The topology that is meant. */
    String name(OfferstormConfig config) {
        return name == null ? config.topology().name() : name;
    }

    /** Takes lines for the person at the terminal, each shown at once. */
    Consumer<String> lines() {
        return lines(command);
    }

    /** As {@link #lines()}, for a command without NAME. */
    static Consumer<String> lines(CommandSpec command) {
        PrintWriter out = command.commandLine().getOut();
        return line -> {
            out.println(line);
            out.flush();
        };
    }
}
