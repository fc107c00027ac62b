package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.deadletters.LetterSelection;
import org.offerstorm.tools.deadletters.Replay;
import org.offerstorm.tools.mapping.DataSets;
import org.offerstorm.tools.terminal.Output;
import org.offerstorm.tools.terminal.Signals;
import org.offerstorm.tools.terminal.StopRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offerstorm dlq replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts refused records back into the topic of offers, under their own keys, and waits until Kafka has them. The"
                    + " letter is then marked as replayed and is no longer listed.",
            "Skips a record that is older than the offer's current version (a deletion counts), and one that would be"
                    + " refused again. --force replays it anyway; if it is refused again, it becomes a new letter at its"
                    + " new position."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all chosen are replayed, also if there are none",
            "1:some are not, and why is said",
            "2:bad usage; no such letter, no such file",
            "3:Kafka or the topic cannot be reached, the file cannot be read",
            "129, 130, 143:ended by a signal before all were reached"
        })
public final class DlqReplayCommand implements Callable<Integer>, Audited {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LetterChoice choice;

    @Option(
            names = "--value",
            paramLabel = "FILE",
            description = "Send this file, byte for byte, instead of the record's value. Needs exactly one POSITION.")
    private Path value;

    @Option(
            names = "--force",
            description = "Also replay records that are older than the offer, or that would be refused again.")
    private boolean force;

    @Option(names = "--keep", description = "Leave the letter in the list.")
    private boolean keep;

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        OfferstormConfig resolved = config.load();
        LetterSelection selection = choice.selection(spec, resolved);
        if (value != null && choice.named() != 1) {
            throw new ParameterException(spec.commandLine(), "--value needs one POSITION: it is one record's value");
        }
        Replay.Options options = new Replay.Options(read(), force, keep, dryRun);
        PrintWriter out = spec.commandLine().getOut();
        StopRequest stop = new StopRequest();
        Replay.Result result = Dlq.run(() -> {
            try {
                return new Replay(
                                resolved,
                                DataSets.of(resolved),
                                options,
                                InstantSource.system(),
                                out::println,
                                () -> Signals.onStop(code -> end(stop, code)),
                                () -> stop.isRequested() || out.checkError())
                        .run(selection);
            } finally {
                out.flush();
            }
        });
        if (result.replayed() + result.refused() + result.left() == 0) {
            out.println(result.none() + ", nothing " + (dryRun ? "would be replayed" : "replayed"));
            out.flush();
            return 0;
        }
        out.printf(
                Locale.ROOT,
                "%s %,d, not replayed %,d%s%n",
                dryRun ? "would be replayed" : "replayed",
                result.replayed(),
                result.refused(),
                result.left() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, "; ended before the other %,d, which are as they were", result.left()));
        out.flush();
        return result.left() > 0 ? stop.code() : result.refused() == 0 ? 0 : Failure.DIFFERENCE;
    }

    /** The first time what is under way is finished, the second time the process ends. */
    private void end(StopRequest stop, int exitCode) {
        if (!stop.request(exitCode)) {
            Runtime.getRuntime().halt(exitCode);
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                "Ending when the records under way are confirmed. Ctrl-C again ends at once; saying it once more does the rest.");
        err.flush();
    }

    private byte[] read() {
        try {
            return value == null ? null : Files.readAllBytes(value);
        } catch (NoSuchFileException e) {
            throw Failure.usage("cannot read " + value + ": no such file");
        } catch (IOException e) {
            throw Failure.unreachable("cannot read " + value + ": " + Output.reason(e), e);
        }
    }
}
