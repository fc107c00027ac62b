package org.offerstorm.tools.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.deadletters.Drop;
import org.offerstorm.tools.deadletters.LetterSelection;
import org.offerstorm.tools.terminal.Output;
import org.offerstorm.tools.terminal.StandardStreams;
import org.offerstorm.tools.terminal.Terminals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm dlq drop}. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Deletes dead letters: the next compaction of the topic removes their bytes. A mark remains, which says why the"
                    + " record was refused and that an operator dropped it; 'verify' accepts the mark as the letter.",
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:dropped, also if there are none",
            "1:the answer was no",
            "2:bad usage; no such letter; nobody to ask, and no --yes",
            "3:Kafka or the topic cannot be reached"
        })
public final class DlqDropCommand implements Callable<Integer>, Audited {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LetterChoice choice;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() {
        OfferstormConfig resolved = config.load();
        LetterSelection selection = choice.selection(spec, resolved);
        Drop drop = new Drop(resolved, InstantSource.system());
        long chosen = Dlq.run(() -> drop.select(selection));
        PrintWriter out = spec.commandLine().getOut();
        if (chosen == 0) {
            out.println(drop.describe() + ", nothing dropped");
            return 0;
        }
        String what = String.format(
                Locale.ROOT, "%,d %s (%s)", chosen, chosen == 1 ? "dead letter" : "dead letters", drop.describe());
        if (!yes && !isConfirmed(what)) {
            out.println("nothing dropped");
            return Failure.DIFFERENCE;
        }
        long dropped = Dlq.run(drop::run);
        out.println("dropped " + (dropped == chosen ? what : String.format(Locale.ROOT, "%,d of %s", dropped, what)));
        return 0;
    }

    private boolean isConfirmed(String what) {
        if (!Terminals.isInput()) {
            throw Failure.usage("would drop " + what + "; nobody can be asked here, so say --yes");
        }
        PrintWriter err = spec.commandLine().getErr();
        err.print("Drop " + what + "? Their bytes cannot be had back. [y/N] ");
        err.flush();
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardStreams.charset()));
            String answer = in.readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw Failure.unreachable("cannot read the answer: " + Output.reason(e), e);
        }
    }
}
