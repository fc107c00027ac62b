package org.offerstorm.local.trials.dashboard;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.FileTree;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.tools.generate.LoadOffers;

/** The load of a dashboard, and what it takes under it. Used by one thread. */
public final class DashboardLoad {
    /** Of the dashboard's JVM. */
    public static final String HEAP = "-Xmx160m";

    private final LoadLines lines;

    /** @param out takes a line for each figure */
    public DashboardLoad(PrintWriter out) {
        this.lines = new LoadLines(out);
    }

    /**
     * Starts a Redis and a dashboard, and measures many viewers, then single offers.
     *
     * @param viewers that read
     * @param slow viewers that never read
     * @param rate offers a second
     * @param seconds how long
     * @param singles offers that are written one by one afterwards
     * @return whether all is within the bounds
     */
    public boolean measure(int viewers, int slow, int rate, int seconds, int singles)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("offerstorm-load");
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"), 0);
                DashboardProcess dashboard = DashboardProcess.start(redis.uri(), directory.resolve("dashboard.err"));
                LoadOffers offers =
                        new LoadOffers(new RedisConfig(redis.uri(), "offerstorm", 1_000_000, Duration.ofSeconds(5)))) {
            boolean fine = new ManyViewers(dashboard, offers, lines).measure(viewers, slow, rate, seconds);
            lines.times("one offer into Redis to +1", SingleOffers.measure(dashboard.url(), offers, singles));
            return fine;
        } finally {
            FileTree.delete(directory);
        }
    }

    /**
     * Measures single offers through a pipeline and a dashboard that run.
     *
     * @param url of the dashboard, with or without a slash at its end
     */
    public void measurePipeline(SourceConfig source, String url, int singles) throws InterruptedException {
        lines.times(
                "one offer into Kafka to +1",
                PipelineLatency.measure(source, url.endsWith("/") ? url : url + "/", singles));
    }
}
