package org.offerstorm.local.trials.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code offerstorm lake}, for the list of commands: the launcher starts it in a separate process, with Spark's class path. */
@Command(
        name = "lake",
        description =
                "Keeps the history of all offers as Iceberg tables in HDFS: run, status, verify, history, sql, restore,"
                        + " trim, maintain.")
public final class LakeHintCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        throw Failure.unreachable(
                "the lake needs Spark's class path, which only the launcher gives it; start it as ./offerstorm lake "
                        + String.join(" ", arguments),
                null);
    }
}
