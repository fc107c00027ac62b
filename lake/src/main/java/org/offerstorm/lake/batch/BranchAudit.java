package org.offerstorm.lake.batch;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at a branch before it is published. Everything that is wrong is reported at once. */
final class BranchAudit {
    private final SparkSession spark;
    private final List<String> wrong = new ArrayList<>();

    BranchAudit(SparkSession spark) {
        this.spark = spark;
    }

    /** After a first load: ids are unique among the open rows. As many hashes as rows show that for half the work. */
    void load(String branch) {
        String open = " FROM " + branch + " WHERE valid_to IS NULL";
        Row hashes = spark.sql("SELECT count(*), count(DISTINCT xxhash64(id))" + open)
                .head();
        if (hashes.getLong(0) != hashes.getLong(1)) {
            expect(
                    "open rows of different ids",
                    spark.sql("SELECT count(DISTINCT id)" + open).head().getLong(0),
                    hashes.getLong(0));
        }
    }

    /** After a merge: the changed ids have one open row each, the newest, and no other row is gone or new. */
    void merge(HistoryMerge.Expected expected, Snapshot before, Snapshot after, String branch) {
        expect("rows", rows(before) + expected.added(), rows(after));
        Row row = spark.sql("SELECT count(*), count_if(h.version = k.version) FROM " + branch + " h JOIN "
                        + HistoryMerge.LAST + " k ON h.id = k.id WHERE h.valid_to IS NULL")
                .head();
        expect("open rows of changed ids", expected.ids(), row.getLong(0));
        expect("newest versions among them", expected.ids(), row.getLong(1));
        long deleted = number(after, SnapshotSummary.TOTAL_POS_DELETES_PROP)
                - number(before, SnapshotSummary.TOTAL_POS_DELETES_PROP);
        expect("rows that were ended", expected.closed(), deleted);
    }

    void expect(String what, long must, long is) {
        if (must != is) {
            wrong.add(what + ": " + is + ", must be " + must);
        }
    }

    /** @throws AuditFailed if anything was wrong */
    void end(String table) throws AuditFailed {
        if (!wrong.isEmpty()) {
            throw new AuditFailed(
                    table + " was not published: the audit of the new snapshot found " + String.join("; ", wrong));
        }
    }

    /** Rows that a snapshot has, by its own figures. */
    static long rows(Snapshot snapshot) {
        return number(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP)
                - number(snapshot, SnapshotSummary.TOTAL_POS_DELETES_PROP);
    }

    private static long number(Snapshot snapshot, String property) {
        return Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
    }
}
