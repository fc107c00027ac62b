package org.offerstorm.tools.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.cli.value.TextOrJson;
import org.offerstorm.tools.deadletters.LetterPosition;
import org.offerstorm.tools.deadletters.LetterView;
import org.offerstorm.tools.terminal.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offerstorm dlq show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows all of one dead letter: reason, detail, position, times, key and value.",
            "Control characters are shown as escapes; --raw and --out give the value byte for byte."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:the record has no value to write",
            "2:bad usage; no such letter",
            "3:Kafka or the topic cannot be reached, the file cannot be written"
        })
public final class DlqShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "POSITION", description = "PARTITION@OFFSET of the refused record, as 'dlq ls' writes it.")
    private String position;

    @Option(names = "--raw", description = "Write only the record's value, byte for byte, to standard output.")
    private boolean raw;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write only the record's value, byte for byte, to this file.")
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json. Default: text.")
    private TextOrJson format;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        if (Stream.of(raw, file != null, format != null).filter(said -> said).count() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say one of --raw (the value to standard output), --out (the value to a file) and --format (all of"
                            + " the letter)");
        }
        OfferstormConfig resolved = config.load();
        LetterPosition at = Dlq.position(position, resolved);
        LetterView letter = Dlq.run(() -> LetterView.find(resolved, at));
        if (raw || file != null) {
            return write(letter.value());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(Dlq.run(() -> format == TextOrJson.JSON ? letter.json() : letter.text()));
        out.flush();
        return 0;
    }

    private int write(byte[] value) {
        if (value == null) {
            throw Failure.difference("the record of " + position + " has no value: nothing written");
        }
        if (file == null) {
            try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write(value);
                return 0;
            } catch (IOException e) {
                return Output.end("standard output", e);
            }
        }
        try {
            Files.write(file, value);
            return 0;
        } catch (IOException e) {
            throw Failure.unreachable("cannot write to " + file + ": " + Output.reason(e), e);
        }
    }
}
