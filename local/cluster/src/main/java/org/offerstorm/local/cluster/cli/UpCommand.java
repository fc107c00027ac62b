package org.offerstorm.local.cluster.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.ClusterControl;
import org.offerstorm.local.cluster.ClusterSettings;
import org.offerstorm.tools.cli.Audited;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm cluster up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts every server that is not running, each in a separate process, and waits until all of them serve:"
                    + " ZooKeeper, Redis, HDFS (NameNode, DataNode), Kafka, Solr, Storm (Nimbus, two Supervisors with two"
                    + " slots each).",
            "",
            "They keep running when this command has ended; 'cluster down' stops them. It writes offerstorm.yaml, which"
                    + " the other commands find by themselves, and a Storm home for 'storm jar'."
        })
final class UpCommand implements Callable<Integer>, Audited {
    private static final String POSTGRES = "postgres";
    private static final String SPARK = "spark";

    @Mixin
    private ClusterOptions options;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            description = "Kafka brokers, 1 to 3; the number of a cluster stays. Default: 1.")
    private Integer brokers;

    @Option(
            names = "--with",
            paramLabel = "SERVER",
            description =
                    "A server that not every cluster has: postgres, for the sink of that name; spark, a Master and two"
                            + " Workers for 'lake run --master'. May be repeated. A cluster keeps it.")
    private List<String> with = List.of();

    @Option(
            names = "--secure",
            description =
                    "Kafka, Redis, Solr and PostgreSQL take clients over TLS alone, with a certificate, a login and the"
                            + " rights of their role (docs/security.md). A cluster stays as it was made.")
    private boolean secure;

    @Mixin
    private StartOptions start;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (brokers != null && (brokers < 1 || brokers > ClusterSettings.MAX_BROKERS)) {
            throw Failure.usage("--brokers is " + brokers + "; it must be 1 to " + ClusterSettings.MAX_BROKERS);
        }
        for (String server : with) {
            if (!server.equals(POSTGRES) && !server.equals(SPARK)) {
                throw Failure.usage("--with takes postgres or spark; every cluster has the other servers");
            }
        }
        ClusterControl.up(
                options.directory(),
                new ClusterSettings(
                        brokers == null ? 0 : brokers, false, with.contains(POSTGRES), with.contains(SPARK), secure),
                start.patience(),
                spec.commandLine().getOut());
        return 0;
    }
}
