package org.offerstorm.lake.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.lake.batch.LakeLock;
import org.offerstorm.lake.batch.Maintenance;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.tools.cli.Audited;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code offerstorm lake maintain}. */
@Command(
        name = "maintain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Joins small files of the history, drops snapshots older than a day, and files that belong to none and are older"
                        + " than three days. A run does the first by itself when there are many. Never runs during a run.",
        footer = {"", "Exit codes: 0 fine, 2 usage, 3 HDFS cannot be reached, or the lake is in use."})
public final class MaintainCommand implements Callable<Integer>, Audited {
    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        return options.with(MaintainCommand::maintain);
    }

    private static int maintain(Lake lake) throws IOException, WrongTable, LakeLock.Locked {
        try (LakeLock lock = lake.lock("maintain")) {
            Maintenance maintenance = new Maintenance(lake.session(), lake.tables());
            Maintenance.Result result = maintenance.compact();
            maintenance.expire(System.currentTimeMillis());
            lake.out()
                    .printf(
                            Locale.ROOT,
                            "%,d data files became %,d; %,d files of deletes are gone.%n",
                            result.rewritten(),
                            result.added(),
                            result.deletes());
        }
        lake.out().flush();
        return 0;
    }
}
