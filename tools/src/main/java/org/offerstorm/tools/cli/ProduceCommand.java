package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.cli.value.Rate;
import org.offerstorm.tools.figures.Families;
import org.offerstorm.tools.mapping.BadMapping;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.mapping.MappingFile;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.InputSource;
import org.offerstorm.tools.produce.KafkaUnreachable;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.ProduceResult;
import org.offerstorm.tools.produce.ProducerSettings;
import org.offerstorm.tools.produce.RecordReader;
import org.offerstorm.tools.terminal.Terminals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code produce}: sends a file of offers, or standard input, to the topic. */
@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        description = {
            "Sends job offers to Kafka: NDJSON or CSV, plain or gzip; with a mapping, data of any form.",
            "NDJSON: one offer a line; {\"id\":\"…\",\"deleted\":true} withdraws one. CSV: a header with"
                    + " profession_id,contract_type,name,office_latitude,office_longitude; the row's number makes the id.",
            "What cannot become a record is reported with its line; what can goes to the topic as it is, and the"
                    + " pipeline puts bad offers into the dead letters.",
            "With --mapping: CSV of any header, delimiter and encoding, NDJSON, or JSON with an array of records; plain,"
                    + " gzip or Zstandard. The records go to the topic as they are; the mapping finds their ids here, and"
                    + " the rest in the pipeline, which needs the same source.mapping."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all sent",
            "1:lines were skipped, the rest of the input cannot be read, or a snapshot was refused",
            "2:bad usage, or no such file",
            "3:Kafka or the topic cannot be reached"
        })
