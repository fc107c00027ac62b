package org.offerstorm.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.OfferstormConfig.SinkName;

class ConfigLoaderTest {
    @TempDir
    private Path directory;

    @Test
    void the_file_in_conf_holds_every_option_with_its_default() {
        OfferstormConfig config = ConfigLoader.defaults();

        assertThat(config).hasNoNullFieldsOrProperties();
        assertThat(config.source()).hasNoNullFieldsOrProperties();
        assertThat(config.deadLetters()).hasNoNullFieldsOrProperties();
        assertThat(config.redis()).hasNoNullFieldsOrProperties();
        assertThat(config.solr()).hasNoNullFieldsOrProperties();
        assertThat(config.hdfs()).hasNoNullFieldsOrProperties();
        assertThat(config.topology()).hasNoNullFieldsOrProperties();
        assertThat(config.sinks()).containsExactlyInAnyOrder(SinkName.values());
        assertThat(config.hdfs().rollSizeBytes()).isEqualTo(128L << 20);
        assertThat(config.topology().messageTimeout()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void a_file_changes_only_what_it_names_and_single_settings_win_over_it() throws IOException {
        Path file = write("redis:\n  timeout: 500 ms\nsinks: [redis]\nsource:\n  epoch: 2\n");

        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("source.epoch", "3");
        settings.put("sinks", "[redis, solr]");
        settings.put("source.properties.security.protocol", "SSL");
        OfferstormConfig config = ConfigLoader.load(file, settings);

        assertThat(config.redis().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.redis().tag()).isEqualTo("offerstorm");
        assertThat(config.source().epoch()).isEqualTo(3);
        assertThat(config.sinks()).containsExactlyInAnyOrder(SinkName.REDIS, SinkName.SOLR);
        assertThat(config.source().properties()).containsEntry("security.protocol", "SSL");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "redis: {timout: 5 s}      | redis.timout: unknown key; known here: expected-offers, tag, timeout, uri",
                "redis: {timeout: 5 sheep} | '5 sheep' is no duration; write 500 ms",
                "hdfs: {roll-size: 7 MB}   | '7 MB' is no size; write 512 B, 64 KiB",
                "sinks: [tape]             | sinks",
                "redis: {timeout: 5 s      | not YAML",
                "just words                | must hold keys and values",
                "source: {epoch: many}     | source.epoch",
            })
    void what_cannot_be_used_is_told_with_file_and_place(String yaml, String message) throws IOException {
        Path file = write(yaml);

        assertThatThrownBy(() -> ConfigLoader.load(file, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void a_missing_file_and_a_setting_that_leads_nowhere_are_told() {
        Path missing = directory.resolve("missing.yaml");

        assertThatThrownBy(() -> ConfigLoader.load(missing, Map.of())).hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> ConfigLoader.load(null, Map.of("rediss.uri", "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no 'rediss'; known here: source, dead-letters");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("my.yaml"), yaml);
    }
}
