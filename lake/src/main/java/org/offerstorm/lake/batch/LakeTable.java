package org.offerstorm.lake.batch;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;

/** One Iceberg table, as its branches and snapshots. One thread. */
public final class LakeTable {
    private static final String BEGINNING = OffsetVector.NOTHING.encode();
    private static final int MOST_TRIES = 10;

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
     * have compacted the table and dropped all of them. A beginning that is not the oldest snapshot is none: of two runs that
     * met at an empty table, the late one may have written it on top of what the other has published.
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

    /** When what it holds was published; joining its files later does not count. */
    public Instant publishedAt() {
        table.refresh();
        Snapshot first = table.currentSnapshot();
        OffsetVector held = offsets(first);
        for (Snapshot before = parent(first);
                before != null && held != null && held.equals(offsets(before));
                before = parent(before)) {
            first = before;
        }
        return Instant.ofEpochMilli(first.timestampMillis());
    }

    /** The newest published snapshot that holds exactly this; empty if it has expired. */
    public OptionalLong snapshotOf(OffsetVector offsets) {
        table.refresh();
        for (Snapshot snapshot = table.currentSnapshot(); snapshot != null; snapshot = parent(snapshot)) {
            if (offsets.encode().equals(snapshot.summary().get(Tables.OFFSETS_PROPERTY))) {
                return OptionalLong.of(snapshot.snapshotId());
            }
        }
        return OptionalLong.empty();
    }

    private OffsetVector offsets(Snapshot from) {
        for (Snapshot snapshot = from; snapshot != null; snapshot = parent(snapshot)) {
            String offsets = snapshot.summary().get(Tables.OFFSETS_PROPERTY);
            if (offsets != null && !(offsets.equals(BEGINNING) && parent(snapshot) != null)) {
                return OffsetVector.decode(offsets);
            }
        }
        return null;
    }

    /** A branch that begins at what is published. */
    void branch(String branch) {
        change(refs -> refs.createBranch(branch, table.currentSnapshot().snapshotId()));
    }

    /** Drops the branches of runs that did not end. */
    void dropBranches(String prefix) {
        table.refresh();
        if (table.refs().keySet().stream().noneMatch(ref -> ref.startsWith(prefix))) {
            return;
        }
        change(refs -> {
            table.refs().keySet().stream().filter(ref -> ref.startsWith(prefix)).forEach(refs::removeBranch);
            return refs;
        });
    }

    /** Again, if another run has changed branches in the same moment: that is no conflict of what they publish. */
    private void change(UnaryOperator<ManageSnapshots> changes) {
        for (int tries = 1; ; tries++) {
            table.refresh();
            try {
                changes.apply(table.manageSnapshots()).commit();
                return;
            } catch (CommitFailedException | IllegalArgumentException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
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
        for (int tries = 1; ; tries++) {
            table.refresh();
            requireOwn(branch, base);
            try {
                table.manageSnapshots()
                        .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
                        .removeBranch(branch)
                        .commit();
                return;
            } catch (IllegalArgumentException | ValidationException e) { // not a successor of what is published
                throw overtaken(e);
            } catch (CommitFailedException e) { // something changed; the next try shows whether it was published
                if (tries == MOST_TRIES) {
                    throw overtaken(e);
                }
            }
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