public final class ProduceCommand implements Callable<Integer>, Audited {
    private static final int SHOWN_SKIPPED = 20;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "File to send; - is standard input (default: ${DEFAULT-VALUE}).")
    private String file;

    @Option(
            names = {"-b", "--bootstrap-servers"},
            paramLabel = "HOST:PORT,…",
            description = "Kafka brokers (default: what the configuration says, 127.0.0.1:9092).")
    private String bootstrapServers;

    @Option(
            names = {"-t", "--topic"},
            description = "Topic (default: what the configuration says, offers).")
    private String topic;

    @Option(
            names = "--format",
            defaultValue = "auto",
            description = "auto, csv or ndjson; auto looks at the file's name, then at its first character"
                    + " (default: ${DEFAULT-VALUE}).")
    private InputFormat format;

    @Option(
            names = "--mapping",
            paramLabel = "FILE|common",
            description =
                    "How the records become offers: a mapping file, or common for the usual names (default: what the"
                            + " configuration says, source.mapping).")
    private String mappingName;

    @Option(
            names = "--rate",
            paramLabel = "N[/s]",
            description = "Records per second at most, such as 500 or 500/s (default: as fast as possible).")
    private Rate rate;

    @Option(
            names = "--strict",
            description = "Send nothing if any line would be skipped. A file is read twice, first to check it. Standard"
                    + " input cannot be read twice: there the first such line ends the run.")
    private boolean strict;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "Further client property, such as security.protocol=SSL; may be repeated. Wins over those of"
                    + " source.properties in the configuration.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Mixin
    private SnapshotOptions snapshotOptions;

    @Mixin
    private MetricsOptions metrics;

    @Mixin
    private ConfigOptions config;

    /** Records handed to Kafka's client so far, for the metrics. */
    private final AtomicLong handed = new AtomicLong();

    /** Null if the records are offers already. */
    private Mapping mapping;

    @Override
    public Integer call() {
        OfferstormConfig loaded = config.load("source.mapping", mappingName);
        ProducerSettings settings = settings(loaded.source());
        if (isFile() && !Files.isReadable(Path.of(file))) {
            throw new ParameterException(spec.commandLine(), file + " is not there, or cannot be read");
        }
        if (isFile() && Files.isDirectory(Path.of(file))) {
            throw new ParameterException(spec.commandLine(), file + " is a directory; name a file");
        }
        boolean snapshot = snapshotOptions.isChosen(file);
        mapping = mapping(loaded.source());
        try (MetricsOptions.Served served = metrics.serve(this::counts)) {
            if (snapshot) {
                return snapshotOptions.run(
                        topic(loaded.source()), DataSets.of(loaded), perSecond(), strict, file, () -> open().reader());
            }
            if (strict && canBeReadTwice() && !check()) {
                return 1;
            }
            try (InputSource source = open();
                    OfferProducer producer = OfferProducer.connect(settings)) {
                RecordReader reader = strict ? new StrictReader(source.reader()) : source.reader();
                return report(settings, produce(source, reader, producer));
            }
        } catch (KafkaUnreachable e) {
            err().println("produce: " + e.getMessage());
            return 3;
        } catch (IOException e) {
            err().println("produce: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return 1;
        }
    }

    /** A pipe gives its content once, also if it has a name. */
    private boolean canBeReadTwice() {
        return isFile() && Files.isRegularFile(Path.of(file));
    }

    private ProduceResult produce(InputSource source, RecordReader reader, OfferProducer producer)
            throws KafkaUnreachable {
        if (!Terminals.isError()) {
            return producer.produce(reader, handed::set);
        }
        try (ProgressBar bar = bar(source)) {
            LongConsumer progress = records -> {
                handed.set(records);
                bar.setExtraMessage(records + " records");
                bar.stepTo(source.position());
            };
            return producer.produce(reader, progress);
        }
    }

    private Families counts() {
        return new Families().counter("offerstorm_produce_records", "Records handed to Kafka's client.", handed.get());
    }

    private static ProgressBar bar(InputSource source) {
        return new ProgressBarBuilder()
                .setTaskName("produce")
                .setInitialMax(source.length())
                .setUnit(" MiB", 1 << 20)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** What the command's own options say; else what the configuration says. */
    private ProducerSettings settings(SourceConfig source) {
        Map<String, String> merged = ProducerSettings.propertiesOf(source);
        merged.putAll(properties);
        try {
            return new ProducerSettings(
                    bootstrapServers == null ? source.bootstrapServers() : bootstrapServers,
                    topic == null ? source.topic() : topic,
                    perSecond(),
                    ProducerSettings.CONNECT_TIMEOUT,
                    Secrets.resolve(merged));
        } catch (Secrets.Unresolved e) {
            throw Failure.usage(e.getMessage());
        }
    }

    /** The topic as both a reader and a writer of it see it. Secrets are references. */
    private SourceConfig topic(SourceConfig source) {
        Map<String, String> merged = new LinkedHashMap<>(source.properties());
        merged.putAll(properties);
        return new SourceConfig(
                bootstrapServers == null ? source.bootstrapServers() : bootstrapServers,
                topic == null ? source.topic() : topic,
                source.group(),
                source.epoch(),
                source.mapping(),
                merged);
    }

    private int report(ProducerSettings settings, ProduceResult result) {
        showSkipped(result);
        spec.commandLine()
                .getOut()
                .println("sent " + result.sent() + (result.sent() == 1 ? " record to " : " records to ")
                        + settings.topic() + " at "
                        + settings.bootstrapServers() + ", "
                        + result.deletions() + " of them deletions; skipped " + result.skippedCount()
                        + "; highest offsets " + new TreeMap<>(result.highestOffsets()));
        if (mapping == null && result.sent() == 0 && result.skippedCount() > 0) {
            err().println("produce: no line is an offer; './offerstorm inspect " + (isFile() ? file : "FILE")
                    + "' proposes a mapping (--mapping) for data of any form");
        }
        if (result.stopped() != null) {
            err().println("produce: stopped before the end: " + result.stopped());
        }
        if (Thread.currentThread().isInterrupted()) {
            return Failure.INTERRUPTED;
        }
        return result.isComplete() ? 0 : 1;
    }

    private void showSkipped(ProduceResult result) {
        int shown = 0;
        for (Input.Skipped skipped : result.skipped()) {
            if (shown++ == SHOWN_SKIPPED) {
                break;
            }
            err().println(file + ":" + skipped.line() + ": skipped: " + skipped.why());
        }
        if (result.skippedCount() > SHOWN_SKIPPED) {
            err().println("… and " + (result.skippedCount() - SHOWN_SKIPPED) + " more lines skipped");
        }
    }

    /** Reads the whole file; false, with messages, if any of it would be skipped. */
    private boolean check() throws IOException {
        long skippedCount = 0;
        try (InputSource source = open()) {
            for (Input input = source.reader().next();
                    input != null;
                    input = source.reader().next()) {
                if (input instanceof Input.Skipped skipped && ++skippedCount <= SHOWN_SKIPPED) {
                    err().println(file + ":" + skipped.line() + ": " + skipped.why());
                }
            }
        }
        if (skippedCount > 0) {
            err().println("sent nothing: " + skippedCount + (skippedCount == 1 ? " line of " : " lines of ") + file
                    + " cannot become records; fix the file, or omit --strict to skip such lines");
        }
        return skippedCount == 0;
    }

    private static Mapping mapping(SourceConfig source) {
        try {
            return MappingFile.of(source.mapping());
        } catch (BadMapping e) {
            throw Failure.usage(e.getMessage());
        }
    }

    private InputSource open() throws IOException {
        return isFile()
                ? InputSource.open(Path.of(file), format, mapping)
                : InputSource.open(System.in, "standard input", format, mapping);
    }

    private boolean isFile() {
        return !file.equals("-");
    }

    private double perSecond() {
        if (rate == null) {
            return 0;
        }
        if (rate.perSecond() == 0) {
            throw new ParameterException(spec.commandLine(), "--rate is 0; leave it out to send as fast as possible");
        }
        return rate.perSecond();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
