package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.tools.cli.value.TextOrJson;
import org.offerstorm.tools.config.WorkersType;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.targets.ConfiguredTargets;
import org.offerstorm.tools.trace.Follow;
import org.offerstorm.tools.trace.Followed;
import org.offerstorm.tools.trace.Trace;
import org.offerstorm.tools.trace.TraceJson;
import org.offerstorm.tools.trace.TraceResult;
import org.offerstorm.tools.trace.TraceText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offerstorm trace}: one offer's way through the stream. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows one offer's way: its records in Kafka, the parser's verdict on each, its dead letters, what each store"
                    + " holds, and what is missing or stale and why. Writes nothing.",
            "Asks the stores first, and reads the records that they name; then the newest offsets of the offer's"
                    + " partition. It says what it looked at."
        },
        footer = {
            "",
            "Exit codes: 0 found, and all stores agree; 1 not found, or something is missing or stale; 2 usage; 3 a server"
                    + " cannot be reached. With --follow: 0 the change is everywhere, 1 it is not, or none came.",
            "docs/trace.md explains every line.",
            "",
            "Examples:",
            "  offerstorm trace 4711",
            "  offerstorm trace 4711 --follow",
            "  offerstorm trace --format json -- -4711"
        })
public final class TraceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The offer's id: the key of its records.")
    private String id;

    @Option(
            names = "--follow",
            description =
                    "Wait for the next change of the offer, and time it through each store. Times are those of this"
                            + " machine's clock after the record's Kafka time.")
    private boolean follow;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "With --follow: how long to wait, such as 90s, 10min or 2h. Default: 10min.")
    private Duration timeout;

    @Option(
            names = "--scan",
            description = "Read the offer's partition from its beginning, and all files of HDFS. May take hours.")
    private boolean scan;

    @Option(
            names = "--tail",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Newest offsets of a partition that are read without --scan, at most. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long tail;

    @Option(
            names = "--figures",
            paramLabel = "HOST:PORT,…|FILE",
            description =
                    "Where workers serve their figures, or the file that 'status --targets' writes: then it says what"
                            + " holds a record that has not arrived. Default: dashboard.workers.")
    private String workers;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private TextOrJson format;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        check();
        OfferstormConfig resolved = config.load();
        DataSet data = DataSets.of(resolved);
        PrintWriter out = spec.commandLine().getOut();
        try {
            Followed followed = null;
            if (follow) {
                PrintWriter steps =
                        format == TextOrJson.JSON ? spec.commandLine().getErr() : out;
                followed = new Follow(resolved, data, id, line -> {
                            steps.println(line);
                            steps.flush();
                        })
                        .run(timeout == null ? Duration.ofMinutes(10) : timeout);
            }
            TraceResult result = new Trace(resolved, data, new Trace.Options(scan, tail, workers(resolved))).run(id);
            out.print(format == TextOrJson.JSON ? TraceJson.write(result, followed) : TraceText.write(result));
            out.flush();
            return followed == null ? result.exitCode() : followed.exitCode();
        } catch (IOException e) {
            if (e.getCause() instanceof Secrets.Unresolved secret) {
                throw Failure.usage(secret.getMessage());
            }
            throw Failure.unreachable(e.getMessage(), e);
        } catch (IllegalArgumentException e) { // a secret that is not there, or what it makes of an address
            throw Failure.usage(e.getMessage());
        }
    }

    private void check() {
        if (Blanks.isBlank(id)) {
            throw usage("the id is blank; no offer has a blank id");
        }
        if (tail < 0) {
            throw usage("--tail is " + tail + "; it must not be negative");
        }
        if (timeout != null && !follow) {
            throw usage("--timeout needs --follow");
        }
        if (workers != null && !workers.isBlank()) {
            try {
                workers = new WorkersType().parse(workers.strip());
            } catch (IllegalArgumentException e) {
                throw usage("--figures: " + e.getMessage());
            }
        }
    }

    private List<String> workers(OfferstormConfig resolved) throws IOException {
        if (workers != null && !workers.isBlank()) {
            return ConfiguredTargets.addressesOfWorkers(workers);
        }
        try {
            return ConfiguredTargets.addressesOfWorkers(resolved.dashboard().workers());
        } catch (IOException e) { // nobody asked for this file
            PrintWriter err = spec.commandLine().getErr();
            err.println("dashboard.workers: " + e.getMessage() + "; what workers hold is not looked at");
            err.flush();
            return List.of();
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
