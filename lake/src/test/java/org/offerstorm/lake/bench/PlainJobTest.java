package org.offerstorm.lake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.lake.batch.BatchRun;
import org.offerstorm.lake.batch.LakeSession;
import org.offerstorm.lake.batch.Lakes;
import org.offerstorm.lake.batch.LocalStaging;
import org.offerstorm.lake.batch.RunProgress;
import org.offerstorm.lake.batch.Tables;

/** The merge against the one statement of SQL that everybody would write, over the log that the bench has. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PlainJobTest {
    private static final int MERGES = 2;

    @TempDir
    private Path directory;

    @Test
    void one_merge_statement_makes_the_same_tables() throws Exception {
        BenchLog.write(directory.resolve("log"), 300, 100, MERGES, 5);
        BenchLog.write(directory.resolve("again"), 300, 100, MERGES, 5);
        LakeSession ours = Lakes.create();
        LakeSession theirs = Lakes.create();
        PlainJob plain = new PlainJob(theirs.spark());
        plain.create();
        for (int part = 0; part <= MERGES; part++) {
            Path files = part(directory.resolve("log"), part);
            assertThat(Files.readString(files.resolve("offsets")))
                    .as("the same seed")
                    .isEqualTo(Files.readString(
                            part(directory.resolve("again"), part).resolve("offsets")));
            new BatchRun(ours, staging(ours, files), Lakes.GROUP, RunProgress.NONE).run();
            if (part == 0) {
                plain.load(staging(theirs, files).rows());
            } else {
                plain.merge(staging(theirs, files).rows());
            }
        }
        String history =
                "SELECT id, version, valid_from, valid_to, is_current, name, description, fields['level'] FROM "
                        + Tables.qualified(Tables.HISTORY) + " ORDER BY id, version";
        String counts = "SELECT * FROM " + Tables.qualified(Tables.COUNTS) + " ORDER BY category, continent";
        assertThat(rows(ours, history)).hasSize(500).isEqualTo(rows(theirs, history));
        assertThat(rows(ours, counts)).isNotEmpty().isEqualTo(rows(theirs, counts));
    }

    private static Path part(Path log, int part) {
        return part == 0 ? BenchLog.load(log) : BenchLog.changes(log, part);
    }

    private static LocalStaging staging(LakeSession session, Path files) throws Exception {
        return new LocalStaging(session.spark(), List.of(files), BenchLog.offsets(files));
    }

    private static List<Row> rows(LakeSession session, String sql) {
        return session.spark().sql(sql).collectAsList();
    }
}
