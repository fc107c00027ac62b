package org.offerstorm.local.trials.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.tools.generate.LoadOffers;

/** Many viewers while many offers are written: what each gets, and what the dashboard uses. Used by one thread. */
final class ManyViewers {
    private static final long MEMORY = 200_000_000;
    private static final int UPDATES = 100;
    private static final Pattern DROPPED = Pattern.compile("\"dropped\":(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final DashboardProcess dashboard;
    private final LoadOffers offers;
    private final LoadLines lines;

    ManyViewers(DashboardProcess dashboard, LoadOffers offers, LoadLines lines) {
        this.dashboard = dashboard;
        this.offers = offers;
        this.lines = lines;
    }

    /** Whether the updates to a viewer and the memory are within the bounds. */
    boolean measure(int viewerCount, int slowCount, int rate, int seconds) throws IOException, InterruptedException {
        List<LoadViewer> viewers = new ArrayList<>();
        double cpu = dashboard.cpuSeconds();
        long written;
        try (SlowViewers slow =
                new SlowViewers(slowCount, URI.create(dashboard.url()).getPort())) {
            for (int i = 0; i < viewerCount; i++) {
                viewers.add(LoadViewer.open(client, dashboard.url(), update -> {}));
            }
            written = offers.write(rate, seconds);
        }
        cpu = dashboard.cpuSeconds() - cpu;
        lines.line("changes written to Redis", "%,d in %d s, %,d a second", written, seconds, written / seconds);
        int most = updates(viewers, seconds);
        lines.line("viewers that never read", "%d, %d of them dropped", slowCount, dropped());
        long peak = dashboard.peakResident();
        lines.line(
                "memory of the dashboard",
                "%,d MB resident at most (bound %,d MB), %s",
                peak / 1_000_000,
                MEMORY / 1_000_000,
                DashboardLoad.HEAP);
        lines.line("processor of the dashboard", "%.2f cores", cpu / seconds);
        return most <= UPDATES && peak < MEMORY;
    }

    /** The most updates that a viewer got in any ten seconds. */
    private int updates(List<LoadViewer> viewers, int seconds) {
        List<Long> ages = viewers.stream()
                .flatMap(viewer -> viewer.agesMillis().stream())
                .sorted()
                .toList();
        // A single second shows the machine's hiccups more than the server's rate.
        int most = viewers.stream().mapToInt(v -> v.mostIn(10)).max().orElse(0);
        int mostInOne = viewers.stream().mapToInt(v -> v.mostIn(1)).max().orElse(0);
        long updates = viewers.stream().mapToLong(v -> v.arrivals().size()).sum();
        long least = viewers.stream().mapToLong(v -> v.arrivals().size()).min().orElse(0);
        lines.line(
                "viewers that read",
                "%d, %d of them to the end",
                viewers.size(),
                viewers.stream().filter(v -> !v.ended()).count());
        lines.line(
                "updates to a viewer",
                "%.1f a second; fewest %.1f",
                updates / (double) viewers.size() / seconds,
                least / (double) seconds);
        lines.line("most updates in any second", "%d; in any ten %d (bound %d)", mostInOne, most, UPDATES);
        lines.line(
                "age of an update",
                "p50 %d ms, p99 %d ms, most %d ms",
                LoadLines.at(ages, 0.5),
                LoadLines.at(ages, 0.99),
                LoadLines.at(ages, 1));
        lines.line(
                "bytes to a viewer",
                "%,.0f a second",
                viewers.stream().mapToLong(LoadViewer::bytes).sum() / (double) viewers.size() / seconds);
        return most;
    }

    private long dropped() throws IOException, InterruptedException {
        String health = client.send(
                        HttpRequest.newBuilder(URI.create(dashboard.url() + "api/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher matcher = DROPPED.matcher(health);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
