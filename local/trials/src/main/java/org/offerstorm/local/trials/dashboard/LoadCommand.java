package org.offerstorm.local.trials.dashboard;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.FileTree;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.tools.cli.ConfigOptions;
import org.offerstorm.tools.generate.LoadOffers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm dashboard-load}: what the dashboard takes, measured. */
@Command(
        name = "dashboard-load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the dashboard: starts a Redis and a dashboard with " + DashboardProcess.HEAP
                + " in a process of its own, writes offers as the topology does, and lets viewers listen, some of whom never"
                + " read. Then writes single offers and measures how long each takes to a viewer.",
        footer = {
            "",
            "Exit codes: 0 within the bounds, 1 beyond them (100 updates in ten seconds, 200 MB), 3 cannot start."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final long MEMORY = 200_000_000;
    private static final int UPDATES = 100;
    private static final Pattern DROPPED = Pattern.compile("\"dropped\":(\\d+)");

    @Spec
    private CommandSpec spec;

    @Option(names = "--viewers", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int viewerCount;

    @Option(
            names = "--slow",
            paramLabel = "N",
            defaultValue = "20",
            description = "Further viewers that never read. Default: ${DEFAULT-VALUE}.")
    private int slowCount;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Offers a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "40", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--single",
            paramLabel = "N",
            defaultValue = "100",
            description = "Single offers. Default: ${DEFAULT-VALUE}.")
    private int singles;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Address of a dashboard that runs over a whole pipeline. Starts nothing then, but measures how long"
                            + " single offers take from Kafka to it; they are withdrawn afterwards. Needs a stream that is"
                            + " otherwise still, and the configuration or -c source.bootstrap-servers=HOST:PORT.")
    private String url;

    @Mixin
    private ConfigOptions options;

    private PrintWriter out;

    @Override
    public Integer call() throws Exception {
        out = spec.commandLine().getOut();
        if (url != null) {
            List<Long> micros =
                    PipelineLatency.measure(options.load().source(), url.endsWith("/") ? url : url + "/", singles);
            times("one offer into Kafka to +1", micros);
            out.flush();
            return 0;
        }
        Path directory = Files.createTempDirectory("offerstorm-load");
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"), 0);
                DashboardProcess dashboard = DashboardProcess.start(redis.uri(), directory.resolve("dashboard.err"));
                LoadOffers offers =
                        new LoadOffers(new RedisConfig(redis.uri(), "offerstorm", 1_000_000, Duration.ofSeconds(5)))) {
            boolean fine = many(dashboard, offers);
            single(dashboard, offers);
            out.flush();
            return fine ? 0 : Failure.DIFFERENCE;
        } finally {
            FileTree.delete(directory);
        }
    }

    private boolean many(DashboardProcess dashboard, LoadOffers offers) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        List<LoadViewer> viewers = new ArrayList<>();
        double cpu = dashboard.cpuSeconds();
        int port = URI.create(dashboard.url()).getPort();
        long written;
        try (SlowViewers slow = new SlowViewers(slowCount, port)) {
            for (int i = 0; i < viewerCount; i++) {
                viewers.add(LoadViewer.open(client, dashboard.url(), update -> {}));
            }
            written = offers.write(rate, seconds);
        }
        cpu = dashboard.cpuSeconds() - cpu;
        List<Long> ages = viewers.stream()
                .flatMap(viewer -> viewer.agesMillis().stream())
                .sorted()
                .toList();
        // Of a single second the machine's own hiccups tell more than the server's pace.
        int most = viewers.stream().mapToInt(v -> v.mostIn(10)).max().orElse(0);
        int mostInOne = viewers.stream().mapToInt(v -> v.mostIn(1)).max().orElse(0);
        long updates = viewers.stream().mapToLong(v -> v.arrivals().size()).sum();
        long least = viewers.stream().mapToLong(v -> v.arrivals().size()).min().orElse(0);
        long peak = dashboard.peakResident();
        line("changes written to Redis", "%,d in %d s, %,d a second", written, seconds, written / seconds);
        line(
                "viewers that read",
                "%d, %d of them to the end",
                viewerCount,
                viewers.stream().filter(v -> !v.ended()).count());
        line(
                "updates to a viewer",
                "%.1f a second; fewest %.1f",
                updates / (double) viewerCount / seconds,
                least / (double) seconds);
        line("most updates in any second", "%d; in any ten %d (bound %d)", mostInOne, most, UPDATES);
        line("age of an update", "p50 %d ms, p99 %d ms, most %d ms", at(ages, 0.5), at(ages, 0.99), at(ages, 1));
        line(
                "bytes to a viewer",
                "%,.0f a second",
                viewers.stream().mapToLong(LoadViewer::bytes).sum() / (double) viewerCount / seconds);
        line("viewers that never read", "%d, %d of them dropped", slowCount, dropped(client, dashboard.url()));
        line(
                "memory of the dashboard",
                "%,d MB resident at most (bound %,d MB), %s",
                peak / 1_000_000,
                MEMORY / 1_000_000,
                DashboardProcess.HEAP);
        line("processor of the dashboard", "%.2f cores", cpu / seconds);
        out.flush();
        return most <= UPDATES && peak < MEMORY;
    }

    private void single(DashboardProcess dashboard, LoadOffers offers) throws IOException, InterruptedException {
        LinkedBlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        HttpClient client = HttpClient.newHttpClient();
        Cell cell = Cell.of("Single", Continent.EU);
        List<Long> micros = new ArrayList<>();
        offers.writeOne(cell);
        Thread.sleep(2_000); // what is under way arrives
        LoadViewer viewer = LoadViewer.open(client, dashboard.url(), update -> {
            if (update.contains("\"category\":\"Single\"")) {
                var unused = arrived.offer(update);
            }
        });
        Thread.sleep(1_000);
        for (int i = 0; i < singles; i++) {
            long start = System.nanoTime();
            offers.writeOne(cell);
            if (arrived.poll(10, TimeUnit.SECONDS) == null) {
                throw Failure.unreachable(
                        "offer " + i + " did not arrive within 10 s; "
                                + viewer.arrivals().size() + " updates did",
                        null);
            }
            micros.add((System.nanoTime() - start) / 1_000);
            Thread.sleep(137 + 29 * (i % 7)); // not in step with the dashboard
        }
        Collections.sort(micros);
        times("one offer into Redis to +1", micros);
    }

    private void times(String what, List<Long> micros) {
        line(
                what,
                "p50 %.1f ms, p99 %.1f ms, most %.1f ms, of %d",
                at(micros, 0.5) / 1e3,
                at(micros, 0.99) / 1e3,
                at(micros, 1) / 1e3,
                micros.size());
    }

    private static long dropped(HttpClient client, String url) throws IOException, InterruptedException {
        String health = client.send(
                        HttpRequest.newBuilder(URI.create(url + "api/health")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher matcher = DROPPED.matcher(health);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static long at(List<Long> sorted, double part) {
        return sorted.isEmpty()
                ? -1
                : sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(part * sorted.size()) - 1));
    }

    private void line(String what, String format, Object... values) {
        out.printf(Locale.ROOT, "%-28s %s%n", what, String.format(Locale.ROOT, format, values));
    }
}
