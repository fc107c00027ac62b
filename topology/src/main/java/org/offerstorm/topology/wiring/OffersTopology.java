package org.offerstorm.topology.wiring;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.generated.StormTopology;
import org.apache.storm.topology.BoltDeclarer;
import org.apache.storm.topology.IRichSpout;
import org.apache.storm.topology.TopologyBuilder;
import org.offerstorm.bolts.ChunkSerializer;
import org.offerstorm.bolts.ContinentBolt;
import org.offerstorm.bolts.ExpiryBolt;
import org.offerstorm.bolts.ParseBolt;
import org.offerstorm.bolts.SinkBolt;
import org.offerstorm.bolts.SlotGrouping;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.SinkFactory;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.formats.RecordParsers;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.expiry.Expirer;
import org.offerstorm.sinks.expiry.Expiry;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.sinks.solr.SolrDueOffers;
import org.offerstorm.sinks.withdrawal.RecordIds;
import org.offerstorm.spouts.OfferSpout;
import org.offerstorm.spouts.SpoutTuning;
import org.offerstorm.topology.metrics.FiguresReporter;

/**
 * The topology, wired here and nowhere else: a cluster, a LocalCluster and the tests' driver run the same.
 *
 * <pre>
 *                                                     by slot
 *   offer-spout ──▶ parse ──▶ continent ──┬──▶ hdfs-writer
 *                                         ├──▶ solr-indexer
 *                                         └──▶ redis-counter
 *   expirer ──▶ deletions in the topic, if Solr can be asked what is due
 * </pre>
 */
public final class OffersTopology {
    private OffersTopology() {}

    /**
     * What the wiring is given: real clients on a cluster, others in tests.
     *
     * @param expiry null: offers do not expire
     */
    public record Parts(
            IRichSpout spout,
            DeadLetters.Factory deadLetters,
            DataSet dataSet,
            ContinentBolt.ClassifierFactory classifier,
            Map<SinkKind<?>, SinkFactory> sinks,
            Expiry.Factory expiry) {
        /** Without expiry. */
        public Parts(
                IRichSpout spout,
                DeadLetters.Factory deadLetters,
                DataSet dataSet,
                ContinentBolt.ClassifierFactory classifier,
                Map<SinkKind<?>, SinkFactory> sinks) {
            this(spout, deadLetters, dataSet, classifier, sinks, null);
        }
    }

    /** The topology over the servers that the configuration names. Connects to nothing. */
    public static StormTopology build(OfferstormConfig config, DataSet dataSet) {
        Map<SinkKind<?>, SinkFactory> sinks = new LinkedHashMap<>();
        for (SinkKind<?> kind : config.sinks()) {
            sinks.put(kind, config.bound(kind).factory());
        }
        DeadLetters.Factory deadLetters =
                KafkaDeadLetters.factory(config.source().bootstrapServers(), config.deadLetters());
        return wire(
                config,
                new Parts(
                        spout(config, deadLetters),
                        deadLetters,
                        dataSet,
                        Continents::load,
                        sinks,
                        expiry(config, dataSet)));
    }

    /** Solr alone is searched by time. */
    private static boolean expires(OfferstormConfig config) {
        return config.sinks().contains(Solr.KIND);
    }

    private static Expiry.Factory expiry(OfferstormConfig config, DataSet dataSet) {
        if (!expires(config)) {
            return null;
        }
        SourceConfig source = config.source();
        SolrConfig solr = config.of(Solr.KIND);
        String store = Solr.KIND.name();
        RecordParser.Factory parser = RecordParsers.of(dataSet);
        return () -> new Expirer(
                source, store, new SolrDueOffers(solr), RecordIds.of(dataSet, parser), InstantSource.system());
    }

    private static OfferSpout spout(OfferstormConfig config, DeadLetters.Factory deadLetters) {
        SpoutTuning tuning =
                SpoutTuning.of(config.sinkNames(), config.topology().maxSpoutPending());
        return new OfferSpout(config.source(), tuning, config.coverage(), deadLetters);
    }

    /** Joins the parts. */
    public static StormTopology wire(OfferstormConfig config, Parts parts) {
        TopologyConfig tasks = config.topology();
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout(TopologyNames.OFFER_SPOUT, parts.spout(), tasks.spoutTasks());
        builder.setBolt(
                        TopologyNames.PARSE,
                        new ParseBolt(RecordParsers.of(parts.dataSet()), parts.deadLetters()),
                        tasks.parseTasks())
                .localOrShuffleGrouping(TopologyNames.OFFER_SPOUT);
        builder.setBolt(
                        TopologyNames.CONTINENT,
                        new ContinentBolt(parts.dataSet().professions(), parts.classifier()),
                        tasks.parseTasks())
                .localOrShuffleGrouping(TopologyNames.PARSE);
        parts.sinks().forEach((kind, factory) -> {
            SinkBolt bolt =
                    new SinkBolt(factory, parts.deadLetters(), config.source().group());
            BoltDeclarer sink = builder.setBolt(kind.component(), bolt, kind.tasks(tasks.sinkTasks()));
            String from = kind.after().map(SinkKind::component).orElse(TopologyNames.CONTINENT);
            switch (kind.routing()) {
                case ANY -> sink.localOrShuffleGrouping(from);
                case BY_SLOT -> sink.customGrouping(from, new SlotGrouping());
            }
        });
        if (parts.expiry() != null) {
            builder.setBolt(TopologyNames.EXPIRER, new ExpiryBolt(parts.expiry()), 1);
        }
        return builder.createTopology();
    }

