package org.offerstorm.local.trials.chaos.freshness;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

/**
 * When each sink was fresh again: when it holds a record of every partition that was produced after the moment that counts. A separate
 * thread asks each sink, so one that does not answer holds up no other. Used by one thread.
 */
public final class Freshness implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LAST_ANSWER = Duration.ofSeconds(15);

    private final List<SinkView> sinks;
    private final Consumer<String> log;

    private Freshness(List<SinkView> sinks, Consumer<String> log) {
        this.sinks = List.copyOf(sinks);
        this.log = log;
    }

    /**
     * Of all stores.
     *
     * @param direct addresses of the servers themselves
     * @param source the topic's identity, which Redis and PostgreSQL keep their coverage by
     * @param log takes why a sink was not fresh; called on any thread
     */
    public static Freshness of(OfferstormConfig direct, Source source, Consumer<String> log) {
        ChangesConfig changes = direct.of(Changes.KIND);
        return new Freshness(
                List.of(
                        new RedisView(direct.of(Redis.KIND), source),
                        new ChangesView(
                                changes.servers(direct),
                                Secrets.resolve(direct.source().properties()),
                                changes.topic()),
                        new PostgresView(direct.of(Postgres.KIND), source),
                        new SolrView(direct.of(Solr.KIND)),
                        new HdfsView(direct.of(Hdfs.KIND))),
                log);
    }

    /** The sinks' names, in the order of the table. */
    public List<String> sinks() {
        return sinks.stream().map(SinkView::sink).toList();
    }

    /**
     * Waits until all are fresh.
     *
     * @param origin the moment that counts, in {@link System#nanoTime}
     * @param bound how long to wait from now
     * @return seconds from the origin until each was fresh; a sink that was not is absent
     */
    public Map<String, Double> await(Markers markers, long origin, Duration bound) throws InterruptedException {
        Map<String, Double> seconds = new ConcurrentHashMap<>();
        long deadline = System.nanoTime() + bound.toNanos();
        List<Thread> threads = new ArrayList<>();
        try {
            for (SinkView sink : sinks) {
                Thread thread =
                        new Thread(() -> watch(sink, markers, origin, deadline, seconds), "fresh-" + sink.sink());
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join(bound.plus(LAST_ANSWER).toMillis());
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
        Map<String, Double> inOrder = new LinkedHashMap<>();
        for (SinkView sink : sinks) {
            if (seconds.containsKey(sink.sink())) {
                inOrder.put(sink.sink(), seconds.get(sink.sink()));
            }
        }
        return inOrder;
    }

    @Override
    public void close() throws IOException {
        for (SinkView sink : sinks) {
            sink.close();
        }
    }

    private void watch(SinkView sink, Markers markers, long origin, long deadline, Map<String, Double> seconds) {
        String last = "no record of every partition was confirmed by Kafka";
        while (!Thread.currentThread().isInterrupted() && System.nanoTime() < deadline) {
            List<List<Markers.Marker>> looked = markers.complete();
            try {
                if (!looked.isEmpty()) {
                    if (sink.holds(looked)) {
                        seconds.put(sink.sink(), (System.nanoTime() - origin) / 1e9);
                        return;
                    }
                    last = "it holds no record of every partition that was produced since";
                }
            } catch (IOException | RuntimeException e) {
                last = String.valueOf(e.getMessage());
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
        log.accept(sink.sink() + " is not fresh: " + last);
    }
}
