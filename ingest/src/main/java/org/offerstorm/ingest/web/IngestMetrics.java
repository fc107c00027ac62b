package org.offerstorm.ingest.web;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.offerstorm.core.figures.DurationCounts;
import org.offerstorm.tools.figures.Families;

/** What the server has done since its start. Any thread; docs/metrics.md has the names. */
final class IngestMetrics {
    private static final String PREFIX = "offerstorm_ingest_";

    private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentSkipListMap<>();
    private final LongAdder offers = new LongAdder();
    private final LongAdder deletions = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final DurationCounts durations = new DurationCounts();

    void answered(int status) {
        answers.computeIfAbsent(status, any -> new LongAdder()).increment();
    }

    /** A request with items, from its last byte to its answer. */
    void took(long nanos) {
        durations.add(nanos);
    }

    void stored(boolean deletion) {
        (deletion ? deletions : offers).increment();
    }

    void refused(String reason) {
        refused.computeIfAbsent(reason, any -> new LongAdder()).increment();
    }

    void repeated() {
        repeated.increment();
    }

    /**
     * What is served.
     *
     * @param bodyBytes taken by bodies now
     * @param bufferedBytes that wait in Kafka's client
     * @param keys that have an answer
     */
    Families families(boolean kafkaUp, LongSupplier bodyBytes, LongSupplier bufferedBytes, LongSupplier keys) {
        Families families = new Families();
        answers.forEach((status, count) -> families.counter(
                PREFIX + "requests", "Requests answered.", count.sum(), "status", Integer.toString(status)));
        families.counter(PREFIX + "records", "Records that all replicas have.", offers.sum(), "kind", "offer");
        families.counter(PREFIX + "records", "Records that all replicas have.", deletions.sum(), "kind", "deletion");
        refused.forEach((reason, count) ->
                families.counter(PREFIX + "refused_items", "Items that are no offers.", count.sum(), "reason", reason));
        families.counter(PREFIX + "repeated_answers", "Requests whose answer was known already.", repeated.sum());
        families.histogram(
                PREFIX + "write_seconds",
                "From a request's last byte until Kafka has its items.",
                durations.histogram());
        families.gauge(PREFIX + "kafka_up", "1 while Kafka has the topic, else 0.", kafkaUp ? 1 : 0);
        families.gauge(PREFIX + "body_bytes", "Bytes reserved for bodies of requests.", bodyBytes.getAsLong());
        families.gauge(PREFIX + "buffered_bytes", "Bytes that wait in Kafka's client.", bufferedBytes.getAsLong());
        families.gauge(PREFIX + "kept_answers", "Idempotency keys whose answer is known.", keys.getAsLong());
        return families;
    }
}
