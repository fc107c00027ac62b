package org.offerstorm.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.snapshot.DeletionLimit;
import org.offerstorm.tools.snapshot.FileCheck;
import org.offerstorm.tools.snapshot.Snapshot;
import org.offerstorm.tools.snapshot.SnapshotFile;
import org.offerstorm.tools.snapshot.SnapshotResult;
import org.offerstorm.tools.snapshot.SnapshotSettings;
import org.offerstorm.tools.terminal.Terminals;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code produce --snapshot} and what belongs to it: a picocli mixin. */
final class SnapshotOptions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final String DEFAULT_SOURCE = "snapshot";
    private static final String DEFAULT_LIMIT = "20%";

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--snapshot",
            description =
                    "The file is a full export: what is new or changed in it is sent, what is gone from it is deleted,"
                            + " what is equal is not sent. The file is read twice.")
    private boolean snapshot;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description =
                    "With --snapshot: whose export it is. Only offers whose newest record was sent under this name are"
                            + " deleted (default: " + DEFAULT_SOURCE + ").")
    private String source;

    @Option(
            names = "--adopt",
            description =
                    "With --snapshot: records in the topic that name no source count as this source's, as after a plain"
                            + " produce.")
    private boolean adopt;

    @Option(
            names = "--max-deletions",
            paramLabel = "N|N%",
            description =
                    "With --snapshot: send nothing if more offers would be deleted, or a greater share of the source's"
                            + " offers (default: " + DEFAULT_LIMIT + "%).") // a percent sign is written twice
    private DeletionLimit maxDeletions;

    @Option(
            names = "--dry-run",
            description = "With --snapshot: show what would be sent and deleted, with examples, and change nothing.")
    private boolean dryRun;

    /** Refuses what cannot go together, and returns whether it is a snapshot. */
    boolean isChosen(String file) {
        if (!snapshot) {
            refuse(source != null, "--source");
            refuse(adopt, "--adopt");
            refuse(maxDeletions != null, "--max-deletions");
            refuse(dryRun, "--dry-run");
            return false;
        }
        if (!Files.isRegularFile(Path.of(file))) {
            throw usage("--snapshot reads its file twice, and " + (file.equals("-") ? "standard input" : file)
                    + " gives its content once; save it to a file, and name that");
        }
        if (source != null && !NAME.matcher(source).matches()) {
            throw usage("--source: write 1 to 100 letters, digits, '.', '_' and '-'");
        }
        return true;
    }

    /**
     * Runs it.
     *
     * @param topic with the properties of both consumer and producer
     * @return the exit code
     */
    int run(SourceConfig topic, DataSet dataSet, double perSecond, boolean strict, String name, SnapshotFile file)
            throws IOException {
        file.open().close(); // a file that cannot be sent ends no other run of the source
        SnapshotSettings settings = new SnapshotSettings(
                topic,
                dataSet,
                source == null ? DEFAULT_SOURCE : source,
                adopt,
                maxDeletions == null ? DeletionLimit.parse(DEFAULT_LIMIT) : maxDeletions,
                strict,
                dryRun,
                perSecond);
        try {
            SnapshotResult result = new Snapshot(settings, file, this::phase).run();
            return report(settings, name, result);
        } catch (Secrets.Unresolved e) {
            throw usage(e.getMessage());
        }
    }

    private void phase(String what) {
        if (Terminals.isError()) {
            err().println("produce: " + what + " …");
        }
    }

    private int report(SnapshotSettings settings, String name, SnapshotResult result) {
        FileCheck file = result.file();
        for (List<Input.Skipped> places : List.of(file.skipped(), result.tooLarge())) {
            places.forEach(place -> err().println(name + ":" + place.line() + ": skipped: " + place.why()));
        }
        if (file.skippedCount() > file.skipped().size()) {
            err().println("… and " + number(file.skippedCount() - file.skipped().size()) + " more lines skipped");
        }
        file.conflictExamples().forEach(example -> err().println(name + ": another value for the same id: " + example));
        out().println("snapshot of source " + settings.source() + ": " + number(file.created()) + " new, "
                + number(file.changed()) + " changed, " + number(file.equal()) + " equal, "
                + (settings.adopt() ? number(file.adopted()) + " adopted, " : "") + number(result.gone())
                + " gone; topic " + settings.topic().topic() + " at "
                + settings.topic().bootstrapServers());
        if (settings.dryRun()) {
            examples("new", file.createdExamples());
            examples("changed", file.changedExamples());
            examples("gone", result.goneExamples());
            out().println("dry run: sent nothing");
        } else {
            out().println("sent " + number(result.sent()) + (result.sent() == 1 ? " record" : " records") + ", deleted "
                    + number(result.deleted()) + (result.deleted() == 1 ? " offer" : " offers"));
        }
        notes(settings, result);
        if (result.refused() != null) {
            err().println("produce: " + result.refused());
        }
        return result.isComplete() ? 0 : 1;
    }

    private void notes(SnapshotSettings settings, SnapshotResult result) {
        FileCheck file = result.file();
        if (result.corrected() > 0) {
            note(number(result.corrected())
                    + " of the offers that are gone were written by others in the meantime; they" + " stay");
        }
        if (result.others() > 0) {
            note(number(result.others()) + " offers in the topic are not of source " + settings.source() + " and stay"
                    + (result.bare() == 0
                            ? ""
                            : "; " + number(result.bare()) + " of them name no source: --adopt takes them"));
        }
        if (file.equalOfOthers() > 0) {
            note(number(file.equalOfOthers()) + " offers are equal in records that name no source, or another one; they"
                    + " would stay if they were gone from a later file"
                    + (settings.adopt() ? "" : " (--adopt takes those without source)"));
        }
        if (file.repeated() > 0) {
            note(number(file.repeated()) + " records repeat one before them");
        }
        if (file.hasRowNumbers()) {
            note(
                    "the ids are the numbers of the rows: after a row is inserted or removed, all after it are other offers;"
                            + " give the file ids that stay");
        }
    }

    private void note(String text) {
        err().println("produce: note: " + text);
    }

    private void examples(String kind, List<String> examples) {
        if (!examples.isEmpty()) {
            out().println("  " + kind + ", such as " + String.join(", ", examples));
        }
    }

    private void refuse(boolean given, String option) {
        if (given) {
            throw usage(option + " is for --snapshot only");
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
