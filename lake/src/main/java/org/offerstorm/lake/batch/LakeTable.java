package org.offerstorm.lake.batch;

import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;

/** One Iceberg table, as its branches and snapshots. One thread. */
public final class LakeTable {
    private final String name;
    private final Table table;
    private final Supplier<OffsetVector> lost;

    /** @param lost finds out what the table holds if no snapshot says it any more */
    LakeTable(String name, Table table, Supplier<OffsetVector> lost) {
        this.name = name;
        this.table = table;
        this.lost = lost;
    }

    public String name() {
        return name;
    }

    public Table iceberg() {
        return table;
    }

    /**
     * What the published snapshot holds: its own property, or that of the nearest ancestor that has one. A foreign tool may
     * have compacted the table and dropped all of them.
     */
    public OffsetVector offsets() {
        table.refresh();
        OffsetVector said = offsets(table.currentSnapshot());
        return said == null ? lost.get() : said;
    }

    /** Notes that everything below these offsets was compared with what is staged, and agreed. */
    public void verified(OffsetVector offsets) {
        table.updateProperties().set(Tables.VERIFIED_PROPERTY, offsets.encode()).commit();
    }

    /** What was compared and agreed; nothing if that was never done. */
    public OffsetVector verified() {
        table.refresh();
        String offsets = table.properties().get(Tables.VERIFIED_PROPERTY);
        return offsets == null ? OffsetVector.NOTHING : OffsetVector.decode(offsets);
    }

    private OffsetVector offsets(Snapshot from) {
        for (Snapshot snapshot = from; snapshot != null; snapshot = parent(snapshot)) {
            String offsets = snapshot.summary().get(Tables.OFFSETS_PROPERTY);
            if (offsets != null) {
                return OffsetVector.decode(offsets);
            }
        }
        return null;
    }

    /** A branch that begins at what is published. */
    void branch(String branch) {
        table.refresh();
        table.manageSnapshots()
                .createBranch(branch, table.currentSnapshot().snapshotId())
                .commit();
    }

    /** Drops the branches of runs that did not end. */
    void dropBranches(String prefix) {
        table.refresh();
        var change = table.manageSnapshots();
        boolean any = false;
        for (String ref : table.refs().keySet()) {
            if (ref.startsWith(prefix)) {
                change = change.removeBranch(ref);
                any = true;
            }
        }
        if (any) {
            change.commit();
        }
    }

    Snapshot head(String branch) {
        table.refresh();
        return table.snapshot(branch);
    }

    /**
     * Makes the branch what everybody reads, at once, and removes it.
     *
     * @param base where the branch began
     * @throws Overtaken if something else was published since then
     */
    void publish(String branch, Snapshot base) throws Overtaken {
        table.refresh();
        requireOwn(branch, base);
        try {
            table.manageSnapshots()
                    .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
                    .removeBranch(branch)
                    .commit();
        } catch (IllegalArgumentException | CommitFailedException | ValidationException e) {
            throw overtaken(e);
        }
    }

    /**
     * A write to a branch that another run has dropped makes it again, on top of what that run published: so from its head
     * down to the base there must be only snapshots of this run.
     */
    private void requireOwn(String branch, Snapshot base) throws Overtaken {
        Snapshot snapshot = table.snapshot(branch);
        while (snapshot != null && snapshot.snapshotId() != base.snapshotId()) {
            snapshot = branch.equals(snapshot.summary().get(Tables.RUN_PROPERTY)) ? parent(snapshot) : null;
        }
        if (snapshot == null) {
            throw overtaken(null);
        }
    }

    private Overtaken overtaken(Exception cause) {
        return new Overtaken(
                "another run published " + name
                        + " meanwhile, and nothing of this one was published there; run it again",
                cause);
    }

    private Snapshot parent(Snapshot snapshot) {
        return snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
    }
}
