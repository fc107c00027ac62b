package org.offerstorm.tools.cli;

import java.io.PrintWriter;
import java.util.List;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.config.ConfigException;
import org.offerstorm.tools.config.ReferencePage;
import org.offerstorm.tools.config.ResolvedConfig;
import org.offerstorm.tools.mapping.BadMapping;
import org.offerstorm.tools.mapping.MappingFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm config}: checks and shows the configuration. Connects to nothing. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks and shows the configuration; connects to nothing.",
        footer = {
            "",
            "Exit codes: 0 fine, 2 the configuration has problems.",
            "",
            "Examples:",
            "  offerstorm config validate --config my.yaml",
            "  offerstorm config show --config my.yaml --config site.yaml -c redis.timeout='2 s'",
            "  offerstorm config reference --yaml > my.yaml"
        })
public final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: validate, show or reference");
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = {
                "Checks the whole configuration, and the mapping that it names, and reports all problems at once, one line"
                        + " each:",
                "file:line:column: option: what is wrong; what to do"
            })
    int validate(@Mixin ConfigOptions options) {
        PrintWriter err = spec.commandLine().getErr();
        ResolvedConfig resolved;
        try {
            resolved = options.resolve();
        } catch (ConfigException e) {
            return problems(e.problems(), e.count());
        }
        try {
            MappingFile.of(resolved.config().source().mapping());
        } catch (BadMapping e) {
            return problems(e.problems(), e.count());
        }
        resolved.warnings(false).forEach(warning -> err.println("warning: " + warning));
        err.flush();
        return print(options.files().isEmpty() ? "The defaults are sound.\n" : "The configuration is sound.\n");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the configuration in effect and where each line comes from. Literal secrets are hidden;"
                            + " references to secrets are shown as they are.")
    int show(@Mixin ConfigOptions options) {
        return print(options.resolve().show());
    }

    @Command(
            name = "reference",
            mixinStandardHelpOptions = true,
            description = "Prints all options with their bounds and defaults, in Markdown (docs/configuration.md).")
    int reference(
            @Option(
                            names = "--yaml",
                            description = "Print a configuration file with comments instead (conf/offerstorm.yaml).")
                    boolean yaml) {
        return print(yaml ? ReferencePage.yaml() : ReferencePage.markdown());
    }

    private int problems(List<String> problems, int count) {
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(err::println);
        err.println(count == 1 ? "1 problem" : count + " problems");
        err.flush();
        return Failure.USAGE;
    }

    private int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }
}
