package org.offerstorm.lake.restore;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.offerstorm.lake.batch.DeletedRows;
import org.offerstorm.lake.batch.HdfsStaging;
import org.offerstorm.lake.batch.HdfsStaging.ReadFile;
import org.offerstorm.lake.batch.LakeSession;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.serve.LakeVerification;
import org.offerstorm.lake.serve.LakeVerification.Finding;
import org.offerstorm.lake.serve.LakeView;
import org.offerstorm.lake.serve.RowsDigest;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.hdfs.MergedRows;
import org.offerstorm.sinks.hdfs.StagedLog;

/**
 * Deletes staged files whose rows are in the lake. Never during a run: its caller has the lock.
 *
 * <pre>
 *   VERIFY    the tables hold exactly what is staged now, or nothing is deleted
 *   BASE      up to where rows may be missing, and the digest of all that is below, is durable next to the files
 *   DELETE    finished files that were closed long ago and have no row above what was verified, one after the other
 * </pre>
 *
 * After a halt between any two steps the files that are left are as good as before, and the next call goes on. One thread.
 */
public final class StagedTrim {
    private final LakeSession session;
    private final LakeTables tables;
    private final HdfsStaging staging;
    private final HdfsConfig hdfs;
    private final Progress progress;

    /** Learns what is done, before it is done. */
    @FunctionalInterface
    public interface Progress {
        /** Tells nobody. */
        Progress NONE = step -> {};

        /** This step begins now. */
        void begins(Step step);
    }

    /** The steps, in order; the last one for each file. */
    public enum Step {
        VERIFY,
        BASE,
        DELETE
    }

    /**
     * What may be deleted.
     *
     * @param findings of the verification; if any differs there are no files
     * @param files the oldest first
     * @param below includes all rows of the files, and of those that were deleted before
     * @param digest of all rows below, in the tables that were verified
     */
    public record Plan(List<Finding> findings, List<StagedLog.LogFile> files, OffsetVector below, String digest) {
        /** Whether the tables hold what is staged. */
        public boolean isSound() {
            return findings.stream().allMatch(finding -> finding.wrong() == 0);
        }

        /** Bytes of the files, each once. */
        public long bytes() {
            return files.stream().mapToLong(StagedLog.LogFile::length).sum();
        }
    }

    public StagedTrim(LakeSession session, LakeTables tables, HdfsStaging staging, HdfsConfig hdfs, Progress progress) {
        this.session = session;
        this.tables = tables;
        this.staging = staging;
        this.hdfs = hdfs;
        this.progress = progress;
    }

    /**
     * Verifies the tables, as {@code lake verify} does, and finds files that they make dispensable.
     *
     * @param before files that were closed later stay
     * @throws IOException if HDFS cannot be read
     */
    public Plan plan(Instant before) throws IOException {
        progress.begins(Step.VERIFY);
        LakeView view = new LakeView(session.spark(), tables);
        OffsetVector verified = view.offsets();
        List<Finding> findings = new LakeVerification(session.spark(), view).run(staging);
        DeletedRows former = staging.deleted();
        Plan none = new Plan(findings, List.of(), former.below(), former.digest());
        if (!none.isSound()) {
            return none;
        }
        tables.history().verified(verified);
        List<ReadFile> old = staging.wholly(verified).stream()
                .filter(file -> file.file().modified() < before.toEpochMilli())
                .sorted(Comparator.comparingLong(file -> file.file().modified()))
                .toList();
        if (old.isEmpty()) {
            return none;
        }
        OffsetVector below = former.below();
        for (ReadFile file : old) {
            below = below.union(file.rows());
        }
        return new Plan(
                findings,
                old.stream().map(ReadFile::file).toList(),
                below,
                new RowsDigest(session.spark(), view.history()).of(below));
    }

    /**
     * Deletes what was planned.
     *
     * @return number of files
     * @throws IOException if HDFS cannot be written to; the next call goes on
     */
    public int delete(Plan plan) throws IOException {
        if (plan.files().isEmpty()) {
            return 0;
        }
        int deleted = 0;
        try (StagedLog log = new StagedLog(hdfs)) {
            progress.begins(Step.BASE);
            String topicId = log.streams().stream()
                    .filter(stream -> stream.epoch() == plan.below().epoch())
                    .map(StagedLog.Stream::topicId)
                    .findFirst()
                    .orElseThrow(() ->
                            new IOException("no stream of epoch " + plan.below().epoch() + " was ever here"));
            new MergedRows(topicId, plan.below().epoch(), plan.below().next(), plan.digest()).write(hdfs);
            for (StagedLog.LogFile file : plan.files()) {
                progress.begins(Step.DELETE);
                deleted += log.delete(file) ? 1 : 0;
            }
        }
        return deleted;
    }
}
