package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.figures.Histogram;
import org.offerstorm.local.servers.Proc;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.sinks.solr.SolrConfig;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.generate.GeneratedOffers;
import org.offerstorm.tools.generate.Mix;
import org.offerstorm.tools.generate.OfferGenerator;
import org.offerstorm.tools.generate.Profile;
import org.offerstorm.tools.produce.KafkaUnreachable;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.ProducerSettings;

/**
 * Open loop: offers are due at a fixed rate, whether or not those before have arrived. Every offer is new and goes to one partition,
 * therefore the n-th record that a sink has passed is the n-th that was due. For the first half the worker is left alone, to measure
 * its CPU; for the second half it is asked a hundred times a second how far each sink is.
 */
final class SteadyRun {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration SEARCH_POLL = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM_UP_SECONDS = 15;
    private static final String SEARCHABLE = "searchable";

    private final BenchCluster cluster;
    private final Lineup lineup;
    private final String sinks;
    private final int rate;
    private final int total;
    private final long seed;
    private final StageTimes times;
    private volatile boolean ended;
    private volatile Throwable failure;

    SteadyRun(BenchCluster cluster, Lineup lineup, String sinks, int rate, int seconds, long seed) {
        this.cluster = cluster;
        this.lineup = lineup;
        this.sinks = sinks;
        this.rate = rate;
        this.total = Math.toIntExact((long) rate * (WARM_UP_SECONDS + seconds));
        this.seed = seed;
        this.times = new StageTimes(total);
    }

    SteadyReport run() throws IOException, InterruptedException {
        Stores stores = lineup.stores();
        stores.make("--partitions", "1");
        OfferstormConfig config = stores.config();
        PacedOffers offers = offers(config);
        int warm = rate * WARM_UP_SECONDS;
        int half = Math.toIntExact(((long) total + warm) / 2);
        try (TopologyContender topology = lineup.topology(stores)) {
            topology.start();
            Thread producer = thread("producer", () -> produce(config, offers));
            Thread search =
                    config.sinks().contains(Solr.KIND) ? thread("search", () -> search(config.of(Solr.KIND))) : null;
            awaitSent(offers, warm);
            long begin = System.nanoTime();
            double worker = workerCpu(topology);
            Map<String, Double> servers = cluster.cpuSeconds();
            awaitSent(offers, half);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double workerCores = (workerCpu(topology) - worker) / seconds;
            Map<String, Double> cores = new LinkedHashMap<>();
            cluster.cpuSeconds().forEach((server, used) -> cores.put(server, (used - servers.get(server)) / seconds));

            Map<String, Histogram> counted = topology.latencies();
            double scrape = topology.scrapeMillis();
            follow(topology);
            Map<String, Histogram> histograms = new TreeMap<>(topology.latencies());
            histograms.replaceAll((sink, histogram) -> histogram.since(counted.get(sink)));
            producer.join();
            ended = true;
            if (search != null) {
                search.join();
            }
            if (failure != null) {
                throw Failure.unreachable("the benchmark ended early: " + failure, failure);
            }
            long memory = topology.pids().stream()
                    .mapToLong(pid -> Proc.peakMemory(pid).orElse(0))
                    .sum();
            return new SteadyReport(
                    sinks, rate, total, workerCores, cores, memory, times.latencies(half), histograms, scrape);
        }
    }

    private void awaitSent(PacedOffers offers, int count) throws InterruptedException {
        while (offers.sent() < count && failure == null) {
            Thread.sleep(POLL.toMillis());
        }
    }

    private static double workerCpu(TopologyContender topology) {
        return topology.pids().stream()
                .mapToDouble(pid -> Proc.cpuSeconds(pid).orElse(0))
                .sum();
    }

    private Thread thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception | Error e) {
                        failure = e;
                    }
                },
                "bench-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private PacedOffers offers(OfferstormConfig config) {
        OfferGenerator generator =
                new OfferGenerator(seed, ReferenceTable.of(config), new Mix(0, 0, 0, 0), Profile.REAL);
        return new PacedOffers(new GeneratedOffers(generator, total, null), times, rate);
    }

    private static void produce(OfferstormConfig config, PacedOffers offers) throws KafkaUnreachable {
        try (OfferProducer producer = OfferProducer.connect(new ProducerSettings(
                config.source().bootstrapServers(),
                config.source().topic(),
                0,
                ProducerSettings.CONNECT_TIMEOUT,
                Map.of("linger.ms", "0")))) { // a wait of the producer is not part of the pipeline
            producer.produce(offers);
        }
    }

    /** Until every sink has passed everything. */
    private void follow(TopologyContender topology) throws IOException, InterruptedException {
        long moved = System.nanoTime();
        long before = -1;
        while (failure == null) {
            Contender.Reading reading = topology.read();
            long now = System.nanoTime();
            reading.passed().forEach((sink, passed) -> times.reached(sink, passed, now));
            times.reached("all of it", reading.done(), now);
            if (reading.done() >= total) {
                return;
            }
            if (reading.done() > before) {
                before = reading.done();
                moved = now;
            } else if (now - moved > PATIENCE.toNanos()) {
                throw Failure.unreachable("the topology is stalled at " + before + " of " + total + " records", null);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Until a search finds everything, or for {@link #PATIENCE} after the sinks have passed it. */
    private void search(SolrConfig solr) throws IOException, InterruptedException {
        SearchableCount searchable = new SearchableCount(solr);
        long found = 0;
        long end = Long.MAX_VALUE;
        while (found < total && System.nanoTime() < end) {
            if (ended && end == Long.MAX_VALUE) {
                end = System.nanoTime() + PATIENCE.toNanos();
            }
            found = searchable.now();
            times.reached(SEARCHABLE, found, System.nanoTime());
            Thread.sleep(SEARCH_POLL.toMillis());
        }
        if (found < total) {
            throw new IOException("a search finds " + found + " of " + total + " offers");
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
