package org.offerstorm.topology.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.check.Finding;
import org.offerstorm.tools.cli.Audited;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.tools.cli.VersionProvider;
import org.offerstorm.tools.config.ResolvedConfig;
import org.offerstorm.topology.operate.Submission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code submit}: puts the topology on a Storm cluster, and waits until it works. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Submits the topology to a Storm cluster and waits until it is ACTIVE, its workers report in and every"
                    + " partition of the topic is read.",
            "Checks the servers first, as the workers will use them. Where Nimbus is: topology.nimbus of the"
                    + " configuration, or Storm's own (storm.yaml), as with 'storm jar'."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the topology works",
            "1:it is submitted, but does not come up",
            "2:bad usage or configuration; the name is taken",
            "3:Nimbus, a free slot or a server that it needs is unavailable"
        },
        footer = {
            "",
            "Examples:",
            "  offerstorm submit --config my.yaml",
            "  storm jar offerstorm-topology-0.1.0.jar org.offerstorm.topology.Main -- submit --config my.yaml"
                    + " -c topology.workers=2"
        })
public final class SubmitCommand implements Callable<Integer>, Audited {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "120s",
            description =
                    "How long to wait for the workers, such as 90s, 5min or 2h; 0: not at all. Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Option(
            names = "--unchecked",
            description = "Do not check the servers first: workers may reach what this machine does not. The topic must"
                    + " be reachable anyway.")
    private boolean unchecked;

    @Option(
            names = "--allow-plain-secrets",
            description =
                    "Submit although secrets are written out in the configuration: Nimbus and every supervisor keep"
                            + " them, and whoever may look at the topology sees them.")
    private boolean plainSecrets;

    @Override
    public Integer call() throws Exception {
        ResolvedConfig resolved = options.resolve();
        Consumer<String> lines = TopologyOptions.lines(spec);
        if (!plainSecrets) {
            refuse(resolved.secretsInTopology());
        }
        resolved.warnings(true).forEach(warning -> lines.accept("warning: " + warning));
        new Submission(resolved.config(), VersionProvider.program(), lines).run(!unchecked, wait);
        return 0;
    }

    private static void refuse(List<Finding> secrets) {
        if (!secrets.isEmpty()) {
            throw Failure.usage(secrets.stream()
                            .map(secret -> secret.where() + ": " + secret.name() + ": " + secret.message() + "; "
                                    + secret.fix())
                            .collect(Collectors.joining("\n"))
                    + "\nNothing is submitted. --allow-plain-secrets submits it as it is.");
        }
    }
}
