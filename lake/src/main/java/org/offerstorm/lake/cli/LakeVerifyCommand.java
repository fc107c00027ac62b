package org.offerstorm.lake.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.Quote;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.lake.cli.LakeOptions.Lake;
import org.offerstorm.lake.serve.LakeVerification;
import org.offerstorm.lake.serve.LakeVerification.Finding;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.tools.cli.Audited;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code offerstorm lake verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Works out from the staged files alone what the tables must hold, and compares: versions, their validity, current"
                        + " offers, counts. Reads all that is staged. If all agree, it notes in the table up to where.",
        footer = {"", "Exit codes: 0 all agree, 1 something differs, 2 usage, 3 HDFS cannot be reached."})
public final class LakeVerifyCommand implements Callable<Integer>, Audited {
    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        return options.with(LakeVerifyCommand::verify);
    }

    private static int verify(Lake lake) throws IOException, WrongTable {
        LakeTables tables = lake.tables();
        LakeView view = new LakeView(lake.session().spark(), tables);
        List<Finding> findings = new LakeVerification(lake.session().spark(), view).run(lake.staging());
        boolean agree = true;
        for (Finding finding : findings) {
            agree &= finding.wrong() == 0;
            lake.out()
                    .printf(
                            Locale.ROOT,
                            "%-36s %,12d  %s%n",
                            finding.name(),
                            finding.checked(),
                            finding.wrong() == 0
                                    ? "agree"
                                    : String.format(
                                            Locale.ROOT,
                                            "%,d differ, such as %s",
                                            finding.wrong(),
                                            Quote.of(finding.example())));
        }
        if (agree) {
            tables.history().verified(view.offsets());
            lake.out().println("The lake holds what is staged, up to " + view.offsets() + ".");
        }
        lake.out().flush();
        return agree ? 0 : Failure.DIFFERENCE;
    }
}
