package org.offerstorm.local.trials.cli;

import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.local.trials.ingest.IngestLoad;
import org.offerstorm.tools.cli.value.Rate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm ingest-load}: what a server that takes offers can take, measured. */
@Command(
        name = "ingest-load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures an 'ingest' that runs, such as that of a demo: sends batches of offers at a steady rate for some"
                        + " seconds after a warm-up of five, and prints how many were stored a second and how long each"
                        + " request took from when it was due. Deletes its offers afterwards.",
        footer = {
            "",
            "Exit codes: 0 all stored, at the rate and within the bound, 1 not so, 2 usage.",
            "",
            "Example:",
            "  ${COMMAND-FULL-NAME} --url http://127.0.0.1:8090/ --rate 5000 --batch 100"
        })
public final class IngestLoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8090/",
            description = "Address of the server. Default: ${DEFAULT-VALUE}.")
    private String url;

    @Option(
            names = "--key",
            paramLabel = "REFERENCE",
            description = "API key, as $${env:NAME} or $${file:/path}. Default: none.")
    private String key;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Offers a second. Default: ${DEFAULT-VALUE}.")
    private Rate rate;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Offers of a request, 1 to 5000. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--offers",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Different offers; each is corrected again and again. Default: ${DEFAULT-VALUE}.")
    private int offerCount;

    @Option(names = "--idempotent", description = "Send each request with a separate Idempotency-Key.")
    private boolean idempotent;

    @Option(
            names = "--p99",
            paramLabel = "MS",
            defaultValue = "50",
            description = "Milliseconds that 99 %% of the requests may take. Default: ${DEFAULT-VALUE}.")
    private int bound;

    @Override
    public Integer call() throws InterruptedException {
        if (batch < 1 || batch > 5_000 || seconds < 1 || seconds > 600 || offerCount < 1 || rate.rounded() < 1) {
            throw Failure.usage("--batch is 1 to 5000, --seconds 1 to 600, --offers and --rate at least 1");
        }
        if (key != null && !Secrets.isReference(key)) {
            throw Failure.usage("--key is not a reference; write ${env:NAME}, or ${file:/path}, and put the key there");
        }
        String base = url.endsWith("/") ? url : url + "/";
        IngestLoad load = new IngestLoad(
                spec.commandLine().getOut(),
                new IngestLoad.Settings(
                        base,
                        key == null ? null : Secrets.resolve(key),
                        rate.rounded(),
                        batch,
                        seconds,
                        offerCount,
                        idempotent));
        return load.measure(bound) ? 0 : Failure.DIFFERENCE;
    }
}
