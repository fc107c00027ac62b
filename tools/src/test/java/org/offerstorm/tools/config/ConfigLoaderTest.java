package org.offerstorm.tools.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

class ConfigLoaderTest {
    @TempDir
    private Path directory;

    @Test
    void a_dry_run_has_no_sink() throws IOException {
        Path file = write("dry.yaml", "sinks: [none]\n");
        assertThat(ConfigLoader.load(file, Map.of()).sinks()).isEmpty();
        assertThat(ConfigLoader.resolve(List.of(), List.of("sinks=none")).show())
                .contains("sinks: [none]");
        assertThatThrownBy(() -> ConfigLoader.resolve(List.of(), List.of("sinks=redis,none")))
                .hasMessageContaining("none must be the only entry");
    }

    @Test
    void the_defaults_are_sound() {
        OfferstormConfig config = ConfigLoader.defaults();

        assertThat(config.sinks()).containsExactly(Hdfs.KIND, Solr.KIND, Redis.KIND);
        assertThat(config.of(Hdfs.KIND).rollSizeBytes()).isEqualTo(128L << 20);
        assertThat(config.of(Redis.KIND).expectedOffers()).isEqualTo(1_000_000);
        assertThat(config.topology().messageTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.source().properties()).isEmpty();
    }

    @Test
    void a_file_changes_only_what_it_names_and_single_settings_win_over_it() throws IOException {
        Path file = write("my.yaml", "redis:\n  timeout: 500 ms\nsinks: [redis]\nsource:\n  epoch: 2\n");

        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("source.epoch", "3");
        settings.put("sinks", "[redis, solr]");
        settings.put("source.properties.security.protocol", "SSL");
        OfferstormConfig config = ConfigLoader.load(file, settings);

        assertThat(config.of(Redis.KIND).timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.of(Redis.KIND).tag()).isEqualTo("offerstorm");
        assertThat(config.source().epoch()).isEqualTo(3);
        assertThat(config.sinks()).containsExactlyInAnyOrder(Redis.KIND, Solr.KIND);
        assertThat(config.source().properties()).containsEntry("security.protocol", "SSL");
    }

    @Test
    void a_later_file_is_laid_over_an_earlier_one_key_by_key() throws IOException {
        Path base = write(
                "base.yaml",
                "source:\n  group: a\n  properties:\n    security.protocol: SSL\n    fetch.min.bytes: 1\nsinks: [hdfs]\n");
        Path site =
                write("site.yaml", "source:\n  topic: t\n  properties: {fetch.min.bytes: 9}\nsinks: [solr, redis]\n");

        OfferstormConfig config = ConfigLoader.resolve(List.of(base, site), List.of("topology.name=x", "sinks=redis"))
                .config();

        assertThat(config.source().group()).isEqualTo("a");
        assertThat(config.source().topic()).isEqualTo("t");
        assertThat(config.source().properties())
                .containsExactly(Map.entry("security.protocol", "SSL"), Map.entry("fetch.min.bytes", "9"));
        assertThat(config.sinks()).containsExactly(Redis.KIND);
        assertThat(config.topology().name()).isEqualTo("x");
    }

    @Test
    void a_file_without_anything_and_sections_without_anything_are_the_defaults() throws IOException {
        for (String nothing :
                List.of("", "# later\n", "---\n", "redis:\n# timeout: 2 s\nsource:\n  properties:\n", "{}")) {
            assertThat(ConfigLoader.load(write("my.yaml", nothing), Map.of())).isEqualTo(ConfigLoader.defaults());
        }
        Path bom = write("bom.yaml", "\uFEFFsinks: [redis]\r\n");
        assertThat(ConfigLoader.load(bom, Map.of()).sinks()).containsExactly(Redis.KIND);
    }

    @Test
    void what_was_shown_can_be_read_again() throws IOException {
        List<String> settings = List.of(
                "source.bootstrap-servers=a:1, b:2",
                "source.group=#1: x'\"\\".replace(' ', '_'),
                "source.properties.client.rack=  ",
                "source.properties.x.y=null",
                "hdfs.properties.a: b=- # \u00e9\u2028\t",
                "redis.uri=redis://ann:${file:/a b}@h:1/2",
                "topology.name=123",
                "sinks=solr");
        ResolvedConfig resolved = ConfigLoader.resolve(List.of(), settings);

        Path shown = write("shown.yaml", resolved.show());

        assertThat(ConfigLoader.load(shown, Map.of())).isEqualTo(resolved.config());
    }

    @Test
    void hostile_files_cost_no_more_than_their_length() throws IOException {
        Path bomb = write(
                "bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\n");
        assertProblem(bomb, bomb + ":2:8: aliases (*name) are not followed; write the value out");

        Path self = write("self.yaml", "a: &a\n  b: *a\n");
        assertProblem(self, self + ":2:6: aliases (*name) are not followed; write the value out");

        Path deep = write("deep.yaml", "[".repeat(YamlFile.MAX_BYTES));
        assertProblem(deep, deep + ":1:11: nests deeper than 10; the configuration has three levels");

        Path huge = write("huge.yaml", "#".repeat(YamlFile.MAX_BYTES + 1));
        assertProblem(huge, huge + ": is longer than 256 KiB; is it a configuration?");

        Path many = write("many.yaml", "k: 1\n".repeat(YamlFile.MAX_BYTES / 5));
        assertThatThrownBy(() -> ConfigLoader.load(many, Map.of())).isInstanceOfSatisfying(ConfigException.class, e -> {
            assertThat(e.problems()).hasSize(101).last().isEqualTo("… and 52328 more");
            assertThat(e.count()).isEqualTo(52_428);
        });

        Path typed = write("typed.yaml", "redis: !!javax.script.ScriptEngineManager [x]\nsinks: !x [redis]\n");
        assertProblem(typed, typed + ":1:8: tags (!name) are not read; remove it");
    }

    private static void assertProblem(Path file, String problem) {
        assertThatThrownBy(() -> ConfigLoader.load(file, Map.of()))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).containsExactly(problem));
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml);
    }
}
