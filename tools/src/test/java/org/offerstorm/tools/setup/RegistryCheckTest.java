package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.config.ConfigLoader;

class RegistryCheckTest {
    @TempDir
    private Path directory;

    @Test
    void a_registry_is_looked_at_if_the_mapping_names_one() throws IOException {
        assertThat(checks("offer: {name: t}\nvalue: {format: avro, registry: 'http://h:8081'}\n"))
                .filteredOn(check -> check.name().equals("schema registry"))
                .singleElement()
                .satisfies(check -> assertThat(check.where()).isEqualTo("http://h:8081"));
        assertThat(checks("offer: {name: t}\n")).extracting(Check::name).doesNotContain("schema registry");
        assertThat(Checks.of(ConfigLoader.defaults())).extracting(Check::name).doesNotContain("schema registry");
    }

    @Test
    void a_mapping_that_cannot_be_read_is_wrong_usage() {
        assertThatThrownBy(() -> checks("offer: {}\n"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(Failure.USAGE))
                .hasMessageContaining("has no name");
    }

    private List<Check> checks(String mapping) throws IOException {
        Path file = Files.writeString(directory.resolve("m.yaml"), mapping);
        return Checks.of(ConfigLoader.load(null, Map.of("source.mapping", file.toString())));
    }
}
