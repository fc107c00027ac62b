package org.offerstorm.local.neighbours;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;

/** Writes chunks to one sink, one after the other. {@link #run} is for one thread; any may {@link #add}. */
final class StoreWriter {
    private static final long TICK_NANOS = 1_000_000_000;
    private static final long RETRY_NANOS = 100_000_000;

    private final Sink sink;
    private final StoreWriters stores;
    private final int kind;
    /** Bounded by what a {@link Handover} lets out. */
    private final BlockingQueue<PlacedChunk> chunks = new LinkedBlockingQueue<>();

    /** @param kind index of the sink's kind in the configuration */
    StoreWriter(Sink sink, StoreWriters stores, int kind) {
        this.sink = sink;
        this.stores = stores;
        this.kind = kind;
    }

    void add(PlacedChunk chunk) {
        chunks.add(chunk);
    }

    /** Without an end. */
    void run() throws InterruptedException {
        long ticked = System.nanoTime();
        while (true) {
            PlacedChunk next = chunks.poll(TICK_NANOS, TimeUnit.NANOSECONDS);
            while (next != null && !(sink.write(next.chunk()) instanceof Done)) {
                sink.tick();
                LockSupport.parkNanos(RETRY_NANOS);
            }
            if (next != null) {
                stores.writeAfter(kind, next);
                next.written();
            }
            if (System.nanoTime() - ticked > TICK_NANOS) {
                ticked = System.nanoTime();
                sink.tick();
            }
        }
    }
}
