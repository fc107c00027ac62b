package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.core.sink.BoundSink;
import org.offerstorm.core.sink.CoverageReader;
import org.offerstorm.core.sink.Neighbours;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.tls.Tls;

/**
 * Everything that conf/offerstorm.yaml says.
 *
 * @param sinks the chosen ones, in the order of all kinds
 * @param stores the bound options of every kind, also of those that are not chosen; {@link #of} reads them
 * @param tls of clients that have no section with TLS: of a schema registry, and of the lake
 */
public record OfferstormConfig(
        SourceConfig source,
        DeadLetterConfig deadLetters,
        Set<SinkKind<?>> sinks,
        Map<SinkKind<?>, Record> stores,
        TopologyConfig topology,
        TriggersConfig triggers,
        DashboardConfig dashboard,
        LakeConfig lake,
        IngestConfig ingest,
        Tls tls)
        implements Serializable, Neighbours {
    /**
     * What is configured for a kind of sink, chosen or not.
     *
     * @throws IllegalArgumentException if the configuration was read without this kind
     */
    @Override
    public <C extends Record & Serializable> C of(SinkKind<C> kind) {
        Record config = stores.get(kind);
        if (config == null) {
            throw new IllegalArgumentException("the configuration was read without the sink " + kind.name());
        }
        return kind.configType().cast(config);
    }

    @Override
    public String bootstrapServers() {
        return source.bootstrapServers();
    }

    /** A kind with what is configured for it. */
    public <C extends Record & Serializable> BoundSink<C> bound(SinkKind<C> kind) {
        return new BoundSink<>(kind, of(kind), this);
    }

    /** The same, with these addresses of workers unless {@code dashboard.workers} names others. */
    public OfferstormConfig watching(String workers) {
        DashboardConfig watching = dashboard.workers().equals(DashboardConfig.NO_WORKERS)
                ? new DashboardConfig(
                        dashboard.hosts(), dashboard.path(), dashboard.keys(), workers, dashboard.historyFile())
                : dashboard;
        return new OfferstormConfig(
                source, deadLetters, sinks, stores, topology, triggers, watching, lake, ingest, tls);
    }

    /** The same, with the address of a lake that answers unless {@code lake.serve-url} names another. */
    public OfferstormConfig askingLake(String url) {
        LakeConfig asking = lake.isServed() ? lake : new LakeConfig(lake.directory(), url);
        return new OfferstormConfig(
                source, deadLetters, sinks, stores, topology, triggers, dashboard, asking, ingest, tls);
    }

    /** The names of the chosen sinks, as they are committed: without those that may be added to a running stream. */
    public Set<String> sinkNames() {
        return sinks.stream()
                .filter(kind -> !kind.mayBeAdded())
                .map(SinkKind::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Read what the chosen sinks hold that may lose what they acknowledged, by the store's title. */
    public Map<String, CoverageReader.Factory> coverage() {
        Map<String, CoverageReader.Factory> readers = new LinkedHashMap<>();
        for (SinkKind<?> kind : sinks) {
            bound(kind).coverage().ifPresent(reader -> readers.put(kind.title(), reader));
        }
        return Collections.unmodifiableMap(readers);
    }
}
