package org.offerstorm.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @Test
    void replaces_variables_and_files_wherever_they_stand(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "p$1\n");

        assertThat(Secrets.resolve("a ${env:USER_NAME}:${file:" + file + "} z", Map.of("USER_NAME", "ann")::get))
                .isEqualTo("a ann:p$1 z");
    }

    @Test
    void leaves_other_text_alone() {
        assertThat(Secrets.resolve(Map.of("k", "$5 ${other} {env:X}"))).containsEntry("k", "$5 ${other} {env:X}");
    }

    @Test
    void says_which_reference_cannot_be_resolved() {
        assertThatThrownBy(() -> Secrets.resolve("${env:NO_SUCH}", name -> null))
                .hasMessageContaining("${env:NO_SUCH}");
        assertThatThrownBy(() -> Secrets.resolve("${file:/no/such}")).hasMessageContaining("${file:/no/such}");
    }

    @Test
    void escapes_what_becomes_a_part_of_a_quoted_text_of_jaas(@TempDir Path directory) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "a\"b\\c\n");
        Path whole = Files.writeString(directory.resolve("whole"), "x.Login required password=\"d\";\n");

        assertThat(Secrets.resolve(
                        Map.of("sasl.jaas.config", "x.Login required password=\"${file:" + password + "}\";")))
                .containsEntry("sasl.jaas.config", "x.Login required password=\"a\\\"b\\\\c\";");
        assertThat(Secrets.resolve(Map.of("sasl.jaas.config", "${file:" + whole + "}")))
                .containsEntry("sasl.jaas.config", "x.Login required password=\"d\";");
        assertThat(Secrets.resolve(Map.of("ssl.key.password", "${file:" + password + "}")))
                .containsEntry("ssl.key.password", "a\"b\\c");
    }

    @Test
    void encodes_what_becomes_a_part_of_a_uri_and_takes_a_whole_uri_as_it_is(@TempDir Path directory)
            throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "p@ss:w/rd #1%\u00e9\n");
        Path whole = Files.writeString(directory.resolve("uri"), "redis://:a%20b@host:1\n");

        URI uri = URI.create(Secrets.resolveUri("redis://ann:${file:" + password + "}@host:1/2"));
        assertThat(uri.getUserInfo()).isEqualTo("ann:p@ss:w/rd #1%\u00e9");
        assertThat(uri.getHost()).isEqualTo("host");
        assertThat(Secrets.resolveUri("${file:" + whole + "}")).isEqualTo("redis://:a%20b@host:1");
        assertThat(Secrets.resolveUri("redis://host:1")).isEqualTo("redis://host:1");
    }

    @Test
    void tells_references_from_other_text() {
        assertThat(Secrets.isReference("${env:A}")).isTrue();
        assertThat(Secrets.isReference("x${env:A}")).isFalse();
        assertThat(Secrets.replaceReferences("a${env:A}b${file:/c}", "*")).isEqualTo("a*b*");
    }
}
