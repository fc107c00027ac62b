package org.offerstorm.local.trials.search;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;

/** Writes offers at a steady rate on its own thread, and hands out some ids with the time at which they were due. */
final class SteadyWriter implements AutoCloseable {
    static final int CHUNKS_A_SECOND = 20;
    private static final long STEP = 1_000_000_000L / CHUNKS_A_SECOND;
    private static final int MARK_EACH = 10;

    /** An offer and when it was due to be produced, by {@link System#nanoTime()}. */
    record Mark(String id, String name, long dueNanos) {}

    private final BlockingQueue<Mark> marks = new LinkedBlockingQueue<>();
    private final Map<String, Integer> marked = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean end;
    private final AtomicLong written = new AtomicLong();
    private volatile long behindNanos;

    SteadyWriter(Sink sink, BenchOffers offers, int rate) {
        thread = new Thread(() -> run(sink, offers, rate), "writer");
        thread.start();
    }

    Mark nextMark() throws InterruptedException {
        return marks.take();
    }

    /** Whether the offer was changed again since it was marked: then its marked version may never be seen. */
    boolean changedSince(Mark mark) {
        return marked.get(mark.id()) > 1;
    }

    long written() {
        return written.get();
    }

    /** How late the latest chunk was. */
    double behindSeconds() {
        return behindNanos / 1e9;
    }

    private void run(Sink sink, BenchOffers offers, int rate) {
        long due = System.nanoTime();
        for (int n = 0; !end; n++) {
            Chunk<Change> chunk = offers.next(rate / CHUNKS_A_SECOND);
            while (System.nanoTime() < due && !end) {
                LockSupport.parkNanos(Math.min(10_000_000, due - System.nanoTime()));
            }
            while (!(sink.write(chunk) instanceof Done) && !end) {
                LockSupport.parkNanos(STEP);
            }
            for (Change change : chunk.items()) {
                marked.computeIfPresent(change.id(), (id, times) -> times + 1);
            }
            written.addAndGet(chunk.size());
            behindNanos = System.nanoTime() - due;
            if (n % MARK_EACH == 0
                    && chunk.items().get(chunk.size() - 1) instanceof Upsert upsert
                    && upsert.offer().id().startsWith("offer-")) {
                marked.put(upsert.id(), 1);
                marks.add(new Mark(upsert.id(), upsert.offer().name(), due));
            }
            due += STEP;
        }
    }

    @Override
    public void close() throws IOException {
        end = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
