package org.offerstorm.lake.cli;

import java.io.IOException;
import java.time.Duration;
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
import org.offerstorm.lake.serve.LiveComparison;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisLive;
import org.offerstorm.sinks.redis.RedisOutbox;
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
                        + " offers, counts. Reads all that is staged. If all agree, it notes in the table up to where. Then it compares"
                        + " the live table of Redis with the merged one, as of what Redis has counted.",
        footer = {"", "Exit codes: 0 all agree, 1 something differs, 2 usage, 3 HDFS cannot be reached."})
public final class LakeVerifyCommand implements Callable<Integer>, Audited {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Mixin
    private LakeOptions options;

    @Override
    public Integer call() {
        return options.with(LakeVerifyCommand::verify);
    }

    private static int verify(Lake lake) throws IOException, WrongTable, InterruptedException {
        LakeTables tables = lake.tables();
        LakeView view = new LakeView(lake.session().spark(), tables);
        List<Finding> findings = new LakeVerification(lake.session().spark(), view).run(lake.staging());
        findings.forEach(finding -> print(lake, finding));
        boolean agree = findings.stream().allMatch(finding -> finding.wrong() == 0);
        if (agree) {
            tables.history().verified(view.offsets());
            lake.out().println("The lake holds what is staged, up to " + view.offsets() + ".");
            agree = !lake.config().sinks().contains(Redis.KIND) || redisAgrees(lake, view);
        }
        lake.out().flush();
        return agree ? 0 : Failure.DIFFERENCE;
    }

    private static boolean redisAgrees(Lake lake, LakeView view) throws IOException, InterruptedException {
        RedisConfig config = lake.config().of(Redis.KIND);
        try (RedisOutbox redis = new RedisOutbox(config)) {
            Finding finding = new LiveComparison(view, lake.staging())
                    .run(() -> redis.read(RedisLive.START, true, System.nanoTime() + DEADLINE.toNanos()));
            print(lake, finding);
            return finding.wrong() == 0;
        } catch (LiveComparison.NotComparable e) {
            lake.out().println("The live table of redis is not compared: " + e.getMessage() + ".");
            return true;
        }
    }

    static void print(Lake lake, Finding finding) {
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
}
