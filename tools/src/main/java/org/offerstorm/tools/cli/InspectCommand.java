package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.inspect.DataSample;
import org.offerstorm.tools.inspect.Detection;
import org.offerstorm.tools.inspect.Inspection;
import org.offerstorm.tools.inspect.Preview;
import org.offerstorm.tools.inspect.TopicSample;
import org.offerstorm.tools.produce.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: looks at any data, and writes a mapping that makes offers of them. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        description = {
            "Looks at a file or topic of any data, and writes a mapping that makes offers of them.",
            "Reads CSV with a header and any delimiter, NDJSON, and JSON with an array of records; UTF-8, UTF-16 or Latin-1;"
                    + " plain, gzip or Zstandard. Shows what each field holds, what it becomes, and what the first offers"
                    + " are. docs/mapping.md explains the mapping."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the mapping is written, and every record of the sample becomes an offer",
            "1:the mapping is written, but some records would be refused",
            "2:bad usage, no such file, or a file that is not data of these kinds",
            "3:Kafka or the topic cannot be reached, or the mapping cannot be written"
        },
        footer = {
            "",
            "Examples:",
            "  offerstorm inspect jobs.csv",
            "  offerstorm inspect feed.json.gz --out feed.yaml",
            "  offerstorm inspect --topic jobs -c source.bootstrap-servers=kafka:9092 --out -"
        })
public final class InspectCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "File to look at.")
    private Path file;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Look at this Kafka topic instead: at the first records of each partition. Commits nothing.")
    private String topic;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Records to look at, of a topic in each partition (default: ${DEFAULT-VALUE}).")
    private int sample;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "mapping.yaml",
            description = "Where the mapping goes; - is standard output, and the report standard error (default:"
                    + " ${DEFAULT-VALUE}).")
    private String out;

    @Option(names = "--force", description = "Overwrite the file of --out.")
    private boolean force;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        check();
        Path target = isPrinted() ? null : Path.of(out);
        if (target != null && !force && Files.exists(target)) {
            throw usage(out + " is there already; name another file with --out, or overwrite it with --force");
        }
        PrintWriter report =
                isPrinted() ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Detection detection = topic == null ? detect() : null;
        DataSample records = topic == null ? read(detection) : readTopic();
        if (records.records().isEmpty()) {
            throw usage(source() + " has no records"
                    + (records.unreadable().isEmpty()
                            ? ""
                            : "; " + records.unreadable().get(0)));
        }
        Inspection inspection = topic == null
                ? Inspection.ofFile(records, source(), detection.layout())
                : Inspection.ofTopic(records, source());
        report.println(heading(detection, records, inspection));
        report.println();
        report.print(inspection.fields());
        report.println();
        if (inspection.mapping() == null) {
            throw usage("no field of " + source() + " holds texts that could be the name of an offer; write a mapping"
                    + " by hand, docs/mapping.md explains it");
        }
        Preview preview = Preview.of(records, inspection.mapping());
        report.print(preview.text());
        if (!inspection.notes().isEmpty()) {
            report.println("To decide:");
            inspection.notes().forEach(note -> report.println("  " + note));
        }
        write(target, inspection.mappingText(), report);
        return preview.refusedCount() + records.unreadableCount() == 0 ? 0 : Failure.DIFFERENCE;
    }

    private void check() {
        if ((file == null) == (topic == null)) {
            throw usage(file == null ? "name a file, or a topic with --topic" : "name either a file or --topic");
        }
        if (sample < 1) {
            throw usage("--sample is " + sample + "; it must be at least 1");
        }
        if (file != null && !Files.isReadable(file)) {
            throw usage(file + " is not there, or cannot be read");
        }
        if (file != null && Files.isDirectory(file)) {
            throw usage(file + " is a directory; name a file");
        }
    }

    private Detection detect() {
        try {
            return Detection.of(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private DataSample read(Detection detection) {
        try {
            return DataSample.of(file, detection, sample);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static RuntimeException unreadable(IOException e) {
        return e instanceof BadInput
                ? Failure.usage(e.getMessage())
                : Failure.unreachable(String.valueOf(e.getMessage()), e);
    }

    private DataSample readTopic() {
        SourceConfig source = config.load("source.topic", topic).source();
        try {
            return TopicSample.of(source, sample);
        } catch (Secrets.Unresolved e) {
            throw Failure.usage(e.getMessage());
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage(), e);
        }
    }

    private String heading(Detection detection, DataSample records, Inspection inspection) {
        StringBuilder line = new StringBuilder(source()).append(": ").append(records.form());
        if (detection != null) {
            line.append(", ").append(detection.encoding());
            line.append(detection.compression().isEmpty() ? "" : ", " + detection.compression());
        }
        line.append(String.format(
                Locale.ROOT,
                "; %,d %s%s",
                inspection.records(),
                inspection.records() == 1 ? "record" : "records",
                records.whole() ? "" : " looked at, there are more"));
        if (records.unreadableCount() > 0) {
            line.append(String.format(Locale.ROOT, "%nnot readable: %,d, such as", records.unreadableCount()));
            records.unreadable()
                    .forEach(bad ->
                            line.append(System.lineSeparator()).append("  ").append(PlainText.of(bad)));
        }
        return line.toString();
    }

    private void write(Path target, String text, PrintWriter report) {
        if (target == null) {
            report.flush();
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return;
        }
        try {
            OpenOption[] options = force
                    ? new OpenOption[] {
                        StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                    }
                    : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
            Files.writeString(target, text, options);
        } catch (FileAlreadyExistsException e) {
            throw usage(out + " is there already; name another file with --out, or overwrite it with --force");
        } catch (IOException e) {
            throw Failure.unreachable(out + " cannot be written: " + e, e);
        }
        String mapping = DataSource.file(out).word();
        report.println("Wrote " + PlainText.of(out) + ". Look it through, then: "
                + (topic == null
                        ? "./offerstorm demo --mapping " + mapping + " --offers "
                                + DataSource.file(file.toString()).word()
                        : "./offerstorm submit -c source.mapping=" + mapping));
        report.flush();
    }

    private boolean isPrinted() {
        return out.equals(STANDARD_OUTPUT);
    }

    private String source() {
        return topic == null ? PlainText.excerpt(String.valueOf(file.getFileName())) : "topic " + Quote.of(topic);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
