package org.offerstorm.tools.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.reference.BadProfessions;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.cli.value.Rate;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.generate.Event;
import org.offerstorm.tools.generate.ExpectedCounts;
import org.offerstorm.tools.generate.GeneratedOffers;
import org.offerstorm.tools.generate.Mix;
import org.offerstorm.tools.generate.OfferGenerator;
import org.offerstorm.tools.generate.Profile;
import org.offerstorm.tools.produce.KafkaUnreachable;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.Pacer;
import org.offerstorm.tools.produce.ProducerSettings;
import org.offerstorm.tools.produce.RecordReader;
import org.offerstorm.tools.terminal.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code generate}: makes offers up. The samples in test-data/ came from it. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = {
            "Makes up job offers as NDJSON: new ones, corrections, deletions, returns, and bad records.",
            "The same seed, mix, profile and professions give the same stream, byte for byte; --count only cuts it off."
        },
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:written",
            "2:bad usage, or no such table of professions",
            "3:a file cannot be written, or Kafka or the topic cannot be reached"
        })
public final class GenerateCommand implements Callable<Integer> {
    /** What {@code --out} says for Kafka. */
    private static final String TOPIC = "topic";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--count",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Lines to write (default: ${DEFAULT-VALUE}).")
    private long count;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            defaultValue = "-",
            paramLabel = "FILE",
            description =
                    "File to write; compressed if it ends with .gz; - is standard output; 'topic' is the topic of the"
                            + " configuration (default: ${DEFAULT-VALUE}).")
    private String out;

    @Option(
            names = "--rate",
            paramLabel = "N[/s]",
            defaultValue = "0",
            description =
                    "Records per second at most, such as 500 or 500/s; 0: as fast as possible (default: ${DEFAULT-VALUE}).")
    private Rate rate;

    @Option(
            names = "--profile",
            defaultValue = "spread",
            paramLabel = "NAME",
            description =
                    "spread: all continents alike; real: 95 %% in Europe, at a few hundred offices of different sizes,"
                            + " with longer descriptions in French and English (default: ${DEFAULT-VALUE}).")
    private Profile profile;

    @Option(
            names = "--corrections",
            defaultValue = "20",
            paramLabel = "PERCENT",
            description = "Corrections among the records (default: ${DEFAULT-VALUE}).")
    private double corrections;

    @Option(
            names = "--deletes",
            defaultValue = "5",
            paramLabel = "PERCENT",
            description = "Deletions among the records (default: ${DEFAULT-VALUE}).")
    private double deletes;

    @Option(
            names = "--returns",
            defaultValue = "2",
            paramLabel = "PERCENT",
            description = "Deleted offers published again, among the records (default: ${DEFAULT-VALUE}).")
    private double returns;

    @Option(
            names = "--bad",
            defaultValue = "1",
            paramLabel = "PERCENT",
            description = "Bad records among the records (default: ${DEFAULT-VALUE}).")
    private double bad;

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--expected",
            paramLabel = "FILE",
            description = "Also write the table that must result: category,continent,count.")
    private Path expected;

    @Option(
            names = "--professions",
            paramLabel = "FILE",
            description = "Table of professions, id,name,category_name (default: the project's own).")
    private Path professions;

    @Override
    public Integer call() throws IOException {
        if (count < 0) {
            throw new ParameterException(spec.commandLine(), "--count is " + count + "; it must be 0 or more");
        }
        OfferGenerator generator = new OfferGenerator(seed, professions(), mix(), profile);
        ExpectedCounts counts = new ExpectedCounts();
        String writing = out.equals("-") ? "standard output" : out;
        try {
            if (out.equals(TOPIC)) {
                send(new GeneratedOffers(generator, count, counts));
            } else {
                writeOffers(generator, counts);
            }
            if (expected != null) {
                writing = expected.toString();
                try (Writer file = Files.newBufferedWriter(expected)) {
                    counts.write(file);
                }
            }
        } catch (KafkaUnreachable e) {
            throw Failure.unreachable(e.getMessage(), e);
        } catch (IOException e) {
            return Output.end(writing, e);
        }
        spec.commandLine()
                .getErr()
                .println(count + " lines to " + (out.equals("-") ? "standard output" : out)
                        + "; live offers at their end: " + counts.total());
        return 0;
    }

    private Professions professions() {
        try {
            return professions == null ? ReferenceTable.builtIn() : ProfessionsReader.read(professions);
        } catch (BadProfessions | IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Mix mix() {
        try {
            return new Mix(thousandths(corrections), thousandths(deletes), thousandths(returns), thousandths(bad));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--corrections, --deletes, --returns and --bad are percents: 0 or more each, below 100 together",
                    e);
        }
    }

    private static int thousandths(double percent) {
        return (int) Math.round(percent * 10);
    }

    private void send(RecordReader offers) throws KafkaUnreachable {
        try (OfferProducer producer =
                OfferProducer.connect(ProducerSettings.of(config.load().source(), rate.perSecond()))) {
            producer.produce(offers);
        } catch (Secrets.Unresolved e) {
            throw Failure.usage(e.getMessage());
        }
    }

    private void writeOffers(OfferGenerator generator, ExpectedCounts counts) throws IOException {
        try (Writer writer = new BufferedWriter(new OutputStreamWriter(open(), StandardCharsets.UTF_8), 1 << 16)) {
            Pacer pacer = new Pacer(rate.perSecond());
            for (long n = 0; n < count; n++) {
                pacer.await();
                Event event = generator.next();
                counts.add(event);
                writer.append(event.line()).append('\n');
            }
        }
    }

    private OutputStream open() throws IOException {
        if (out.equals("-")) {
            // Not System.out, which keeps a broken pipe to itself.
            return new FileOutputStream(FileDescriptor.out);
        }
        OutputStream file = Files.newOutputStream(Path.of(out));
        return out.endsWith(".gz") ? new GZIPOutputStream(file, 1 << 16) : file;
    }
}
