package org.offerstorm.tools.verify;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

/**
 * How each sink's store is compared with the topic.
 *
 * <p>Comparisons share the marks of the fold: of offers ({@link OfferTable#mark}) Redis has 1 and Solr 2, of records
 * ({@link RecordLog#mark}) HDFS has 1 and the dead letters have 2 and 4. A further comparison takes others.
 */
final class Comparisons {
    private static final List<Registered<?>> ALL = List.of(
            new Registered<>(Redis.KIND, (config, scope) -> new RedisComparison(config, scope).run()),
            new Registered<>(Solr.KIND, (config, scope) -> new SolrComparison(config, scope).run()),
            new Registered<>(Hdfs.KIND, (config, scope) -> new HdfsComparison(config, scope).run()));

    private Comparisons() {}

    /** Compares one store, whole. */
    @FunctionalInterface
    interface StoreComparison<C> {
        /**
         * Compares all of it.
         *
         * @return number of entries of records before this log, which cannot be judged
         * @throws IOException if the store cannot be read, or holds another topic
         */
        long run(C config, Scope scope) throws IOException;
    }

    private record Registered<C extends Record & Serializable>(SinkKind<C> kind, StoreComparison<C> comparison) {
        long run(OfferstormConfig config, Scope scope) throws IOException {
            return comparison.run(config.of(kind), scope);
        }
    }

    /** Whether the kind's store can be compared. */
    static boolean has(SinkKind<?> kind) {
        return find(kind).isPresent();
    }

    /**
     * Compares the store of a sink; see {@link StoreComparison#run}.
     *
     * @throws IllegalArgumentException if no comparison is registered for it
     */
    static long run(SinkKind<?> kind, OfferstormConfig config, Scope scope) throws IOException {
        return find(kind)
                .orElseThrow(() -> new IllegalArgumentException("no comparison is registered for " + kind.name()))
                .run(config, scope);
    }

    private static Optional<Registered<?>> find(SinkKind<?> kind) {
        return ALL.stream()
                .filter(each -> each.kind().equals(kind))
                .<Registered<?>>map(each -> each)
                .findFirst();
    }
}
