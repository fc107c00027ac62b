package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Cell;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisCounts;

/** Reads Redis' table of counts all the time, as a dashboard does: it must keep its bounds at any moment. Has its own thread. */
final class CountsWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(150);
    private static final int EXAMPLES = 5;

    private final RedisConfig config;
    private final CountBounds bounds;
    private final RunLog log;
    private final Thread thread = new Thread(this::run, "counts-watch");
    private final List<String> examples = new ArrayList<>();
    private long reads;
    private long broken;

    private CountsWatch(RedisConfig config, CountBounds bounds, RunLog log) {
        this.config = config;
        this.bounds = bounds;
        this.log = log;
    }

    static CountsWatch start(RedisConfig config, CountBounds bounds, RunLog log) {
        CountsWatch watch = new CountsWatch(config, bounds, log);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /**
     * What was seen.
     *
     * @param reads of the whole table
     * @param broken reads that showed what cannot be
     * @param examples some of them
     */
    record Seen(long reads, long broken, List<String> examples) {}

    synchronized Seen seen() {
        return new Seen(reads, broken, List.copyOf(examples));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try (RedisCounts redis = new RedisCounts(config)) {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    look(redis.read());
                } catch (IOException e) {
                    // A fault made it unreachable.
                }
                Thread.sleep(PERIOD.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look(Map<Cell, Long> counts) {
        reads++;
        List<String> wrong = bounds.broken(counts);
        if (!wrong.isEmpty()) {
            broken++;
            if (examples.size() < EXAMPLES) {
                examples.add(wrong.get(0));
                log.line("counts: " + String.join("; ", wrong));
            }
        }
    }
}
