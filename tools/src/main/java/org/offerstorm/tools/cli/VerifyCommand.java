package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.cli.value.TextOrJson;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.terminal.Terminals;
import org.offerstorm.tools.verify.JsonReport;
import org.offerstorm.tools.verify.NotFinished;
import org.offerstorm.tools.verify.Result;
import org.offerstorm.tools.verify.TextReport;
import org.offerstorm.tools.verify.Verification;
import org.offerstorm.tools.verify.VerifyProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm verify}: whether every sink holds what the topic says. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads the topic from its beginning, works out with its own, plain code what must be in Redis, Solr, HDFS"
                    + " and the dead letters, and compares. If 'lake trim' deleted records, it begins with what the lake left of"
                    + " them. Writes nothing.",
            "First waits until the stream has made everything in the topic durable."
        },
        footer = {
            "",
            "Exit codes: 0 all agree; 1 an anomaly; 2 usage; 3 a server cannot be reached, or the stream has not"
                    + " finished: there is no result yet.",
            "docs/verify.md explains every anomaly and how to fix it.",
            "",
            "Examples:",
            "  offerstorm verify",
            "  offerstorm verify --config offerstorm.yaml --format json > verified.json"
        })
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long to wait until the stream has finished the topic and is idle, such as"
                    + " 90s, 5min or 2h. Default: ${DEFAULT-VALUE}.")
    private Duration wait;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "Live offers of which all of Solr's fields are compared, chosen at random (in HDFS those of all"
                            + " offers are). Default: ${DEFAULT-VALUE}.")
    private int sample;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the sample. Default: ${DEFAULT-VALUE}.")
    private long seed;

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
        if (sample < 0) {
            throw new ParameterException(spec.commandLine(), "--sample is " + sample + "; it must not be negative");
        }
        OfferstormConfig resolved = config.load();
        Result result = verify(resolved);
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == TextOrJson.JSON ? JsonReport.write(result) : TextReport.write(result));
        out.flush();
        return result.agree() ? 0 : Failure.DIFFERENCE;
    }

    private Result verify(OfferstormConfig resolved) {
        Verification.Options options = new Verification.Options(wait, sample, seed);
        try (VerifyBar bar = Terminals.isError() ? new VerifyBar() : null) {
            VerifyProgress progress = bar == null ? VerifyProgress.NONE : bar;
            return new Verification(resolved, DataSets.of(resolved), options, progress).run();
        } catch (NotFinished e) {
            throw Failure.unreachable(e.getMessage(), e);
        } catch (IOException e) {
            if (e.getCause() instanceof Secrets.Unresolved secret) {
                throw Failure.usage(secret.getMessage());
            }
            throw Failure.unreachable(e.getMessage(), e);
        } catch (IllegalArgumentException e) { // a secret that is not there, or what it makes of an address
            throw Failure.usage(e.getMessage());
        }
    }
}
