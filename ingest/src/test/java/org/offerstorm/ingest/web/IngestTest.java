package org.offerstorm.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.IngestConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.ingest.web.IngestFixture.Reply;
import org.offerstorm.local.servers.testing.KafkaFixture;

/** The server over a real broker. */
class IngestTest {
    private static final String OFFER = "{\"id\":\"a\",\"name\":\"Cook\"}";

    @TempDir
    static Path directory;

    @TempDir
    static Path secrets;

    private static KafkaFixture kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = new KafkaFixture(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void an_offer_is_answered_with_the_place_that_it_has_in_the_topic() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(3)).up()) {
            Reply reply = ingest.post(OFFER);

            assertThat(reply.status()).isEqualTo(200);
            ConsumerRecord<String, String> record = ingest.records().get(0);
            assertThat(record.key()).isEqualTo("a");
            assertThat(record.value()).isEqualTo(OFFER);
            assertThat(reply.item(0).get("topic").asText()).isEqualTo(record.topic());
            assertThat(reply.item(0).get("partition").asInt()).isEqualTo(record.partition());
            assertThat(reply.item(0).get("offset").asLong()).isEqualTo(record.offset());
        }
    }

    @Test
    void bad_items_are_refused_with_their_reasons_and_keep_no_good_one() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            Reply reply = ingest.post("[ " + OFFER
                    + ",{\"id\":\"b\"},7,{\"name\":\"C\"},{\"id\":\"d\",\"name\":\"D\",\"office_latitude\":99,"
                    + "\"office_longitude\":1},{\"id\":\"e\",\"name\":\"E\"}]");

            assertThat(reply.status()).isEqualTo(207);
            assertThat(reply.json().get("stored").asInt()).isEqualTo(2);
            assertThat(types(reply))
                    .containsExactly(
                            "",
                            "/problems/missing_field",
                            "/problems/not_an_object",
                            "/problems/missing_field",
                            "/problems/out_of_range",
                            "");
            assertThat(reply.item(1).get("status").asInt()).isEqualTo(422);
            assertThat(reply.item(1).get("id").asText()).isEqualTo("b");
            assertThat(reply.item(4).get("detail").asText()).contains("office_latitude");
            assertThat(ingest.records()).extracting(ConsumerRecord::key).containsExactly("a", "e");
        }
    }

    @Test
    void a_line_that_is_broken_keeps_no_other_and_is_named() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            Reply reply =
                    ingest.lines("\uFEFF" + OFFER + "\r\n\n{\"id\":\"b\",\"name\":\n{\"id\":\"a\",\"deleted\":true}");

            assertThat(reply.status()).isEqualTo(207);
            assertThat(reply.item(1).get("type").asText()).isEqualTo("/problems/bad_json");
            assertThat(reply.item(1).get("line").asInt()).isEqualTo(3);
            assertThat(reply.item(1).get("detail").asText()).contains("byte ");
            assertThat(ingest.records()).extracting(ConsumerRecord::value).containsExactly(OFFER + "\r", null);
        }
    }

    @Test
    void a_request_without_any_offer_is_problem_details() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            Reply reply = ingest.post("{\"id\":\"a\"}");

            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.http().headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(reply.json().get("type").asText()).isEqualTo("/problems/no_item_accepted");
            assertThat(reply.item(0).get("title").asText()).isEqualTo("missing field");
            assertThat(ingest.post("[" + OFFER + ",{\"id\":").json().get("type").asText())
                    .isEqualTo("/problems/bad_json");
            assertThat(ingest.post("[" + OFFER + "] 1").status()).isEqualTo(400);
            assertThat(ingest.post(" ").json().get("type").asText()).isEqualTo("/problems/no_items");
            assertThat(ingest.records()).isEmpty();
        }
    }

    @Test
    void a_deletion_is_a_record_without_value_under_the_id_of_the_path() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            assertThat(ingest.delete("a%2Fb%20%C3%A9+").status()).isEqualTo(200);
            assertThat(ingest.delete("caf%E9").status()).isEqualTo(400); // Latin-1 would delete another one
            assertThat(ingest.delete("a%0Ab").item(0).get("type").asText()).isEqualTo("/problems/bad_text");

            assertThat(ingest.records()).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo("a/b é+");
                assertThat(record.value()).isNull();
            });
        }
    }

    @Test
    void a_retry_with_the_same_key_makes_one_record_and_gets_the_first_answer() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        String first;
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            Reply reply = ingest.post(OFFER, "Idempotency-Key", "k");
            Reply retry = ingest.post(OFFER, "Idempotency-Key", "k");

            first = reply.http().body();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.http().headers().firstValue("Idempotency-Replayed"))
                    .isEmpty();
            assertThat(retry.http().body()).isEqualTo(first);
            assertThat(retry.http().headers().firstValue("Idempotency-Replayed"))
                    .hasValue("true");
            assertThat(ingest.post("{\"id\":\"b\",\"name\":\"B\"}", "Idempotency-Key", "k")
                            .json()
                            .get("type")
                            .asText())
                    .isEqualTo("/problems/key_used");
            assertThat(ingest.records()).hasSize(1);
            assertThat(reply.item(0).get("offset").asLong())
                    .isEqualTo(ingest.records().get(0).offset());
        }
        try (IngestFixture restarted = new IngestFixture(source).up()) {
            assertThat(restarted.post(OFFER, "Idempotency-Key", "k").http().body())
                    .isEqualTo(first);
            assertThat(restarted.records()).hasSize(1);
        }
    }

    @Test
    void two_processes_and_many_requests_at_once_with_one_key_make_one_record() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (IngestFixture one = new IngestFixture(source).up();
                IngestFixture other = new IngestFixture(source).up()) {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                IngestFixture to = i % 2 == 0 ? one : other;
                replies.add(CompletableFuture.supplyAsync(() -> untilAnswered(to), threads));
            }

            assertThat(replies.stream().map(reply -> reply.join().http().body()).collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(one.records()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Reply untilAnswered(IngestFixture to) {
        return await().atMost(IngestFixture.PATIENCE)
                .until(() -> to.post(OFFER, "Idempotency-Key", "k"), reply -> reply.status() == 200);
    }

    @Test
    void while_kafka_is_away_requests_are_refused_and_then_it_goes_on(@TempDir Path own) throws Exception {
        KafkaFixture mortal = new KafkaFixture(own);
        try (IngestFixture ingest = new IngestFixture(mortal.newTopic(1)).up()) {
            assertThat(ingest.post(OFFER).status()).isEqualTo(200);
            int port = mortal.stop();

            Reply away = ingest.post(OFFER);
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.http().headers().firstValue("Retry-After")).isPresent();
            assertThat(away.http().headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(ingest.post(OFFER, "Idempotency-Key", "k").status()).isEqualTo(503);
            assertThat(ingest.send(ingest.request("ready").build()).status()).isEqualTo(503);
            assertThat(ingest.send(ingest.request("live").build()).status()).isEqualTo(200);

            mortal.start(port);
            await().atMost(IngestFixture.PATIENCE)
                    .until(() -> ingest.post("{\"id\":\"b\",\"name\":\"B\"}").status() == 200);
            assertThat(untilAnswered(ingest).status()).isEqualTo(200);
            assertThat(ingest.records()).extracting(ConsumerRecord::key).contains("a", "b");
        } finally {
            mortal.close();
        }
    }

    @Test
    void only_senders_with_a_key_may_send_and_no_faster_than_they_may() throws Exception {
        Path key = Files.writeString(secrets.resolve("erp"), "0123456789abcdef\n");
        IngestConfig config = new IngestConfig(Map.of("erp", "${file:" + key + "}"), 1, IngestConfig.NO_HOSTS);
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1), config, IngestLimits.DEFAULT).up()) {
            Reply without = ingest.post(OFFER);
            assertThat(without.status()).isEqualTo(401);
            assertThat(without.http().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(ingest.post(OFFER, "Authorization", "Bearer 0123456789abcdeF")
                            .status())
                    .isEqualTo(401);
            assertThat(ingest.delete("a").status()).isEqualTo(401);
            assertThat(ingest.send(ingest.request("offers/a").build()).status()).isEqualTo(401);

            String[] allowed = {"Authorization", "Bearer 0123456789abcdef"};
            assertThat(ingest.post("[" + OFFER + "," + OFFER + "," + OFFER + "]", allowed)
                            .status())
                    .isEqualTo(200);
            Reply soon = ingest.post(OFFER, allowed);
            assertThat(soon.status()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            soon.http().headers().firstValue("Retry-After").orElseThrow()))
                    .isPositive();
            assertThat(ingest.records()).hasSize(3);
        }
    }

    @Test
    void without_keys_it_listens_on_this_machine_alone() {
        SourceConfig source = new SourceConfig("127.0.0.1:1", "offers", "g", 1, Map.of());
        assertThatThrownBy(() -> IngestServer.start(
                        new IngestConfig(Map.of(), 0, IngestConfig.NO_HOSTS),
                        source.topic(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        InetAddress.getByName("0.0.0.0"),
                        0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("configure keys, or listen on 127.0.0.1");
    }

    @Test
    void what_a_page_of_another_site_can_send_is_refused() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
                assertThat(ingest.send(ingest.request("offers")
                                        .header("Content-Type", type)
                                        .POST(BodyPublishers.ofString(OFFER))
                                        .build())
                                .status())
                        .isEqualTo(415);
            }
            assertThat(raw(
                            ingest,
                            "POST /offers HTTP/1.1\r\nHost: evil.example.org\r\nContent-Type: application/json\r\nContent-Length: "
                                    + OFFER.length() + "\r\n\r\n" + OFFER))
                    .startsWith("HTTP/1.1 421 ");
            assertThat(ingest.records()).isEmpty();
        }
    }

    @Test
    void bodies_are_bounded_as_they_come_and_unpacked() throws Exception {
        IngestLimits small = new IngestLimits(10_000, 30_000, 60_000, 150_000, 100, 100_000, 1_000_000, 8, 8, 4);
        IngestConfig config = new IngestConfig(Map.of(), 0, IngestConfig.NO_HOSTS);
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1), config, small).up()) {
            String large = OFFER + " ".repeat(200_000);
            byte[] packed = gzip(large);
            assertThat(ingest.post(large).status()).isEqualTo(413);
            assertThat(ingest.send(ingest.request("offers")
                                    .header("Content-Type", "application/json")
                                    .header("Content-Encoding", "gzip")
                                    .POST(BodyPublishers.ofByteArray(packed))
                                    .build())
                            .status())
                    .isEqualTo(413);
            assertThat(raw(
                            ingest,
                            "POST /offers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n30000\r\n" + " ".repeat(0x30000) + "\r\n"))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(ingest.send(ingest.request("offers")
                                    .header("Content-Type", "application/json")
                                    .header("Content-Encoding", "gzip")
                                    .POST(BodyPublishers.ofByteArray(gzip(OFFER)))
                                    .build())
                            .status())
                    .isEqualTo(200);
            assertThat(ingest.records()).hasSize(1);
            await().atMost(IngestFixture.PATIENCE).until(() -> metric(ingest, "offerstorm_ingest_body_bytes") == 0);
        }
    }

    @Test
    void half_requests_take_no_memory_for_longer_than_they_may() throws Exception {
        IngestLimits hasty = new IngestLimits(10_000, 5_000, 60_000, 150_000, 100, 100_000, 250_000, 8, 8, 4);
        IngestConfig config = new IngestConfig(Map.of(), 0, IngestConfig.NO_HOSTS);
        String head =
                "POST /offers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n";
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1), config, hasty).up();
                Socket one = open(ingest, head + "{");
                Socket two = open(ingest, head + "{")) {
            await().atMost(IngestFixture.PATIENCE)
                    .until(() -> metric(ingest, "offerstorm_ingest_body_bytes") == 200_000);
            assertThat(raw(ingest, head)).as("no room for a third").startsWith("HTTP/1.1 503 ");
            assertThat(one.getInputStream().read()).isNegative();
            assertThat(two.getInputStream().read()).isNegative();
            await().atMost(IngestFixture.PATIENCE).until(() -> metric(ingest, "offerstorm_ingest_body_bytes") == 0);
            assertThat(ingest.post(OFFER).status()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_does_not_read_its_answer_is_dropped() throws Exception {
        IngestLimits hasty = new IngestLimits(1_000, 1_000, 1_000, 5_000, 100, 100_000, 1_000_000, 8, 8, 4);
        IngestConfig config = new IngestConfig(Map.of(), 0, IngestConfig.NO_HOSTS);
        String body = "{}\n".repeat(5_000); // its answer has more bytes than the kernel keeps
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1), config, hasty).up();
                Socket lazy = new Socket()) {
            lazy.setReceiveBufferSize(4_096);
            lazy.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ingest.port()));
            lazy.setSoTimeout(60_000);
            lazy.getOutputStream()
                    .write(("POST /offers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(IngestFixture.PATIENCE).until(() -> metric(ingest, "offerstorm_ingest_body_bytes") > 0);

            await().atMost(IngestFixture.PATIENCE).until(() -> metric(ingest, "offerstorm_ingest_body_bytes") == 0);
            assertThat(received(lazy)).isLessThan(5_000 * 50);
        }
    }

    private static int received(Socket socket) {
        int bytes = 0;
        try {
            while (socket.getInputStream().read() >= 0) {
                bytes++;
            }
        } catch (IOException e) { // reset
            return bytes;
        }
        return bytes;
    }

    @Test
    void an_item_that_the_topic_does_not_take_keeps_no_other() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            String large = "{\"id\":\"b\",\"name\":\"B\"" + " ".repeat((1 << 20) - 22) + "}";
            for (String[] headers : new String[][] {{}, {"Idempotency-Key", "k"}}) {
                Reply reply = ingest.post("[" + OFFER + "," + large + "," + large + " ]", headers);
                assertThat(reply.status()).isEqualTo(207);
                assertThat(types(reply)).containsExactly("", "/problems/too_large", "/problems/too_large");
            }
            assertThat(ingest.records()).extracting(ConsumerRecord::key).containsExactly("a", "a");
        }
    }

    /** The server asks for the topic's limit once a second, so it does not know the new one yet. */
    @Test
    void an_item_that_kafka_refuses_keeps_no_other_of_any_request() throws Exception {
        SourceConfig source = kafka.newTopic(3);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            ingest.post(OFFER, "Idempotency-Key", "first");
            String large = "{\"id\":\"b\",\"name\":\"B\",\"description\":\"" + "x".repeat(3_000) + "\"}";
            kafka.alter(source.topic(), Map.of("max.message.bytes", "2000"));
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String body = i == 3 ? large : i == 5 ? "[" + OFFER + "," + large + "]" : OFFER;
                String key = "k" + i;
                replies.add(threads.submit(() -> ingest.post(body, "Idempotency-Key", key)));
            }

            assertThat(replies)
                    .extracting(reply -> reply.get().status())
                    .containsExactly(200, 200, 200, 422, 200, 207, 200, 200);
            assertThat(types(replies.get(5).get())).containsExactly("", "/problems/too_large");
            assertThat(ingest.records())
                    .extracting(ConsumerRecord::key)
                    .hasSize(8)
                    .containsOnly("a");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Its answer, which is kept in the other topic, is too large for that one. */
    @Test
    void a_request_that_can_never_be_written_keeps_no_other() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (IngestFixture ingest = new IngestFixture(source).up()) {
            assertThat(ingest.post(OFFER, "Idempotency-Key", "first").status()).isEqualTo(200);
            kafka.alter(source.topic() + ".ingest-keys", Map.of("max.message.bytes", "1000"));
            String many = IntStream.range(0, 1_000)
                    .mapToObj(i -> "{\"id\":\"" + UUID.randomUUID() + "\",\"name\":\"Cook\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            // So many that one is always on its way with others.
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                String key = "k" + i;
                others.add(threads.submit(
                        () -> ingest.post(OFFER, "Idempotency-Key", key).status()));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(ingest.post(many, "Idempotency-Key", "many" + i).status())
                        .isEqualTo(503);
            }

            assertThat(others).extracting(Future::get).containsOnly(200);
            assertThat(ingest.post(many, "Idempotency-Key", "many").status()).isEqualTo(503);
            String id = "offerstorm.ingest." + source.topic();
            assertThat(kafka.admin()
                            .describeTransactions(List.of(id))
                            .description(id)
                            .get()
                            .state())
                    .as("what readers of committed records would wait for")
                    .isNotEqualTo(TransactionState.ONGOING);
            assertThat(ingest.records())
                    .extracting(ConsumerRecord::key)
                    .hasSize(151)
                    .containsOnly("a");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void two_processes_with_many_keys_both_get_on() throws Exception {
        SourceConfig source = kafka.newTopic(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (IngestFixture one = new IngestFixture(source).up();
                IngestFixture other = new IngestFixture(source).up()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                IngestFixture to = i % 2 == 0 ? one : other;
                String key = "k" + i;
                answers.add(threads.submit(
                        () -> to.post(OFFER, "Idempotency-Key", key).status()));
            }

            assertThat(answers).extracting(Future::get).containsOnly(200);
            assertThat(one.records()).hasSize(80);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void requests_that_wait_for_kafka_keep_nobody_from_reading(@TempDir Path own) throws Exception {
        KafkaFixture mortal = new KafkaFixture(own);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        IngestLimits one = new IngestLimits(10_000, 30_000, 60_000, 150_000, 100, 100_000, 1_000_000, 1, 1, 1);
        try (IngestFixture ingest =
                new IngestFixture(mortal.newTopic(1), new IngestConfig(Map.of(), 0, IngestConfig.NO_HOSTS), one).up()) {
            mortal.stop();
            Future<Reply> waits = threads.submit(() -> ingest.post(OFFER));
            Thread.sleep(200);

            // There is no Solr, which is what it says.
            Reply read = ingest.send(ingest.request("offers/a").build());
            assertThat(waits.isDone()).isFalse();
            assertThat(read.json().get("type").asText()).isEqualTo("/problems/search_unavailable");
            assertThat(waits.get().status()).isEqualTo(503);
        } finally {
            threads.shutdownNow();
            mortal.close();
        }
    }

    @Test
    void the_description_of_the_api_is_that_of_the_routes() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            JsonNode paths =
                    ingest.send(ingest.request("openapi.json").build()).json().get("paths");
            Set<String> described = new TreeSet<>();
            paths.properties().forEach(path -> path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
            Set<String> routes = new TreeSet<>();
            for (IngestRoute route : IngestRoute.values()) {
                routes.add(route.method() + " " + route.path());
                String path = route.path().substring(1).replace("{id}", "x");
                int status = ingest.send(ingest.request(path)
                                .method(route.method(), BodyPublishers.noBody())
                                .build())
                        .status();
                JsonNode responses = paths.get(route.path())
                        .get(route.method().toLowerCase(Locale.ROOT))
                        .get("responses");
                assertThat(responses.has(Integer.toString(status)))
                        .as(route + " answered " + status)
                        .isTrue();
                assertThat(status).as(route.toString()).isNotIn(404, 405);
            }
            assertThat(described).isEqualTo(routes);
            Reply patch = ingest.send(ingest.request("offers/x")
                    .method("PATCH", BodyPublishers.noBody())
                    .build());
            assertThat(patch.status()).isEqualTo(405);
            assertThat(patch.http().headers().firstValue("Allow")).hasValue("DELETE, GET");
            assertThat(ingest.send(ingest.request("other").build()).status()).isEqualTo(404);
        }
    }

    @Test
    void metrics_are_those_of_the_page() throws Exception {
        try (IngestFixture ingest = new IngestFixture(kafka.newTopic(1)).up()) {
            ingest.post("[" + OFFER + ",{}]", "Idempotency-Key", "k");
            ingest.post("[" + OFFER + ",{}]", "Idempotency-Key", "k");
            ingest.delete("a");

            assertThat(metric(ingest, "offerstorm_ingest_records_total{kind=\"offer\"}"))
                    .isEqualTo(1);
            assertThat(metric(ingest, "offerstorm_ingest_records_total{kind=\"deletion\"}"))
                    .isEqualTo(1);
            assertThat(metric(ingest, "offerstorm_ingest_repeated_answers_total"))
                    .isEqualTo(1);
            assertThat(metric(ingest, "offerstorm_ingest_requests_total{status=\"207\"}"))
                    .isEqualTo(2);
            assertThat(metric(ingest, "offerstorm_ingest_kept_answers")).isEqualTo(1);
            Set<String> served = ingest.send(ingest.request("metrics").build())
                    .http()
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("offerstorm_"))
                    .map(line -> line.replaceFirst("(_bucket|_count|_sum)?[{ ].*", ""))
                    .collect(Collectors.toSet());
            String page = Files.readString(Path.of(System.getProperty("offerstorm.root"), "docs/metrics.md"));
            assertThat(served).hasSize(9).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
        }
    }

    private static List<String> types(Reply reply) {
        List<String> types = new ArrayList<>();
        reply.json()
                .get("items")
                .forEach(item -> types.add(item.has("type") ? item.get("type").asText() : ""));
        return types;
    }

    private static double metric(IngestFixture ingest, String name) throws Exception {
        return ingest.send(ingest.request("metrics").build())
                .http()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Socket open(IngestFixture ingest, String text) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** The first bytes of the answer to this request; empty if there is none. */
    private static String raw(IngestFixture ingest, String text) throws Exception {
        try (Socket socket = open(ingest, text);
                InputStream in = socket.getInputStream()) {
            return new String(in.readNBytes(30), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return ""; // closed while we were still sending
        }
    }
}
