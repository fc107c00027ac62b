package org.offerstorm.lake.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;

/** Runs the trials of both contenders in turns, each in a process of its kind, and compares what they counted. One thread. */
public final class LakeBench {
    static final String PLAIN = "plain";
    private static final int MERGES = 3;
    private static final int LINES_OF_FAILURE = 20;

    private final Options options;
    private final PrintWriter progress;

    /** @param progress for people who wait */
    public LakeBench(Options options, PrintWriter progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * What is measured.
     *
     * @param offers of the first load
     * @param changes of each of the three merges
     * @param large offers of a first load into which the same changes are merged; 0 leaves it out
     * @param rounds trials of each contender
     * @param isPlain whether the plain job takes part
     * @param master where Spark runs
     * @param directory for logs and tables; emptied
     */
    public record Options(
            int offers,
            int changes,
            int large,
            int rounds,
            long seed,
            boolean isPlain,
            String master,
            Path directory) {}

    /**
     * Measures.
     *
     * @return the report, lines with line feeds
     * @throws IOException if the directory cannot be written, or a trial did not come to its end
     */
    public String run() throws IOException, InterruptedException {
        empty(options.directory());
        try {
            LakeFigures figures = new LakeFigures(options, MERGES);
            Path log = write("log", options.offers());
            for (int round = 1; round <= options.rounds(); round++) {
                List<String> contenders = new ArrayList<>(List.of(LakeTrial.LAKE));
                if (options.isPlain()) {
                    contenders.add(round % 2 == 0 ? 0 : 1, PLAIN);
                }
                for (String contender : contenders) {
                    say("round %d of %d: %s", round, options.rounds(), contender);
                    figures.add(contender, told(trial(LakeTrial.class, contender, log, MERGES)));
                }
            }
            if (options.large() > 0) {
                Path large = write("large", options.large());
                say("%,d offers: %s", options.large(), LakeTrial.LAKE);
                figures.large(told(trial(LakeTrial.class, LakeTrial.LAKE, large, MERGES)));
            }
            return figures.report();
        } finally {
            empty(options.directory());
        }
    }

    /**
     * A day of runs, one process, with the maintenance that each of them is due.
     *
     * @param runs in the day
     * @return lines with line feeds
     * @throws IOException as {@link #run}
     */
    public String day(int runs) throws IOException, InterruptedException {
        empty(options.directory());
        try {
            say("writing a log of %,d offers and %d times %,d changes", options.offers(), runs, options.changes());
            Path log = options.directory().resolve("log");
            BenchLog.write(log, options.offers(), options.changes(), runs, BenchLog.DAY / runs, options.seed());
            return DayOfRuns.report(options, runs, trial(DayOfRuns.class, "", log, runs));
        } finally {
            empty(options.directory());
        }
    }

    private Path write(String name, int offers) throws IOException {
        say("writing a log of %,d offers and %d times %,d changes", offers, MERGES, options.changes());
        Path log = options.directory().resolve(name);
        BenchLog.write(log, offers, options.changes(), MERGES, options.seed());
        return log;
    }

    private Map<String, LakeFigure> trial(Class<?> main, String contender, Path log, int merges)
            throws IOException, InterruptedException {
        Path warehouse = options.directory().resolve("tables");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                contender,
                log.toString(),
                Integer.toString(merges),
                "file://" + warehouse,
                options.master()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Map<String, LakeFigure> figures = new LinkedHashMap<>();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(LakeTrial.PREFIX)) {
                    LakeFigure figure = LakeFigure.parse(line.substring(LakeTrial.PREFIX.length()));
                    figures.put(figure.name(), figure);
                    if (main == DayOfRuns.class) {
                        say("%s: %.1f CPU seconds, %,d", figure.name(), figure.cpu(), figure.number());
                    }
                } else {
                    said.add(line);
                }
            }
            if (process.waitFor() != 0) {
                throw Failure.unreachable(
                        "the trial of '" + contender + "' ended early; it said last:\n  "
                                + String.join(
                                        "\n  ", said.subList(Math.max(0, said.size() - LINES_OF_FAILURE), said.size())),
                        null);
            }
        } finally {
            process.destroyForcibly();
            empty(warehouse);
        }
        return figures;
    }

    /** The lines of a trial, for those who wait and for runs that end early. */
    private Map<String, LakeFigure> told(Map<String, LakeFigure> trial) {
        trial.values().stream()
                .filter(figure -> figure.name().equals("load") || figure.name().startsWith("merge"))
                .forEach(figure -> say("  %s: %.2f CPU seconds in %.2f s", figure.name(), figure.cpu(), figure.wall()));
        return trial;
    }

    private void say(String format, Object... values) {
        progress.println("  " + String.format(Locale.ROOT, format, values));
        progress.flush();
    }

    private static void empty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
