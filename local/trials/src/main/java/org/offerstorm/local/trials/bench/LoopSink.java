package org.offerstorm.local.trials.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.sink.WriteResult.Done;

/** The plain loop's last step: writes chunks to one sink. One thread. */
final class LoopSink {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Sink sink;
    private final BlockingQueue<PlacedChunk> chunks;
    private final AtomicLong done;

    /** @param done counts offsets that are durable in all sinks */
    LoopSink(OfferstormConfig config, SinkKind<?> kind, BlockingQueue<PlacedChunk> chunks, AtomicLong done) {
        this.sink = sink(config, kind);
        this.chunks = chunks;
        this.done = done;
    }

    void run() throws InterruptedException {
        long ticked = System.nanoTime();
        while (true) {
            PlacedChunk next = chunks.take();
            while (!(sink.write(next.chunk()) instanceof Done)) {
                sink.tick();
                LockSupport.parkNanos(PlainLoop.RETRY_NANOS);
            }
            if (next.missing().decrementAndGet() == 0) {
                done.addAndGet(next.chunk().header().offsets());
            }
            if (System.nanoTime() - ticked > TICK.toNanos()) {
                ticked = System.nanoTime();
                sink.tick();
            }
        }
    }

    private static Sink sink(OfferstormConfig config, SinkKind<?> kind) {
        SinkContext context = new SinkContext(0, 1, 1, config.source().group(), InstantSource.system());
        return config.bound(kind).factory().create(context);
    }
}
