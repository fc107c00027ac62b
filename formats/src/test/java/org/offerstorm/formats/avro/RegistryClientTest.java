package org.offerstorm.formats.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.formats.testing.RegistryStub;

class RegistryClientTest {
    private static final Duration SOON = Duration.ofMillis(400);

    private final RegistryStub registry = new RegistryStub();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void a_schema_comes_with_what_it_is() {
        registry.register(7, "{\"type\":\"string\"}");
        registry.body(
                "/schemas/ids/8",
                "{\"id\":8,\"schemaType\":\"JSON\",\"references\":[{\"name\":\"a\",\"subject\":\"s\",\"x\":[1,{\"y\":2}],\"version\":3}],\"schema\":\"s\"}");
        registry.body("/schemas/ids/9", "{\"references\":[],\"more\":{\"schema\":\"no\"},\"schema\":\"s\"}");

        assertThat(client().schema(7))
                .contains(new RegistryClient.Registered("{\"type\":\"string\"}", null, List.of()));
        assertThat(client().schema(8))
                .contains(new RegistryClient.Registered("s", "JSON", List.of(new RegistryClient.Reference("s", 3))));
        assertThat(client().schema(9)).contains(new RegistryClient.Registered("s", null, List.of()));
    }

    @Test
    void the_registrys_own_word_alone_makes_an_id_unknown() {
        assertThat(client().schema(7)).isEmpty();

        registry.answerInstead(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
        assertThat(problem(client())).contains("status 404", "\"HTTP 404 Not Found\"", "is value.registry", "right?");
        registry.answerInstead(404, "<html>nothing here</html>");
        assertThat(problem(client())).contains("status 404", "is value.registry", "right?");
    }

    @ParameterizedTest
    @CsvSource({
        "500, status 500",
        "503, status 503",
        "429, status 429",
        "422, status 422",
        "302, a redirect is not followed",
        "401, it wants a user: see value.user",
        "403, it wants a user: see value.user",
        "200, is value.registry of the mapping right?",
    })
    void every_other_answer_is_an_outage_that_names_the_registry(int status, String what) {
        registry.answerInstead(status, "{}");

        assertThat(problem(client())).contains("the schema registry " + registry.url(), what);
    }

    @Test
    void an_answer_without_json_or_with_broken_json_is_an_outage() {
        for (String body : new String[] {"", "no", "[1]", "{\"schema\":\"x", "{\"references\":[[[", "{\"schema\":7}"}) {
            registry.answerInstead(200, body);
            assertThat(problem(client())).as(body).contains("not as a schema registry does");
        }
    }

    @Test
    void an_endless_answer_is_cut_off() {
        registry.answerInstead(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(blanks);
            }
        });

        assertThat(problem(client())).contains("longer than 1048576 bytes");
    }

    @Test
    void a_registry_that_is_silent_or_drips_is_given_up_after_the_deadline() {
        registry.answerInstead(exchange -> Thread.sleep(600_000));
        assertThat(timed()).contains("no answer within 0.400 s");

        registry.answerInstead(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 30_000; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(20);
            }
        });
        assertThat(timed()).contains("no answer within 0.400 s");
    }

    private String timed() {
        long begin = System.nanoTime();
        String problem = problem(new RegistryClient(new ValueFormat.Avro(registry.url(), null, null), SOON));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
        return problem;
    }

    @Test
    void a_registry_that_is_not_there_is_an_outage() {
        String url = registry.url();
        registry.stop();

        assertThat(problem(new RegistryClient(new ValueFormat.Avro(url, null, null))))
                .contains(url, "no connection", "is its address right?");
    }

    @Test
    void user_and_password_go_with_each_request_and_into_no_message() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cr:et\n");
        ValueFormat.Avro format = new ValueFormat.Avro(registry.url(), "ann", "${file:" + secret + "}");

        assertThat(new RegistryClient(format).schema(7)).isEmpty();
        assertThat(registry.authorizations())
                .containsExactly(
                        "Basic " + Base64.getEncoder().encodeToString("ann:s3cr:et".getBytes(StandardCharsets.UTF_8)));

        registry.answerInstead(401, "{\"error_code\":40101,\"message\":\"Unauthorized\"}");
        assertThat(problem(new RegistryClient(format)))
                .contains("status 401", "are user and password right")
                .doesNotContain("s3cr");
        assertThat(format.toString()).contains("ann").doesNotContain("secret");
    }

    @Test
    void a_reference_that_leads_nowhere_is_an_outage_too() {
        assertThat(problem(new RegistryClient(
                        new ValueFormat.Avro(registry.url(), "ann", "${env:OFFERSTORM_NO_SUCH_VARIABLE}"))))
                .contains(registry.url(), "${env:OFFERSTORM_NO_SUCH_VARIABLE}", "set it");
        assertThat(registry.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host, must read http",
        "host:8081, must read http",
        "http://, must read http",
        "http://h/?a=b, must read http",
        "http://ann:pw@h, must not have user and password",
    })
    void only_an_http_address_is_asked(String url, String what) {
        assertThat(problem(new RegistryClient(new ValueFormat.Avro(url, null, null))))
                .contains(what);
    }

    @Test
    void the_address_may_have_a_path_and_a_slash_at_its_end() {
        registry.body("/api/schemas/ids/7", "{\"schema\":\"s\"}");

        assertThat(new RegistryClient(new ValueFormat.Avro(registry.url() + "/api/", null, null)).schema(7))
                .isPresent();
    }

    @Test
    void many_slow_answers_do_not_keep_the_thread_for_longer_than_the_deadline() {
        AtomicLong now = new AtomicLong();
        registry.answerInstead(exchange -> {
            now.addAndGet(Duration.ofSeconds(15).toNanos());
            RegistryStub.send(exchange, 404, "{\"error_code\":40403}");
        });
        RegistryClient client =
                new RegistryClient(new ValueFormat.Avro(registry.url(), null, null), Duration.ofMinutes(1), now::get);

        assertThatThrownBy(() -> {
                    for (int id = 0; id < 100; id++) {
                        client.schema(id);
                    }
                })
                .isInstanceOf(SourceUnavailable.class)
                .hasMessageContaining("is slow");
        assertThat(registry.requests()).hasSize(5);
        assertThat(client.schema(1)).isEmpty(); // the next attempt
    }

    private RegistryClient client() {
        return new RegistryClient(new ValueFormat.Avro(registry.url(), null, null));
    }

    private static String problem(RegistryClient client) {
        return catchThrowableOfType(SourceUnavailable.class, () -> client.schema(7))
                .getMessage();
    }
}
