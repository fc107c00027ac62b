package org.offerstorm.lake.serve;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.lake.batch.OffsetVector;
import org.offerstorm.lake.batch.Staging;
import org.offerstorm.sinks.redis.RedisOutbox.Page;

/**
 * Compares the merged table, as of the offsets that Redis has counted, with Redis' table of that moment. On a stream that does
 * not rest, Redis is usually ahead of what is known to be durable in HDFS: then it waits a while.
 */
public final class LiveComparison {
    /** The name of its finding. */
    public static final String NAME = "live table of redis, merged";

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 60;

    private final LakeView view;
    private final Staging staging;

    /** What Redis holds at a moment. */
    @FunctionalInterface
    public interface Live {
        /**
         * One moment, with the table.
         *
         * @throws IOException if Redis cannot be asked now
         */
        Page read() throws IOException;
    }

    /** There is nothing that could be compared; the message says why. */
    public static final class NotComparable extends Exception {
        private static final long serialVersionUID = 1;

        NotComparable(String message) {
            super(message);
        }
    }

    /** Compares with this view. */
    public LiveComparison(LakeView view, Staging staging) {
        this.view = view;
        this.staging = staging;
    }

    /**
     * The comparison.
     *
     * @throws NotComparable if Redis does not answer or has counted nothing, or half a minute was too short until it had counted
     *     what the lake holds, or until that was durable in HDFS
     * @throws IOException if the staged log cannot be read
     */
    public LakeVerification.Finding run(Live redis) throws IOException, NotComparable, InterruptedException {
        Page page = counted(redis);
        OffsetVector to = offsets(page);
        awaitDurable(to);
        Map<Cell, Long> live = new TreeMap<>(Comparator.comparing(Cell::key));
        live.putAll(page.table().orElseThrow());
        live.values().removeIf(count -> count == 0);
        return LakeVerification.compare(NAME, view.merged(staging, to).counts(), live);
    }

    /** A moment at which Redis had counted what the lake holds, and nothing ahead of what it had not. */
    private Page counted(Live redis) throws NotComparable, InterruptedException {
        for (int i = 1; ; i++) {
            Page page;
            try {
                page = redis.read();
            } catch (IOException e) {
                throw new NotComparable(e.getMessage());
            }
            if (page.source().isEmpty()) {
                throw new NotComparable("it has counted nothing");
            }
            boolean isCut = page.floors().equals(page.ends());
            if (isCut && offsets(page).covers(view.offsets())) {
                return page;
            }
            if (i == TRIES) {
                throw new NotComparable(
                        isCut
                                ? "it has counted up to " + offsets(page) + ", and the lake holds up to "
                                        + view.offsets()
                                : "it has counted chunks ahead of others that it has not");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void awaitDurable(OffsetVector to) throws IOException, NotComparable, InterruptedException {
        for (int i = 1; ; i++) {
            OffsetVector durable = staging.cut().union(view.offsets());
            if (durable.covers(to)) {
                return;
            }
            if (i == TRIES) {
                throw new NotComparable(
                        "it has counted up to " + to + ", and in HDFS is known to be durable what is below " + durable);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private static OffsetVector offsets(Page page) {
        return new OffsetVector(page.source().orElseThrow().epoch(), new TreeMap<>(page.floors()));
    }
}
