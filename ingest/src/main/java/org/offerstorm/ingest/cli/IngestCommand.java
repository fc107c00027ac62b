package org.offerstorm.ingest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.ingest.Ingest;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.tools.cli.VersionProvider;
import org.offerstorm.tools.cli.value.Port;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.terminal.ConsoleLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm ingest}: takes offers over HTTP. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        description = {
            "Takes offers over HTTP into Kafka: POST /offers (one, an array, or NDJSON), DELETE /offers/ID; GET /offers/ID"
                    + " asks the search. Each item is checked by the pipeline's own parser, and answered when all replicas"
                    + " have it, with partition and offset. A bad item is answered with the reason, and keeps no good one.",
            "While Kafka is away requests are answered with 503. Keys, rates and names of hosts are in the section 'ingest'"
                    + " of the configuration. Ctrl-C ends it."
        },
        footer = {
            "",
            "Exit codes: 0 fine, 2 usage, 3 the port is taken.",
            "",
            "Examples:",
            "  ${COMMAND-FULL-NAME}",
            "  ${COMMAND-FULL-NAME} --bind 0.0.0.0 -c 'ingest.keys.erp=$${env:ERP_KEY}'",
            "  curl --json '{\"id\":\"a-1\",\"name\":\"Cook\"}' http://127.0.0.1:8090/offers"
        })
public final class IngestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port to listen on; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private Port port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on; another one than this machine's loopback needs ingest.keys. Default: ${DEFAULT-VALUE}.")
    private String bind;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() throws InterruptedException {
        OfferstormConfig config = options.load();
        ConsoleLog.of("org.offerstorm.ingest"); // a Kafka that goes and comes
        PrintWriter out = spec.commandLine().getOut();
        try (Ingest ingest = start(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(ingest::close, "close-ingest"));
            out.println("Ingest  " + ingest.url() + "offers, into topic "
                    + config.source().topic() + " at " + config.source().bootstrapServers());
            out.println("API     " + ingest.url() + "openapi.json");
            out.println("Ctrl-C ends it.");
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Ingest start(OfferstormConfig config) {
        try {
            return Ingest.start(config, DataSets.of(config), InetAddress.getByName(bind), port.number());
        } catch (UnknownHostException e) {
            throw Failure.usage("--bind " + bind + " is not an address of this machine");
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        } catch (KafkaException e) {
            throw Failure.usage("cannot make a Kafka client for "
                    + config.source().bootstrapServers() + ": "
                    + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
                    + "; correct source.bootstrap-servers or source.properties");
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage() + "; choose another with --port, 0 for any free one", e);
        }
    }
}
