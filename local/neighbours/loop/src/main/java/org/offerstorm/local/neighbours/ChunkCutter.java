package org.offerstorm.local.neighbours;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.SourcePosition;

/**
 * Makes chunks for the sinks of the changes that an engine passes one by one, in the order of each partition. The ranges of
 * a partition's chunks follow each other without a gap, over records that were refused. One thread.
 */
public final class ChunkCutter {
    private final Workload work;
    private final int slot;
    private final Handover handover;
    private final List<List<Change>> open = new ArrayList<>();
    private final long[] next;

    ChunkCutter(Workload work, int slot, Handover handover) {
        this.work = work;
        this.slot = slot;
        this.handover = handover;
        this.next = new long[work.source().partitions()];
        for (int partition = 0; partition < next.length; partition++) {
            open.add(new ArrayList<>());
        }
    }

    /** Takes a change whose upsert has its cell; waits while the sinks have too many chunks. */
    public void add(Change change) throws InterruptedException {
        int partition = change.position().partition();
        List<Change> changes = open.get(partition);
        changes.add(change);
        if (changes.size() == Workload.CHUNK) {
            hand(partition);
        }
    }

    /** Gives the sinks what it has, also in chunks that are not full. */
    public void handAll() throws InterruptedException {
        for (int partition = 0; partition < next.length; partition++) {
            if (!open.get(partition).isEmpty()) {
                hand(partition);
            }
        }
    }

    /** The same, and waits until everything is durable in every sink: for a checkpoint or a commit. */
    public void flush() throws InterruptedException {
        handAll();
        handover.awaitWritten();
    }

    private void hand(int partition) throws InterruptedException {
        List<Change> changes = open.set(partition, new ArrayList<>(Workload.CHUNK));
        SourcePosition last = changes.get(changes.size() - 1).position();
        OffsetRange range = new OffsetRange(partition, next[partition], last.offset() + 1, next[partition] == 0);
        next[partition] = range.next();
        ChunkHeader header = new ChunkHeader(work.source(), slot, work.threads(), List.of(range), List.of(), false);
        handover.hand(new Chunk<>(header, changes));
    }
}
