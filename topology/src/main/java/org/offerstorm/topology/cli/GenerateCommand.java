package org.offerstorm.topology.cli;

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
import org.offerstorm.core.reference.BadProfessions;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.topology.ReferenceTable;
import org.offerstorm.topology.generate.Event;
import org.offerstorm.topology.generate.ExpectedCounts;
import org.offerstorm.topology.generate.OfferGenerator;
import picocli.CommandLine.Command;
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
            "Makes job offers up, as NDJSON: new ones, corrections, deletions, returns, and 1 %% bad records.",
            "The same seed and professions give the same file, byte for byte, whatever its length."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:written", "2:bad usage, or no such table of professions", "3:a file cannot be written"})
public final class GenerateCommand implements Callable<Integer> {
    /** The table of professions that the jar brings. */
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
            description = "Where to start the dice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            defaultValue = "-",
            paramLabel = "FILE",
            description =
                    "File to write; compressed if it ends with .gz; - is standard output (default: ${DEFAULT-VALUE}).")
    private String out;

    @Option(
            names = "--expected",
            paramLabel = "FILE",
            description = "Also write the table that must come out: category,continent,count.")
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
        OfferGenerator generator = new OfferGenerator(seed, professions());
        ExpectedCounts counts = new ExpectedCounts();
        String writing = out.equals("-") ? "standard output" : out;
        try {
            writeOffers(generator, counts);
            if (expected != null) {
                writing = expected.toString();
                try (Writer file = Files.newBufferedWriter(expected)) {
                    counts.write(file);
                }
            }
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

    private void writeOffers(OfferGenerator generator, ExpectedCounts counts) throws IOException {
        try (Writer writer = new BufferedWriter(new OutputStreamWriter(open(), StandardCharsets.UTF_8), 1 << 16)) {
            for (long n = 0; n < count; n++) {
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
