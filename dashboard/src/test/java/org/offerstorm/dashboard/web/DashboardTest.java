package org.offerstorm.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.dashboard.web.EventStream.Event;
import org.offerstorm.local.servers.FreePorts;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** The API and the stream of events over a real Redis that the real sink writes. */
class DashboardTest {
    private static final Cell TECH = Cell.of("Tech", Continent.EU);
    private static final String COUNTS = "{offerstorm}:counts";
    private static final String CHANGES = "{offerstorm}:changes";

    @TempDir
    Path directory;

    private DashboardFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new DashboardFixture(directory);
    }

    @AfterEach
    void end() throws IOException {
        fixture.close();
    }

    @Test
    void the_table_is_the_one_in_redis_and_sums_to_its_totals() throws Exception {
        fixture.offers().write(1_000);
        awaitTotal(fixture.totalInRedis());

        JsonNode counts = fixture.json("api/counts");

        assertThat(sum(counts.get("cells"), "count"))
                .isEqualTo(sum(counts.get("continents"), "total"))
                .isEqualTo(sum(counts.get("categories"), "total"))
                .isEqualTo(counts.get("total").asLong())
                .isEqualTo(fixture.totalInRedis());
    }

    @Test
    void a_table_is_sent_compressed_and_only_if_it_has_changed() throws Exception {
        fixture.offers().write(1_000);
        awaitTotal(fixture.totalInRedis());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(fixture.url() + "api/counts")).header("Accept-Encoding", "gzip");

        HttpResponse<byte[]> first = send(request);
        HttpResponse<byte[]> second = send(request.header(
                "If-None-Match", first.headers().firstValue("ETag").orElseThrow()));
        fixture.offers().writeOne(TECH);
        awaitTotal(fixture.totalInRedis());
        HttpResponse<byte[]> third = send(request);

        assertThat(first.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(first.body())).readAllBytes())
                .hasSizeGreaterThan(2 * first.body().length);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(third.statusCode()).isEqualTo(200);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void each_event_leads_to_the_table_that_redis_had() throws Exception {
        try (EventStream events = fixture.events(null)) {
            Map<String, Long> table = new HashMap<>();
            Thread writer = new Thread(() -> {
                try {
                    fixture.offers().write(4_000, 2);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            long total = 0;
            do {
                Event event = events.next("counts", "changes", "status");
                if (event.name().equals("status")) { // the writer may have ended with the last change
                    continue;
                }
                if (event.name().equals("counts")) {
                    table.clear();
                }
                for (JsonNode cell : event.data().get("cells")) {
                    String key = cell.get("category").asText() + "|"
                            + cell.get("continent").asText();
                    if (cell.has("by")) {
                        assertThat(table.getOrDefault(key, 0L) + cell.get("by").asLong())
                                .as("the difference leads to the count")
                                .isEqualTo(cell.get("count").asLong());
                    }
                    table.put(key, cell.get("count").asLong());
                }
                total = event.data().get("total").asLong();
                assertThat(table.values().stream().mapToLong(n -> n).sum())
                        .as("every frame sums to its total")
                        .isEqualTo(total);
            } while (writer.isAlive() || total != fixture.totalInRedis());
            writer.join();
        }
    }

    @Test
    void a_client_that_comes_back_gets_what_it_missed_and_no_more() throws Exception {
        Event first;
        fixture.offers().writeOne(TECH);
        awaitTotal(1);
        try (EventStream events = fixture.events(null)) {
            first = events.next("counts");
        }
        for (int i = 0; i < 5; i++) {
            fixture.offers().writeOne(TECH);
        }
        awaitTotal(6);

        try (EventStream events = fixture.events(first.id())) {
            Event missed = events.next("counts", "changes");

            assertThat(missed.name()).isEqualTo("changes");
            assertThat(missed.data().get("from").asText()).isEqualTo(first.id());
            assertThat(missed.data().get("new").asLong()).isEqualTo(5);
            assertThat(missed.data().get("cells").get(0).get("by").asLong()).isEqualTo(5);
            assertThat(missed.data().get("cells").get(0).get("count").asLong()).isEqualTo(6);
        }
    }

    @Test
    void also_after_the_server_was_started_again() throws Exception {
        fixture.offers().writeOne(TECH);
        awaitTotal(1);
        String id = fixture.json("api/counts").get("id").asText();
        fixture.offers().writeOne(TECH);
        fixture.restartDashboard();
        awaitTotal(2);

        try (EventStream events = fixture.events(id)) {
            Event missed = events.next("counts", "changes");

            assertThat(missed.name()).isEqualTo("changes");
            assertThat(missed.data().get("new").asLong()).isEqualTo(1);
        }
    }

    @Test
    void a_client_whose_place_is_gone_gets_the_whole_table() throws Exception {
        fixture.offers().writeOne(TECH);
        awaitTotal(1);
        String id = fixture.json("api/counts").get("id").asText();
        fixture.offers().writeOne(TECH);
        fixture.offers().writeOne(TECH);
        try (Jedis jedis = fixture.jedis()) {
            jedis.xtrim(CHANGES, 1, false);
        }
        awaitTotal(3);

        try (EventStream events = fixture.events(id)) {
            assertThat(events.next("counts", "changes").name()).isEqualTo("counts");
        }
    }

    @Test
    void redis_goes_and_comes_back_and_the_table_goes_on() throws Exception {
        fixture.offers().writeOne(TECH);
        awaitTotal(1);
        try (EventStream events = fixture.events(null)) {
            events.next("counts");

            fixture.stopRedis();
            awaitStatus(events, "away");
            assertThat(fixture.get("api/health").statusCode()).isEqualTo(503);
            assertThat(fixture.json("api/counts").get("total").asLong()).isEqualTo(1);

            fixture.startRedis();
            awaitStatus(events, "live");
            assertThat(fixture.get("api/health").statusCode()).isEqualTo(200);
            fixture.offers().writeOne(TECH);
            assertThat(events.next("changes").data().get("total").asLong()).isEqualTo(2);
        }
    }

    @Test
    void a_redis_that_hangs_is_away_as_well() throws Exception {
        fixture.offers().writeOne(TECH);
        awaitTotal(1);
        try (EventStream events = fixture.events(null)) {
            events.next("counts");

            fixture.freezeRedis();
            try {
                awaitStatus(events, "away");
                assertThat(fixture.json("api/counts").get("total").asLong()).isEqualTo(1);
            } finally {
                fixture.thawRedis();
            }
            awaitStatus(events, "live");
        }
    }

    @Test
    void changes_of_an_outage_count_once_however_often_the_table_cannot_be_read_after_them() throws Exception {
        fixture.offers().writeOne(TECH);
        awaitTotal(1);
        try (EventStream events = fixture.events(null);
                Jedis jedis = fixture.jedis()) {
            events.next("counts");
            jedis.rename(COUNTS, "counts-before");
            jedis.set(COUNTS, "not a table");
            awaitStatus(events, "away");

            // The stream can be read, and the table after it cannot.
            jedis.xadd(
                    CHANGES,
                    StreamEntryID.NEW_ENTRY,
                    jedis.xrevrange(CHANGES, "+", "-", 1).get(0).getFields());
            for (int second = 0; second < 3; second++) {
                events.next("status");
            }
            jedis.hincrBy(
                    "counts-before", jedis.hkeys("counts-before").iterator().next(), 1);
            jedis.rename("counts-before", COUNTS);
            awaitStatus(events, "live");
            awaitTotal(2);
        }

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        fixture.json("api/rates").get("lastMinute").get("new").asLong())
                .isEqualTo(2));
        assertThat(fixture.json("api/changes/recent").get("changes")).hasSize(2);
        long came = 0;
        for (JsonNode minute :
                fixture.json("api/rates").get("moves").get("categories").get(0).get("in")) {
            came += minute.asLong();
        }
        assertThat(came).isEqualTo(2);
    }

    @Test
    void a_redis_that_lost_its_data_is_shown_as_it_is() throws Exception {
        fixture.offers().write(500);
        awaitTotal(fixture.totalInRedis());
        try (EventStream events = fixture.events(null);
                Jedis jedis = fixture.jedis()) {
            events.next("counts");

            jedis.flushAll();

            Event whole = events.next("counts", "changes");
            assertThat(whole.name()).isEqualTo("counts");
            assertThat(whole.data().get("total").asLong()).isZero();
        }
    }

    @Test
    void a_table_that_the_changes_do_not_explain_is_sent_whole() throws Exception {
        fixture.offers().writeOne(TECH);
        awaitTotal(1);
        try (EventStream events = fixture.events(null);
                Jedis jedis = fixture.jedis()) {
            events.next("counts");

            jedis.hset(COUNTS, "Tech|EU", "41");
            fixture.offers().writeOne(TECH);

            Event whole = events.next("counts", "changes");
            assertThat(whole.name()).isEqualTo("counts");
            assertThat(events.next("counts", "changes", "status")).isNotNull();
            awaitTotal(42);
        }
    }

    @Test
    void rates_tell_the_last_minute_and_what_came_and_went() throws Exception {
        fixture.offers().writeOne(TECH);
        fixture.offers().writeOne(TECH);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            JsonNode rates = fixture.json("api/rates");
            assertThat(rates.get("lastMinute").get("new").asLong()).isEqualTo(2);
            assertThat(rates.get("lastMinute").get("cells").get(0).get("in").asLong())
                    .isEqualTo(2);
            assertThat(sum(rates.get("minutes"), "new")).isEqualTo(2);
            assertThat(rates.get("moves").get("categories").get(0).get("name").asText())
                    .isEqualTo("Tech");
        });
    }

    @Test
    void nothing_can_be_written_and_nothing_comes_from_elsewhere() throws Exception {
        HttpResponse<String> page = fixture.get("");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body()).doesNotContain("http://", "https://", "<style", " style=", "onclick");
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
            assertThat(status(method, "localhost")).as(method).isEqualTo("405");
        }
    }

    @Test
    void a_web_site_that_points_its_name_here_reads_nothing() throws Exception {
        assertThat(status("GET", "localhost")).isEqualTo("200");
        assertThat(status("GET", "127.0.0.1:80")).isEqualTo("200");
        assertThat(status("GET", "evil.example.org")).isEqualTo("421");
        assertThat(status("GET", "127.0.0.1.evil.example.org")).isEqualTo("421");
    }

    @Test
    void hostile_names_arrive_as_they_are_and_never_as_markup() throws Exception {
        String name = "<script>alert(\"1\")</script>' \u202Eevil\u2066 =1+1";
        fixture.offers().writeOne(Cell.of(name, Continent.SA));
        awaitTotal(1);

        HttpResponse<String> counts = fixture.get("api/counts");

        assertThat(fixture.json("api/counts")
                        .get("categories")
                        .get(0)
                        .get("name")
                        .asText())
                .isEqualTo(name);
        assertThat(counts.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(counts.body()).doesNotContain("\u202E", "\u2066");
    }

    @Test
    void its_metrics_are_those_of_the_page_and_it_is_ready_while_redis_answers() throws Exception {
        fixture.offers().write(100);
        awaitTotal(fixture.totalInRedis());

        await().atMost(Duration.ofMinutes(1))
                .until(() -> fixture.get("metrics").body().contains("offerstorm_store_bytes{store=\"redis\"}"));

        HttpResponse<String> metrics = fixture.get("metrics");
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body())
                .contains("offerstorm_offers{state=\"live\"} " + (double) fixture.totalInRedis() + "\n")
                .contains("offerstorm_dashboard_viewers 0.0\n")
                .containsPattern("offerstorm_dashboard_store_call_seconds_count\\{store=\"redis\"} [1-9]")
                .contains("offerstorm_store_answers{store=\"redis\"} 1.0\n")
                .containsPattern("offerstorm_store_bytes\\{store=\"redis\"} [1-9]")
                .contains("offerstorm_store_part_bytes{part=\"changes\",store=\"redis\"} ");
        Set<String> served = metrics.body()
                .lines()
                .filter(line -> line.startsWith("offerstorm_"))
                .map(line -> line.replaceFirst("(_bucket|_count|_sum)?[{ ].*", ""))
                .collect(Collectors.toSet());
        String page = Files.readString(Path.of(System.getProperty("offerstorm.root"), "docs/metrics.md"));
        assertThat(served).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
        assertThat(fixture.get("live").statusCode()).isEqualTo(200);
        assertThat(fixture.get("ready").body()).isEqualTo("ready\n");

        fixture.stopRedis();
        await().atMost(Duration.ofMinutes(1)).until(() -> fixture.get("ready").statusCode() == 503);
        assertThat(fixture.get("ready").body()).contains("Redis does not answer");
        assertThat(fixture.get("live").statusCode()).isEqualTo(200);
        fixture.startRedis();
    }

    @Test
    void a_message_that_nobody_takes_is_in_the_metrics() throws Exception {
        fixture.close();
        fixture = new DashboardFixture(
                directory,
                "triggers.rules.tech=count(" + TECH.category() + ", " + TECH.continent() + ") > 0",
                "triggers.channels.nowhere=generic http://127.0.0.1:" + FreePorts.one() + "/");
        fixture.offers().writeOne(TECH);

        await().atMost(Duration.ofMinutes(1)).until(() -> fixture.get("metrics")
                .body()
                .contains("offerstorm_alert_messages_waiting{channel=\"nowhere\"} 1.0\n"));

        Pattern waits =
                Pattern.compile("offerstorm_alert_oldest_waiting_seconds\\{channel=\"nowhere\"} (0\\.0*)?[1-9]");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> waits.matcher(fixture.get("metrics").body()).find());
        String page = Files.readString(Path.of(System.getProperty("offerstorm.root"), "docs/metrics.md"));
        assertThat(fixture.get("metrics").body().lines().filter(line -> line.startsWith("offerstorm_alert_")))
                .hasSize(5)
                .allSatisfy(line -> assertThat(page).contains("| `" + line.replaceFirst("\\{.*", "") + "` |"));
    }

    @Test
    void the_description_of_the_api_names_every_path() throws Exception {
        JsonNode api = fixture.json("api/openapi.json");

        assertThat(api.get("paths").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/api/counts",
                        "/api/lake",
                        "/api/rates",
                        "/api/changes",
                        "/api/changes/recent",
                        "/api/triggers",
                        "/api/health",
                        "/api/pipeline",
                        "/api/pipeline/history",
                        "/api/storage",
                        "/api/openapi.json",
                        "/api/offers",
                        "/api/offers/{id}",
                        "/api/suggest");
        for (String path : new String[] {
            "counts", "rates", "changes/recent", "triggers", "health", "pipeline", "pipeline/history", "storage"
        }) {
            JsonNode answer = api.at(
                    "/paths/~1api~1" + path.replace("/", "~1") + "/get/responses/200/content/application~1json/schema");
            JsonNode schema =
                    answer.has("oneOf") ? answer.at("/oneOf/0/$ref") : answer.get("$ref"); // the lake's are second
            JsonNode described = api.at(schema.asText().substring(1)).get("properties");
            assertThat(described.fieldNames())
                    .toIterable()
                    .as(path)
                    .containsExactlyInAnyOrderElementsOf(
                            () -> assertThatNoException(path).fieldNames());
        }
    }

    private JsonNode assertThatNoException(String path) {
        try {
            return fixture.json("api/" + path);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitTotal(long total) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        fixture.json("api/counts").get("total").asLong())
                .isEqualTo(total));
    }

    private static void awaitStatus(EventStream events, String status) throws IOException {
        String seen;
        do {
            seen = events.next("status").data().get("status").asText();
        } while (!seen.equals(status));
    }

    private static long sum(JsonNode list, String field) {
        long sum = 0;
        for (JsonNode item : list) {
            sum += item.get(field).asLong();
        }
        return sum;
    }

    private String status(String method, String host) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), fixture.dashboard().server().port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write((method + " /api/counts HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.substring(9, 12);
        }
    }
}
