package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.CommandRunner;

/** Runs the benchmarks, each on its own cluster, which is deleted with its data unless something failed. Used by one thread. */
public final class Bench {
    private final BenchOptions options;
    private final CommandRunner commands;
    private final PrintWriter progress;
    private final Consumer<BenchFigures> result;

    /**
     * Starts nothing yet.
     *
     * @param commands of {@code offerstorm}
     * @param progress for people
     * @param result takes the figures, before the cluster is taken down
     */
    public Bench(BenchOptions options, CommandRunner commands, PrintWriter progress, Consumer<BenchFigures> result) {
        this.options = options;
        this.commands = commands;
        this.progress = progress;
        this.result = result;
    }

    /**
     * The highest rate: contenders read the whole topic, taking turns.
     *
     * @param total records in the topic
     * @param rounds runs of each contender
     * @param home root of the repository, where the neighbours' libraries are listed
     * @param neighbours that run too, in this order; those without libraries are left out, and the report says so
     * @throws Failure if the cluster does not come up, or a contender makes no progress
     */
    public void highestRate(long total, int rounds, Path home, List<Neighbour> neighbours)
            throws IOException, InterruptedException {
        Map<Neighbour, String> classPaths = new LinkedHashMap<>();
        List<Neighbour> missing = new ArrayList<>();
        for (Neighbour neighbour : neighbours) {
            neighbour
                    .classPath(home)
                    .ifPresentOrElse(path -> classPaths.put(neighbour, path), () -> missing.add(neighbour));
        }
        missing.forEach(neighbour -> say(BenchReport.leftOut(neighbour)));
        measure(cluster -> {
            Lineup lineup = lineup(cluster, total);
            progress.println();
            say(String.format(Locale.ROOT, "Filling the topic with %,d offers", total));
            long bytes = lineup.fill(options.seed(), options.mix(), total);
            Map<String, List<Measurement>> runs = runs(lineup, new Trial(cluster, total), rounds, classPaths);
            return BenchReport.of(options, total, bytes, rounds, runs, missing);
        });
    }

    /**
     * The latency at a fixed rate.
     *
     * @param rate offers a second
     * @param seconds how long, after the warm-up
     * @throws Failure if the cluster does not come up, or the topology makes no progress
     */
    public void latency(int rate, int seconds) throws IOException, InterruptedException {
        measure(cluster -> {
            Lineup lineup = lineup(cluster, (long) rate * seconds);
            say(String.format(Locale.ROOT, "Sending %,d offers a second for %d s", rate, seconds));
            return new SteadyRun(cluster, lineup, options.sinks(), rate, seconds, options.seed()).run();
        });
    }

    private void measure(Work work) throws IOException, InterruptedException {
        try (BenchCluster cluster = BenchCluster.up(options.directory(), options.sinks(), commands, progress)) {
            result.accept(work.on(cluster));
            cluster.forget();
        }
    }

    private Lineup lineup(BenchCluster cluster, long records) {
        return new Lineup(cluster, commands, options.sinks(), records, options.workers(), options.settings());
    }

    private Map<String, List<Measurement>> runs(
            Lineup lineup, Trial trial, int rounds, Map<Neighbour, String> neighbours)
            throws IOException, InterruptedException {
        Map<String, List<Measurement>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : lineup.contenders(round, neighbours)) {
                Measurement run = trial.run(contender);
                runs.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(run);
                say(String.format(
                        Locale.ROOT,
                        "round %d  %-14s %,10.0f offers/s, CPU-s per million: %.2f in the worker, %.2f in all",
                        round,
                        contender.name(),
                        run.offersPerSecond(),
                        run.workerCpu(),
                        run.totalCpu()));
            }
        }
        return runs;
    }

    private void say(String line) {
        progress.println(line);
        progress.flush();
    }

    private interface Work {
        BenchFigures on(BenchCluster cluster) throws IOException, InterruptedException;
    }
}
