package org.offerstorm.local.trials.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.generate.GeneratedOffers;
import org.offerstorm.tools.generate.Mix;
import org.offerstorm.tools.generate.OfferGenerator;
import org.offerstorm.tools.generate.Profile;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.KafkaUnreachable;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.ProducerSettings;
import org.offerstorm.tools.produce.RecordReader;

/**
 * Open loop: offers are due at a fixed rate, whatever became of those before. Every offer is new and goes to one partition, so
 * that the n-th record that a sink has passed is the n-th that was due. For the first half the worker is left alone, to measure
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
    private final long total;
    private final long seed;
    private final long[] due;
    private final Map<String, long[]> reached = new LinkedHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean ended;
    private volatile Throwable failure;

    SteadyRun(BenchCluster cluster, Lineup lineup, String sinks, int rate, int seconds, long seed) {
        this.cluster = cluster;
        this.lineup = lineup;
        this.sinks = sinks;
        this.rate = rate;
        this.total = (long) rate * (WARM_UP_SECONDS + seconds);
        this.seed = seed;
        this.due = new long[Math.toIntExact(total)];
    }

    SteadyReport run() throws IOException, InterruptedException {
        Stores stores = lineup.stores();
        stores.make("--partitions", "1");
        OfferstormConfig config = stores.config();
        try (TopologyContender topology = lineup.topology(stores)) {
            topology.start();
            Thread producer = thread("producer", () -> produce(config));
            Thread search = config.sinks().contains(Solr.KIND) ? thread("search", () -> search(config)) : null;
            while (sent.get() < (long) rate * WARM_UP_SECONDS && failure == null) {
                Thread.sleep(POLL.toMillis());
            }
            long begin = System.nanoTime();
            double worker = workerCpu(topology);
            Map<String, Double> servers = cluster.cpuSeconds();
            int half = Math.toIntExact((total + (long) rate * WARM_UP_SECONDS) / 2);
            while (sent.get() < half && failure == null) {
                Thread.sleep(POLL.toMillis());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double workerCores = (workerCpu(topology) - worker) / seconds;
            Map<String, Double> cores = new LinkedHashMap<>();
            cluster.cpuSeconds().forEach((server, used) -> cores.put(server, (used - servers.get(server)) / seconds));

            follow(topology);
            producer.join();
            ended = true;
            if (search != null) {
                search.join();
            }
            if (failure != null) {
                throw Failure.unreachable("the benchmark ended early: " + failure, failure);
            }
            long memory = 0;
            for (long pid : topology.pids()) {
                memory += ProcessFigures.peakMemory(pid);
            }
            Map<String, SteadyReport.Quantiles> latencies = new LinkedHashMap<>();
            reached.forEach((stage, times) -> latencies.put(stage, quantiles(times, half)));
            return new SteadyReport(sinks, rate, total, workerCores, cores, memory, latencies);
        }
    }

    private static double workerCpu(TopologyContender topology) {
        return topology.pids().stream().mapToDouble(ProcessFigures::cpuSeconds).sum();
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

    /** Each when it is due, by the clock of the run: a late one does not move those behind it. */
    private void produce(OfferstormConfig config) throws KafkaUnreachable {
        OfferGenerator generator =
                new OfferGenerator(seed, ReferenceTable.of(config.topology()), new Mix(0, 0, 0, 0), Profile.REAL);
        GeneratedOffers offers = new GeneratedOffers(generator, total, null);
        long begin = System.nanoTime();
        RecordReader paced = new RecordReader() {
            @Override
            public Input next() {
                Input item = offers.next();
                if (item != null) {
                    int n = sent.get();
                    due[n] = begin + (long) (n * 1e9 / rate);
                    for (long left = due[n] - System.nanoTime(); left > 0; left = due[n] - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    sent.incrementAndGet();
                }
                return item;
            }

            @Override
            public void close() {}
        };
        try (OfferProducer producer = OfferProducer.connect(new ProducerSettings(
                config.source().bootstrapServers(),
                config.source().topic(),
                0,
                ProducerSettings.CONNECT_TIMEOUT,
                Map.of("linger.ms", "0")))) { // what the producer waits for is no matter of the pipeline
            producer.produce(paced);
        }
    }

    /** Until every sink has passed everything. */
    private void follow(TopologyContender topology) throws IOException, InterruptedException {
        long moved = System.nanoTime();
        long before = -1;
        while (failure == null) {
            Contender.Reading reading = topology.read();
            long now = System.nanoTime();
            reading.passed().forEach((sink, passed) -> reached(sink, passed, now));
            reached("all of it", reading.done(), now);
            if (reading.done() >= total) {
                return;
            }
            if (reading.done() > before) {
                before = reading.done();
                moved = now;
            } else if (now - moved > PATIENCE.toNanos()) {
                throw Failure.unreachable("the topology stands still at " + before + " of " + total + " records", null);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Asks Solr itself how many offers a search finds. */
    private void search(OfferstormConfig config) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        ObjectMapper json = new ObjectMapper();
        URI query = URI.create(
                config.of(Solr.KIND).url() + "/" + config.of(Solr.KIND).core() + "/select?q=*:*&rows=0&wt=json");
        long found = 0;
        long end = Long.MAX_VALUE;
        while (found < total && System.nanoTime() < end) {
            if (ended && end == Long.MAX_VALUE) {
                end = System.nanoTime() + PATIENCE.toNanos();
            }
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(query).build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode response = json.readTree(answer.body()).path("response");
            found = response.path("numFound").asLong();
            reached(SEARCHABLE, found, System.nanoTime());
            Thread.sleep(SEARCH_POLL.toMillis());
        }
        if (found < total) {
            throw new IOException("a search finds " + found + " of " + total + " offers");
        }
    }

    private void reached(String stage, long records, long now) {
        synchronized (reached) {
            long[] times = reached.computeIfAbsent(stage, name -> new long[due.length]);
            for (int n = (int) Math.min(records, due.length) - 1; n >= 0 && times[n] == 0; n--) {
                times[n] = now;
            }
        }
    }

    /** Of the records from {@code first} on. */
    private SteadyReport.Quantiles quantiles(long[] times, int first) {
        List<Double> millis = new ArrayList<>();
        for (int n = first; n < times.length; n++) {
            millis.add((times[n] - due[n]) / 1e6);
        }
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new SteadyReport.Quantiles(
                at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
    }

    /** What a thread does. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
