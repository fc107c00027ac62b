package org.offerstorm.tools.verify;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesConfig;
import org.offerstorm.sinks.changes.ChangesReader;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

/**
 * How each sink's store is compared with the topic.
 *
 * <p>Comparisons share the marks of the fold: of offers ({@link OfferTable#mark}) Redis has 1, Solr 2 and PostgreSQL 4, of
 * records ({@link RecordLog#mark}) HDFS has 1, the dead letters have 2, 4 and 16, and PostgreSQL 8. A further comparison takes
 * others.
 */
final class Comparisons {
    private static final List<Registered<?>> ALL = List.of(
            new Registered<>(Redis.KIND, (all, config, scope) -> new RedisComparison(config, scope).run()),
            new Registered<>(Changes.KIND, Comparisons::changes),
            new Registered<>(Solr.KIND, (all, config, scope) -> new SolrComparison(config, scope).run()),
            new Registered<>(Postgres.KIND, (all, config, scope) -> new PostgresComparison(config, scope).run()),
            new Registered<>(Hdfs.KIND, (all, config, scope) -> new HdfsComparison(config, scope).run()));

    /** All kinds, the lightest first, and each after the one that it follows. */
    static final List<SinkKind<?>> ORDER = order();

    private Comparisons() {}

    /** Compares one store, whole. */
    @FunctionalInterface
    interface StoreComparison<C> {
        /**
         * Compares all of it.
         *
         * @param all what is configured for all of the stream
         * @param config what of it is configured for this store
         * @return number of entries of records before this log, which cannot be judged
         * @throws IOException if the store cannot be read, or holds another topic
         */
        long run(OfferstormConfig all, C config, Scope scope) throws IOException;
    }

    private record Registered<C extends Record & Serializable>(SinkKind<C> kind, StoreComparison<C> comparison) {
        long run(OfferstormConfig config, Scope scope) throws IOException {
            return comparison.run(config, config.of(kind), scope);
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

    private static long changes(OfferstormConfig all, ChangesConfig config, Scope scope) throws IOException {
        return new ChangesComparison(
                        new ChangesReader(config, config.servers(all)),
                        config.topic(),
                        all.source().group(),
                        scope)
                .run();
    }

    private static List<SinkKind<?>> order() {
        List<SinkKind<?>> order = new ArrayList<>();
        for (SinkKind<?> kind : Sinks.LIGHTEST_FIRST) {
            if (kind.after().isEmpty()) {
                order.add(kind);
                Sinks.LIGHTEST_FIRST.stream()
                        .filter(each -> each.after().filter(kind::equals).isPresent())
                        .forEach(order::add);
            }
        }
        return List.copyOf(order);
    }

    private static Optional<Registered<?>> find(SinkKind<?> kind) {
        return ALL.stream()
                .filter(each -> each.kind().equals(kind))
                .<Registered<?>>map(each -> each)
                .findFirst();
    }
}
