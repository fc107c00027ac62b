package org.offerstorm.lake.batch;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/** One Iceberg table, as its branches and snapshots. One thread. */
public final class LakeTable {
    private final String name;
    private final Table table;

    LakeTable(String name, Table table) {
        this.name = name;
        this.table = table;
    }

    public String name() {
        return name;
    }

    public Table iceberg() {
        return table;
    }

    /** What the published snapshot holds: its own property, or that of the nearest ancestor that has one. */
    public OffsetVector offsets() {
        table.refresh();
        return offsets(table.currentSnapshot());
    }

    OffsetVector offsets(Snapshot from) {
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
     * @throws IllegalArgumentException if something else was published since the branch began
     */
    void publish(String branch) {
        table.refresh();
        table.manageSnapshots()
                .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
                .removeBranch(branch)
                .commit();
    }

    private Snapshot parent(Snapshot snapshot) {
        return snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
    }
}
