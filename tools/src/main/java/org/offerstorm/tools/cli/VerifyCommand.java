package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.option.Units;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.terminal.Terminals;
import org.offerstorm.tools.verify.JsonReport;
import org.offerstorm.tools.verify.NotFinished;
import org.offerstorm.tools.verify.Result;
import org.offerstorm.tools.verify.TextReport;
import org.offerstorm.tools.verify.Verification;
import org.offerstorm.tools.verify.VerifyProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code offerstorm verify}: whether every sink holds what the topic says. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads the topic from its beginning, works out with plain code of its own what must be in Redis, Solr, HDFS"
                    + " and the dead letters, and compares. Writes nothing.",
            "Waits first until the stream has made everything durable that is in the topic."
        },
        footer = {
            "",
            "Exit codes: 0 all agree; 1 an anomaly; 2 usage; 3 a server cannot be reached, or the stream has not"
                    + " finished: nothing can be said yet.",
            "docs/verify.md explains every anomaly and how to mend it.",
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
            converter = DurationConverter.class,
            description = "How long to wait for the stream to finish what is in the topic, and to come to rest."
                    + " Default: ${DEFAULT-VALUE}.")
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
            description = "Another sample. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Mixin
    private ConfigOptions config;

    /** Formats as they are typed. */
    @SuppressWarnings("JavaCase") // shown to users as they are
    enum Format {
        text,
        json
    }

    @Override
    public Integer call() {
        if (sample < 0) {
            throw new ParameterException(spec.commandLine(), "--sample is " + sample + "; it must not be negative");
        }
        OfferstormConfig resolved = config.load();
        Result result = verify(resolved);
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.json ? JsonReport.write(result) : TextReport.write(result));
        out.flush();
        return result.agree() ? 0 : Failure.DIFFERENCE;
    }

    private Result verify(OfferstormConfig resolved) {
        Verification.Options options = new Verification.Options(wait, sample, seed);
        try (VerifyBar bar = Terminals.isErrorTerminal() ? new VerifyBar() : null) {
            VerifyProgress progress = bar == null ? VerifyProgress.NONE : bar;
            return new Verification(resolved, ReferenceTable.of(resolved.topology()), options, progress).run();
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

    /** {@code 60s}, {@code 5 min}. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                return Units.duration(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
