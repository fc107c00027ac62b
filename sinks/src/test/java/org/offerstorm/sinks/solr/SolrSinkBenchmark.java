package org.offerstorm.sinks.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.contract.ChunkBuilder;

/**
 * Offers a second and CPU of the sink and of Solr, which runs in a separate process.
 *
 * <pre>main [rounds [offers in a round [tasks]]]</pre>
 */
final class SolrSinkBenchmark {
    private static final int CHUNK = 1_000;
    private static final String[] WORDS = {
        "engineer",
        "vendeur",
        "boulangerie",
        "nurse",
        "data",
        "développeur",
        "manager",
        "Paris",
        "London",
        "experience",
        "équipe",
        "client",
        "project",
        "contrat",
        "temps",
        "plein",
        "remote",
        "senior",
        "junior",
        "storm",
        "analyse"
    };
    private static final Continent[] CONTINENTS = Continent.values();

    private SolrSinkBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int offers = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        int tasks = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        Path directory = Files.createTempDirectory("solr-benchmark");
        Random random = new Random(7);
        ChunkBuilder log = new ChunkBuilder(new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 4));
        ExecutorService threads = Executors.newFixedThreadPool(tasks);
        List<Sink> sinks = new ArrayList<>();
        try (SolrProcess solr = SolrProcess.start(directory, 0)) {
            for (int t = 0; t < tasks; t++) {
                sinks.add(SolrFixture.sink(solr.url(), t, tasks));
            }
            for (int round = 0; round < rounds; round++) {
                List<Chunk<Change>> chunks = chunks(log, random, round * offers, offers);
                report("new", chunks, solr, threads, sinks);
                if (round == rounds - 1) {
                    report("replayed", chunks, solr, threads, sinks);
                }
            }
            System.out.println("searchers opened: " + SolrFixture.metric(solr.url(), "SEARCHER.new"));
        } finally {
            sinks.forEach(Sink::close);
            threads.shutdown();
        }
    }

    private static void report(
            String name, List<Chunk<Change>> chunks, SolrProcess solr, ExecutorService threads, List<Sink> sinks)
            throws Exception {
        Duration client = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        Duration server = solr.cpu();
        long start = System.nanoTime();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int t = 0; t < sinks.size(); t++) {
            int task = t;
            work.add(() -> write(sinks.get(task), chunks, task, sinks.size()));
        }
        int written = 0;
        for (Future<Integer> part : threads.invokeAll(work)) {
            written += part.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long offers = (long) chunks.size() * CHUNK;
        System.out.printf(
                "%-8s %7d offers, %7d written: %6.0f offers/s; CPU-s per million: sink %.1f, Solr %.1f%n",
                name,
                offers,
                written,
                offers / seconds,
                perMillion(ProcessHandle.current().info().totalCpuDuration().orElseThrow(), client, offers),
                perMillion(solr.cpu(), server, offers));
    }

    private static int write(Sink sink, List<Chunk<Change>> chunks, int task, int tasks) {
        int written = 0;
        for (int i = task; i < chunks.size(); i += tasks) {
            while (true) { // a cold Solr may be too slow for the first
                if (sink.write(chunks.get(i)) instanceof Done done) {
                    written += done.written();
                    break;
                }
            }
        }
        return written;
    }

    private static double perMillion(Duration after, Duration before, long offers) {
        return after.minus(before).toMillis() * 1e3 / offers;
    }

    private static List<Chunk<Change>> chunks(ChunkBuilder log, Random random, int from, int offers) {
        List<Chunk<Change>> chunks = new ArrayList<>();
        for (int i = 0; i < offers; i++) {
            Offer offer = new Offer(
                    "offer-" + (from + i),
                    random.nextInt(500),
                    "FULL_TIME",
                    text(random, 5),
                    random.nextDouble() * 140 - 70,
                    random.nextDouble() * 360 - 180,
                    text(random, 2),
                    text(random, 25),
                    1_768_478_400_000L + i);
            Cell cell = Cell.of("Category " + random.nextInt(12), CONTINENTS[random.nextInt(CONTINENTS.length)]);
            log.upsert(offer, cell);
            if ((i + 1) % CHUNK == 0) {
                chunks.add(log.cut());
            }
        }
        return chunks;
    }

    private static String text(Random random, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)])
                    .append(random.nextInt(50))
                    .append(' ');
        }
        return text.toString().trim();
    }
}
