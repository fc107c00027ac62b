package org.offerstorm.tools.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of targets. */
class TargetsFileTest {
    private static final List<ScrapeTarget> TARGETS = List.of(
            ScrapeTarget.worker("storm-1", 16700, "offers"),
            ScrapeTarget.worker("fe80::1", 16701, "offers"),
            ScrapeTarget.dashboard("127.0.0.1:8080"));

    @TempDir
    private Path directory;

    @Test
    void what_is_written_is_read_and_has_the_form_of_prometheus() throws IOException {
        Path file = directory.resolve("targets.json");
        assertThat(TargetsFile.write(file, TARGETS)).isTrue();

        assertThat(TargetsFile.read(file)).isEqualTo(TARGETS);
        assertThat(Files.readString(file).replaceAll("\\s", ""))
                .isEqualTo("[{\"targets\":[\"storm-1:16700\",\"[fe80::1]:16701\"],"
                        + "\"labels\":{\"role\":\"worker\",\"topology\":\"offers\"}},"
                        + "{\"targets\":[\"127.0.0.1:8080\"],\"labels\":{\"role\":\"dashboard\"}}]");
    }

    @Test
    void an_equal_list_leaves_the_file_alone_and_another_replaces_it_whole() throws IOException {
        Path file = directory.resolve("targets.json");
        TargetsFile.write(file, TARGETS);
        Object before = Files.readAttributes(file, "unix:ino").get("ino");

        assertThat(TargetsFile.write(file, TARGETS)).isFalse();
        assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(before);
        assertThat(TargetsFile.write(file, List.of())).isTrue();
        assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isNotEqualTo(before);
        assertThat(TargetsFile.read(file)).isEmpty();
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whoever_may_be_a_worker_is_asked() throws IOException {
        Path file = directory.resolve("targets.json");
        TargetsFile.write(
                file,
                List.of(ScrapeTarget.worker("h", 1, "t"), ScrapeTarget.slot("h", 2), ScrapeTarget.dashboard("h:3")));

        assertThat(ConfiguredTargets.addressesOfWorkers(file.toString())).containsExactly("h:1", "h:2");
        assertThat(ConfiguredTargets.addressesOfWorkers("h:1, [::1]:2")).containsExactly("h:1", "[::1]:2");
        assertThat(ConfiguredTargets.addressesOfWorkers("none")).isEmpty();
    }

    @Test
    void a_file_that_somebody_else_wrote_lists_workers() throws IOException {
        Path file = Files.writeString(directory.resolve("own.json"), "[{\"targets\":[\"h:1\"]}]");

        assertThat(TargetsFile.read(file)).containsExactly(ScrapeTarget.worker("h", 1, ""));
    }

    @Test
    void messages_name_the_file_and_what_is_wrong() throws IOException {
        Path missing = directory.resolve("no/targets.json");
        assertThatThrownBy(() -> TargetsFile.write(missing, TARGETS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> TargetsFile.read(missing)).hasMessageContaining("cannot be read");
        Path text = Files.writeString(directory.resolve("text"), "workers: 1");
        assertThatThrownBy(() -> TargetsFile.read(text)).hasMessageContaining("is not JSON");
        Path object = Files.writeString(directory.resolve("object"), "{}");
        assertThatThrownBy(() -> TargetsFile.read(object)).hasMessageContaining("is not a list of targets");
    }
}
