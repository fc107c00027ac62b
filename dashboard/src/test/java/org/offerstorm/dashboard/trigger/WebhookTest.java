package org.offerstorm.dashboard.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.TriggersConfig;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.trigger.Channel;
import org.offerstorm.local.servers.testing.TestCertificate;

/** Events against a receiver that fails, refuses or is slow. */
class WebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private HttpServer receiver;
    private Outbox webhook;
    private volatile boolean slow;
    /** Answered when {@link #answers} has none. */
    private volatile int usual = 204;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                if (slow) {
                    open.await(1, TimeUnit.MINUTES);
                }
                Integer answer = answers.poll();
                exchange.sendResponseHeaders(answer == null ? usual : answer, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        receiver.start();
        webhook = Outbox.start(
                "hook",
                Channel.Form.GENERIC,
                sender("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"),
                Duration.ofMillis(5));
    }

    @AfterEach
    void end() {
        open.countDown();
        webhook.close();
        receiver.stop(0);
    }

    @Test
    void an_event_is_sent_as_json() throws InterruptedException {
        webhook.send(event("a", "count(Arts \"&\" <crafts>, EU) > 5"));

        assertThat(next())
                .isEqualTo("{\"schema\":1,\"id\":\"a\",\"trigger\":\"many\","
                        + "\"rule\":\"count(Arts \\\"&\\\" <crafts>, EU) > 5\",\"event\":\"fired\",\"value\":7,"
                        + "\"at\":\"1970-01-01T00:00:00.009Z\",\"text\":\"Trigger many fired:"
                        + " count(Arts \\\"&\\\" <crafts>, EU) > 5, it is 7\"}");
    }

    @Test
    void an_event_that_is_not_taken_is_sent_again_and_the_next_waits_for_it() throws InterruptedException {
        answers.add(500);
        answers.add(503);
        answers.add(429);

        webhook.send(event("a", "r"));
        webhook.send(event("b", "r"));

        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(next()).contains("\"id\":\"a\"");
        }
        assertThat(next()).contains("\"id\":\"b\"");
    }

    @Test
    void a_signed_message_is_as_standard_webhooks_has_it(@TempDir Path directory) throws Exception {
        byte[] key = "0123456789abcdefghijklmn".getBytes(StandardCharsets.US_ASCII);
        Path file = Files.writeString(
                directory.resolve("key"), "whsec_" + Base64.getEncoder().encodeToString(key) + "\n");
        BlockingQueue<Headers> seen = new LinkedBlockingQueue<>();
        receiver.createContext("/signed", exchange -> {
            seen.add(exchange.getRequestHeaders());
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        String address = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/signed";
        Sender signed = Outbox.sender(
                Channel.parse(address), "triggers.webhook", new Signer("${file:" + file + "}"), Tls.OF_JAVA);

        assertThat(signed.send(event("a", "r"))).isNull();
        Headers headers = seen.take();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] expected = mac.doFinal(
                ("a." + headers.getFirst("webhook-timestamp") + "." + next()).getBytes(StandardCharsets.UTF_8));
        assertThat(headers.getFirst("webhook-id")).isEqualTo("a");
        assertThat(headers.getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(expected));
        assertThat(Long.parseLong(headers.getFirst("webhook-timestamp")))
                .isCloseTo(Instant.now().getEpochSecond(), within(600L));

        Files.writeString(file, "short");
        assertThat(signed.send(event("b", "r")))
                .contains("triggers.signing-key", "whsec_", "24 to 64 random bytes")
                .doesNotContain("short");
        assertThat(seen).isEmpty();
    }

    @Test
    void a_refusal_is_final() throws InterruptedException {
        answers.add(404);

        webhook.send(event("a", "r"));
        webhook.send(event("b", "r"));

        assertThat(next()).contains("\"id\":\"a\"");
        assertThat(next()).contains("\"id\":\"b\"");
    }

    @Test
    void what_waits_is_bounded_and_the_oldest_goes_first() throws InterruptedException {
        slow = true;
        webhook.send(event("first", "r"));
        assertThat(next()).contains("\"id\":\"first\"");

        for (int i = 0; i < Outbox.WAITING + 3; i++) {
            webhook.send(event("e" + i, "r"));
        }
        slow = false;
        open.countDown();

        String after = next();
        while (after.contains(
                "\"id\":\"first\"")) { // sent again, if the machine paused for longer than the webhook waits
            after = next();
        }
        assertThat(after).contains("\"id\":\"e3\"");
    }

    @Test
    void what_was_not_taken_is_counted_as_waiting_with_the_time_of_the_oldest() throws InterruptedException {
        long begin = System.currentTimeMillis();
        slow = true;
        webhook.send(event("a", "r"));
        assertThat(next()).contains("\"id\":\"a\"");
        ChannelState one = webhook.state();
        webhook.send(event("b", "r"));
        ChannelState two = webhook.state();

        assertThat(one.waiting()).isEqualTo(1);
        assertThat(one.waitingSince()).isBetween(begin, System.currentTimeMillis());
        assertThat(one.waitingSeconds(one.waitingSince() + 61_000)).isEqualTo(61);
        assertThat(two.waiting()).isEqualTo(2);
        assertThat(two.waitingSince()).isEqualTo(one.waitingSince());

        slow = false;
        open.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> webhook.state().waiting() == 0);
        assertThat(webhook.state().waitingSince()).isZero();
        assertThat(webhook.state().waitingSeconds(System.currentTimeMillis())).isZero();
    }

    @Test
    void an_alert_that_cannot_be_repeated_waits_though_it_was_given_up() throws InterruptedException {
        usual = 400;
        Outbox alertmanager = Outbox.start(
                "oncall",
                Channel.Form.ALERTMANAGER,
                sender("alertmanager http://127.0.0.1:" + receiver.getAddress().getPort()),
                Duration.ofMillis(5),
                Duration.ofMillis(20));
        try {
            alertmanager.send(event("a", "r"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> alertmanager.state().givenUp() == 1
                            && alertmanager.state().waitingSince() > 0);
            assertThat(alertmanager.state().waiting()).isZero();

            usual = 204;
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> alertmanager.state().waitingSince() == 0);
        } finally {
            alertmanager.close();
        }
    }

    @Test
    void an_alertmanager_is_sent_an_alert_again_until_it_is_over() throws Exception {
        String address = "http://127.0.0.1:" + receiver.getAddress().getPort();
        Outbox alertmanager = Outbox.start(
                "oncall",
                Channel.Form.ALERTMANAGER,
                sender("alertmanager " + address),
                Duration.ofMillis(5),
                Duration.ofMillis(20));
        try {
            answers.add(400); // for good, and still it comes again
            long begin = System.currentTimeMillis();
            alertmanager.send(event("a", "r"));
            for (int i = 0; i < 4; i++) {
                JsonNode alert = JSON.readTree(next()).path(0);
                assertThat(alert.at("/labels/alertname").asText()).isEqualTo("many");
                assertThat(alert.path("startsAt").asText()).isEqualTo("1970-01-01T00:00:00.009Z");
                assertThat(Instant.parse(alert.path("endsAt").asText()))
                        .isBetween(
                                Instant.ofEpochMilli(begin).plus(EventJson.ENDS),
                                Instant.now().plus(EventJson.ENDS));
            }

            alertmanager.send(new TriggerEvent("b", "many", "r", false, 1, 20));
            JsonNode over = JSON.readTree(next()).path(0);
            while (over.has("startsAt")) { // sent before it was over
                over = JSON.readTree(next()).path(0);
            }
            assertThat(over.path("endsAt").asText()).isEqualTo("1970-01-01T00:00:00.020Z");
            alertmanager.send(new TriggerEvent("c", "other", "r", true, 1, 30));
            for (int i = 0; i < 3; i++) {
                assertThat(JSON.readTree(next()).at("/0/labels/alertname").asText())
                        .isEqualTo("other");
            }
            assertThat(alertmanager.state())
                    .extracting(ChannelState::sent, ChannelState::givenUp, ChannelState::problem)
                    .containsExactly(2L, 1L, "");
        } finally {
            alertmanager.close();
        }
    }

    @Test
    void others_get_an_event_once() throws InterruptedException {
        for (Channel.Form form : List.of(Channel.Form.GENERIC, Channel.Form.SLACK, Channel.Form.TEAMS)) {
            Outbox chat = Outbox.start(
                    "chat",
                    form,
                    sender(form.name().toLowerCase(Locale.ROOT) + " http://127.0.0.1:"
                            + receiver.getAddress().getPort() + "/hook"),
                    Duration.ofMillis(5),
                    Duration.ofMillis(1));
            chat.send(event("a", "first"));
            assertThat(next()).contains("first");
            chat.send(event("b", "second"));
            assertThat(next()).contains("second");
            chat.close();
        }
    }

    @Test
    void a_receiver_that_is_not_trusted_gets_nothing_and_the_log_says_what_to_do(@TempDir Path directory)
            throws Exception {
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(
                TestCertificate.of(directory, "dns:localhost").shown()));
        secure.start();
        try {
            assertThat(sender("https://localhost:" + secure.getAddress().getPort() + "/T0/B0/geheim")
                            .send(event("a", "r")))
                    .contains("PKIX", "the authority of its certificate is not trusted")
                    .doesNotContain("geheim");
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void a_receiver_whose_answer_never_ends_has_taken_the_message() throws Exception {
        try (ServerSocket endless = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CountDownLatch left = new CountDownLatch(1);
            Thread receiving = new Thread(() -> drip(endless, left), "test-receiver");
            receiving.setDaemon(true);
            receiving.start();

            Sender sender = sender("http://127.0.0.1:" + endless.getLocalPort() + "/hook");
            FutureTask<String> sending = new FutureTask<>(() -> sender.send(event("a", "r")));
            Thread thread = new Thread(sending, "test-sender");
            thread.setDaemon(true);
            thread.start();

            assertThat(sending.get(1, TimeUnit.MINUTES)).isNull();
            assertThat(left.await(1, TimeUnit.MINUTES))
                    .as("the connection is closed")
                    .isTrue();
        }
    }

    private static void drip(ServerSocket server, CountDownLatch left) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write(' ');
                Thread.sleep(10);
            }
        } catch (IOException | InterruptedException e) {
            left.countDown();
        }
    }

    private static Sender sender(String address) {
        return Outbox.sender(
                Channel.parse(address), "triggers.webhook", new Signer(TriggersConfig.NOT_SIGNED), Tls.OF_JAVA);
    }

    private String next() throws InterruptedException {
        String body = received.poll(1, TimeUnit.MINUTES);
        assertThat(body).as("a request within a minute").isNotNull();
        return body;
    }

    private static TriggerEvent event(String id, String rule) {
        return new TriggerEvent(id, "many", rule, true, 7, 9);
    }
}
