package org.offerstorm.local.neighbours;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;

/** Gives one thread's chunks to the sinks' threads, with a limit on those that they have not written. */
final class Handover {
    /** As the topology's {@code topology.max-spout-pending}. */
    private static final int MOST = 16;

    private final StoreWriters stores;
    private final DoneCount done;
    private final Semaphore free = new Semaphore(MOST);

    Handover(StoreWriters stores, DoneCount done) {
        this.stores = stores;
        this.done = done;
    }

    /** Waits while too many are not written. */
    void hand(Chunk<Change> chunk) throws InterruptedException {
        if (stores.count() == 0) {
            done.add(chunk.size());
            return;
        }
        free.acquire();
        stores.write(new PlacedChunk(chunk, new AtomicInteger(stores.count()), this));
    }

    /** Waits until all are durable in every sink. */
    void awaitWritten() throws InterruptedException {
        free.acquire(MOST);
        free.release(MOST);
    }

    void written(Chunk<Change> chunk) {
        done.add(chunk.size());
        free.release();
    }
}
