package org.offerstorm.lake.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.lake.batch.AuditFailed;
import org.offerstorm.lake.batch.CommittedFloors;
import org.offerstorm.lake.batch.HdfsStaging;
import org.offerstorm.lake.batch.LakeLock;
import org.offerstorm.lake.batch.LakeSession;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.Overtaken;
import org.offerstorm.lake.batch.WrongTable;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.SiteFiles;
import org.offerstorm.sinks.hdfs.StagedLog;
import org.offerstorm.tools.cli.ConfigOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command of the lake has: a picocli mixin that opens the lake, and has words for what may go wrong. */
final class LakeOptions {
    private static final String SPARK_PACKAGE = "sun.nio.ch";

    @Option(
            names = "--master",
            paramLabel = "URL",
            defaultValue = "local[*]",
            description = "Where Spark runs: local[N] in this process, on N cores, or spark://host:port. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String master;

    @Option(
            names = "--staged-only",
            description =
                    "Take the offsets up to which all is durable from the headers of the staged files alone, which"
                            + " are up to hdfs.roll-age old; usually Kafka is asked as well what is committed.")
    private boolean stagedOnly;

    @Mixin
    private ConfigOptions config;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** What a command does with the lake. */
    @FunctionalInterface
    interface Action {
        int run(Lake lake)
                throws IOException, AuditFailed, Overtaken, WrongTable, LakeLock.Locked, InterruptedException;
    }

    /**
     * The lake, open.
     *
     * @param warehouse directory of the tables, with its file system
     */
    record Lake(OfferstormConfig config, LakeSession session, HdfsStaging staging, String warehouse, PrintWriter out) {
        String group() {
            return config.source().group();
        }

        /** The tables; there must have been a run. */
        LakeTables tables() throws WrongTable {
            LakeTables tables = LakeTables.open(session, group());
            if (tables == null) {
                throw Failure.unreachable(
                        "there is no lake in " + warehouse + " yet; 'offerstorm lake run' makes it", null);
            }
            return tables;
        }

        /** Takes the lock for the time of a command that writes. */
        LakeLock lock(String what) throws IOException, LakeLock.Locked {
            return LakeLock.take(warehouse, session.spark().sparkContext().hadoopConfiguration(), what);
        }
    }

    /** Opens the lake and runs; everything that may go wrong becomes one message. */
    int with(Action action) {
        OfferstormConfig all = config.load();
        HdfsConfig hdfs = all.of(Hdfs.KIND);
        if (!Object.class.getModule().isOpen(SPARK_PACKAGE, LakeOptions.class.getModule())) {
            throw Failure.unreachable(
                    "Spark cannot run in this Java as it was started; use ./offerstorm lake, or give Java the flags in"
                            + " docs/lake.md",
                    null);
        }
        String warehouse = hdfs.uri() + all.lake().path(hdfs.directory());
        PrintWriter err = spec.commandLine().getErr();
        UnaryOperator<OffsetVector> fresher =
                stagedOnly ? UnaryOperator.identity() : new CommittedFloors(all.source(), err::println);
        try {
            Map<String, String> hadoop = hadoop(hdfs);
            try (LakeSession session = LakeSession.open(master, warehouse, hadoop)) {
                HdfsStaging staging = new HdfsStaging(session.spark(), hdfs, warehouse, fresher);
                return action.run(new Lake(
                        all, session, staging, warehouse, spec.commandLine().getOut()));
            }
        } catch (Failure e) {
            throw e;
        } catch (WrongTable | LakeLock.Locked | Overtaken e) {
            throw Failure.unreachable(e.getMessage(), e);
        } catch (AuditFailed e) {
            throw Failure.difference(e.getMessage());
        } catch (InterruptedException e) {
            throw Failure.interrupted("interrupted; what was not published is not seen, and the next run does it", e);
        } catch (Exception e) { // Spark and Iceberg throw checked exceptions that they do not declare
            throw explained(e, warehouse);
        }
    }

    /** Asks HDFS at once, with the deadlines of the sink: Hadoop's own client would wait for minutes. */
    private static Map<String, String> hadoop(HdfsConfig hdfs) throws IOException {
        Map<String, String> settings = new HashMap<>(SiteFiles.read(hdfs));
        settings.put("dfs.replication", Integer.toString(StagedLog.replication(hdfs)));
        try {
            settings.putAll(Secrets.resolve(hdfs.properties()));
        } catch (Secrets.Unresolved e) {
            throw Failure.usage(e.getMessage());
        }
        return settings;
    }

    private static Failure explained(Exception e, String warehouse) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String said = String.valueOf(cause.getMessage())
                .split("; For more details", 2)[0]
                .lines()
                .findFirst()
                .orElse(cause.toString());
        String advice = said.contains("could only be written to") || said.contains("quota") || said.contains("No space")
                ? "HDFS takes no more: make room, or start its DataNodes"
                : "start HDFS, or correct hdfs.uri, hdfs.directory and lake.directory";
        return Failure.unreachable(
                "the lake at " + warehouse + " cannot be used: "
                        + cause.getClass().getSimpleName() + ": " + said + "; " + advice + ". Nothing was published",
                e);
    }
}
