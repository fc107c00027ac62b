package org.offerstorm.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final String ANNS = "0123456789abcdef";
    private static final String BOBS = "fedcba9876543210";

    @TempDir
    private Path directory;

    @Test
    void a_key_has_its_owner_and_another_text_none() throws IOException {
        ApiKeys keys = annsAndBobs();

        assertThat(keys.isEmpty()).isFalse();
        assertThat(keys.ofBearer("Bearer " + ANNS)).hasValue("ann");
        assertThat(keys.ofBearer("bEARER   " + BOBS + " ")).hasValue("bob");
        assertThat(keys.ofBearer(null)).isEmpty();
        for (String wrong : new String[] {
            "",
            "Bearer",
            "Bearer ",
            ANNS,
            "Bearer" + ANNS,
            "Bearer " + ANNS + "0",
            "Bearer 0123456789abcdeF",
            basic("ann", ANNS)
        }) {
            assertThat(keys.ofBearer(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void a_password_is_a_key_whoever_the_user_is() throws IOException {
        ApiKeys keys = annsAndBobs();

        assertThat(keys.ofBearerOrBasic("Bearer " + ANNS)).hasValue("ann");
        assertThat(keys.ofBearerOrBasic(basic("bob", ANNS))).hasValue("ann");
        assertThat(keys.ofBearerOrBasic(basic("", BOBS))).hasValue("bob");
        assertThat(keys.ofBearerOrBasic(basic("Z\u00f6e", BOBS).replace("Basic", "BASIC")))
                .hasValue("bob");
        assertThat(keys.ofBearerOrBasic(null)).isEmpty();
        for (String wrong : new String[] {
            "Basic",
            "Basic ",
            basic("ann", ""),
            basic("ann", ANNS + "\n"),
            basic(ANNS, "ann"),
            "Basic " + Base64.getEncoder().encodeToString(ANNS.getBytes(UTF_8)),
            "Basic ann:" + ANNS,
            "Basic %%%",
            "Basic \u00ff",
            "Digest " + ANNS
        }) {
            assertThat(keys.ofBearerOrBasic(wrong)).as(wrong).isEmpty();
        }
        assertThat(keys.ofBearerOrBasic(basic("ann", "x".repeat(100_000)))).isEmpty();
        assertThat(keys.ofBearerOrBasic("Basic " + "=".repeat(100_000))).isEmpty();
    }

    @Test
    void a_password_may_have_colons() throws IOException {
        ApiKeys keys = new ApiKeys("dashboard.keys", Map.of("ann", file("ann", "a:b:0123456789abc")));

        assertThat(keys.ofBearerOrBasic(basic("ann", "a:b:0123456789abc"))).hasValue("ann");
    }

    @Test
    void without_keys_everybody_may_send() {
        ApiKeys none = new ApiKeys("dashboard.keys", Map.of());

        assertThat(none.isEmpty()).isTrue();
        for (String any : new String[] {null, "", "Bearer x", "Basic %%%"}) {
            assertThat(none.ofBearer(any)).hasValue(ApiKeys.ANYBODY);
            assertThat(none.ofBearerOrBasic(any)).hasValue(ApiKeys.ANYBODY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcde", "0123456789 abcdef", "0123456789abcd\u00e9\u00e9"})
    void a_key_that_is_easy_to_guess_or_hard_to_send_is_refused(String key) throws IOException {
        Map<String, String> references = Map.of("ann", file("ann", key));

        assertThatThrownBy(() -> new ApiKeys("dashboard.keys", references))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key that dashboard.keys.ann names must have at least 16 characters, ASCII without"
                        + " blanks; make one with 'openssl rand -hex 24'");
    }

    @Test
    void one_key_for_two_is_refused_without_saying_it() throws IOException {
        Map<String, String> references = Map.of("ann", file("ann", ANNS), "bob", file("bob", ANNS));

        assertThatThrownBy(() -> new ApiKeys("ingest.keys", references))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "the key that ingest\\.keys\\.(ann|bob) names is also that of another name; give each its own");
    }

    @Test
    void a_reference_that_leads_nowhere_is_named() {
        assertThatThrownBy(() -> new ApiKeys("ingest.keys", Map.of("ann", "${env:OFFERSTORM_NO_SUCH_KEY}")))
                .isInstanceOf(Secrets.Unresolved.class)
                .hasMessageContaining("${env:OFFERSTORM_NO_SUCH_KEY}");
    }

    private ApiKeys annsAndBobs() throws IOException {
        return new ApiKeys("dashboard.keys", Map.of("ann", file("ann", ANNS), "bob", file("bob", BOBS)));
    }

    private String file(String name, String key) throws IOException {
        return "${file:" + Files.writeString(directory.resolve(name), key + "\n") + "}";
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
}
