package org.offerstorm.lake.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;

/** One Spark for all tests of the process, and new lakes in its temporary directory. */
public final class Lakes {
    public static final String GROUP = "tests";

    /** For some thousand rows: compiling a query takes longer than answering it. */
    private static final Map<String, String> SMALL = Map.of(
            "spark.sql.shuffle.partitions", "2",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path ROOT = directory();
    private static final LakeSession SPARK = LakeSession.open("local[2]", "file://" + ROOT.resolve("none"), Map.of());

    private Lakes() {}

    /** An empty one. */
    public static LakeSession create() {
        return SPARK.at("file://" + ROOT.resolve("lake-" + COUNT.incrementAndGet()), SMALL);
    }

    /** The one in this directory, with its file system. */
    public static LakeSession at(String warehouse) {
        return SPARK.at(warehouse, SMALL);
    }

    /** All of the history, in the order of {@link RandomLog#fold}. */
    static List<RandomLog.Version> history(LakeSession lake) {
        return lake
                .spark()
                .sql("SELECT id, version, category, continent, valid_from, valid_to, is_current FROM "
                        + Tables.qualified(Tables.HISTORY) + " ORDER BY id, version")
                .collectAsList()
                .stream()
                .map(Lakes::version)
                .toList();
    }

    private static RandomLog.Version version(Row row) {
        return new RandomLog.Version(
                row.getString(0),
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getTimestamp(4).toInstant(),
                row.isNullAt(5) ? null : row.getTimestamp(5).toInstant(),
                row.getBoolean(6));
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "lakes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