    /** Executors of the topology, one for each task, with the ackers. */
    public static int executors(OfferstormConfig config) {
        TopologyConfig tasks = config.topology();
        int executors = tasks.spoutTasks() + 2 * tasks.parseTasks() + tasks.workers();
        for (SinkKind<?> sink : config.sinks()) {
            executors += sink.tasks(tasks.sinkTasks());
        }
        return executors + (expires(config) ? 1 : 0);
    }

    /** Storm's settings for it. */
    public static Config stormConfig(OfferstormConfig config) {
        TopologyConfig topology = config.topology();
        Config storm = new Config();
        storm.setNumWorkers(topology.workers());
        // Without ackers nothing is ever known to be durable. One acker follows a hundred thousand chunks a second.
        storm.setNumAckers(topology.workers());
        storm.setMaxSpoutPending(topology.maxSpoutPending());
        storm.setMessageTimeoutSecs(Math.toIntExact(topology.messageTimeout().toSeconds()));
        storm.registerSerialization(Chunk.class, ChunkSerializer.class);
        storm.setFallBackOnJavaSerialization(false);
        heap(storm, config);
        // A chunk is a thousand records: an executor that has none sleeps for a millisecond at once, without
        // Storm's spinning and parking before (docs/performance.md has what these cost).
        storm.put(Config.TOPOLOGY_BOLT_WAIT_PROGRESSIVE_LEVEL1_COUNT, 0);
        storm.put(Config.TOPOLOGY_BOLT_WAIT_PROGRESSIVE_LEVEL2_COUNT, 0);
        storm.put(Config.TOPOLOGY_BOLT_WAIT_PROGRESSIVE_LEVEL3_SLEEP_MILLIS, 1);
        if (topology.metricsPortOffset() > 0) {
            storm.put(Config.TOPOLOGY_METRICS_REPORTERS, List.of(FiguresReporter.conf(topology.metricsPortOffset())));
        }
        return storm;
    }

    /** What a worker needs in addition to its heap: classes, compiled code, threads, buffers of the clients. Measured: 250 MiB. */
    private static final int OFF_HEAP_MEGABYTES = 384;

    /**
     * Java ends when two collectors are asked for, so one that the cluster's {@code worker.childopts} may name is taken back
     * first. Nearly all that a chunk is made of dies young: what counts is throughput, and pauses of some ten milliseconds do no harm.
     */
    private static final String PARALLEL =
            "-XX:-UseG1GC -XX:-UseSerialGC -XX:-UseZGC -XX:-UseShenandoahGC -XX:-UseConcMarkSweepGC -XX:+UseParallelGC";

    /**
     * Pages of 2 MiB: without sinks a sixth of the worker's CPU less (docs/performance.md). A system that has none makes
     * Java say so, and go on.
     */
    private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

    private static void heap(Config storm, OfferstormConfig config) {
        TopologyConfig topology = config.topology();
        int megabytes = Math.toIntExact(topology.workerHeap() >> 20);
        // The supervisor puts these behind the cluster's worker.childopts, and of two flags the later one wins. A
        // worker out of memory ends, and its supervisor starts another; what was in flight is read again. Flags of
        // Java 8 that a cluster may still have (Storm's own default has some) would keep a newer Java from starting,
        // and cannot be taken away from here: but Java can ignore them.
        storm.put(
                Config.TOPOLOGY_WORKER_CHILDOPTS,
                "-Xmx" + megabytes + "m -XX:+ExitOnOutOfMemoryError -XX:+IgnoreUnrecognizedVMOptions");
        storm.put(Config.TOPOLOGY_WORKER_GC_CHILDOPTS, PARALLEL + " " + HUGE_PAGES);
        // What the scheduler and the supervisor plan with: a worker's heap, shared out among its executors.
        storm.put(Config.TOPOLOGY_WORKER_MAX_HEAP_SIZE_MB, megabytes);
        double share = (double) megabytes * topology.workers() / executors(config);
        storm.put(Config.TOPOLOGY_COMPONENT_RESOURCES_ONHEAP_MEMORY_MB, share);
        storm.put(Config.TOPOLOGY_ACKER_RESOURCES_ONHEAP_MEMORY_MB, share);
        double besides = (double) OFF_HEAP_MEGABYTES * topology.workers() / executors(config);
        storm.put(Config.TOPOLOGY_COMPONENT_RESOURCES_OFFHEAP_MEMORY_MB, besides);
        storm.put(Config.TOPOLOGY_ACKER_RESOURCES_OFFHEAP_MEMORY_MB, besides);
    }
}
