package org.offerstorm.dashboard.web;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.dashboard.Dashboard;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.generate.LoadOffers;
import redis.clients.jedis.Jedis;

/** A real Redis, a dashboard over it, and a writer as the topology is one. */
final class DashboardFixture implements AutoCloseable {
    /** Redis waits for the disk after each write. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String[] settings;
    private EmbeddedRedis redis;
    private Dashboard dashboard;
    private final LoadOffers offers;

    /** @param settings as after {@code -c} */
    DashboardFixture(Path directory, String... settings) throws IOException {
        this.directory = directory.resolve("redis");
        this.redis = EmbeddedRedis.start(this.directory, 0);
        this.settings = settings;
        // It may be started again there, while browsers look for it.
        this.dashboard = start(FreePorts.one());
        this.offers = new LoadOffers(config().of(Redis.KIND));
    }

    OfferstormConfig config() {
        List<String> all = new ArrayList<>(List.of("redis.uri=" + redis.uri(), "redis.timeout=1 s"));
        all.addAll(List.of(settings));
        return ConfigLoader.resolve(List.of(), all).config();
    }

    Dashboard dashboard() {
        return dashboard;
    }

    String url() {
        return dashboard.url();
    }

    LoadOffers offers() {
        return offers;
    }

    Jedis jedis() {
        return new Jedis(URI.create(redis.uri()), PATIENCE_MILLIS);
    }

    void stopRedis() throws IOException {
        redis.close();
    }

    void startRedis() throws IOException {
        redis = EmbeddedRedis.start(directory, redis.port());
    }

    /** It keeps its connections, and answers nothing until it is thawed. */
    void freezeRedis() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thawRedis() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(redis.pid())).start().waitFor();
    }

    /** On the same port. */
    void restartDashboard() throws IOException {
        restartDashboard(() -> {});
    }

    /** What happens while it is away. */
    interface Meanwhile {
        void run() throws IOException;
    }

    /** On the same port. */
    void restartDashboard(Meanwhile meanwhile) throws IOException {
        int port = dashboard.server().port();
        dashboard.close();
        meanwhile.run();
        dashboard = start(port);
    }

    private Dashboard start(int port) throws IOException {
        return Dashboard.start(config(), DataSet.of(ReferenceTable.builtIn()), InetAddress.getLoopbackAddress(), port);
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    EventStream events(String lastEventId) throws IOException {
        return new EventStream(dashboard.server().port(), lastEventId);
    }

    /** Returns when the dashboard has all that is in Redis: what is read of it after that does not change by itself. */
    void awaitTable() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> json("api/counts").get("total").asLong() == totalInRedis());
    }

    /** Of the table in Redis itself. */
    long totalInRedis() {
        try (Jedis jedis = jedis()) {
            return jedis.hgetAll("{offerstorm}:counts").values().stream()
                    .mapToLong(Long::parseLong)
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        offers.close();
        dashboard.close();
        redis.close();
    }
}
