package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jar is uploaded: never one that holds other classes than the build. */
class TopologyJarTest {
    @TempDir
    private Path home;

    private Path jar;
    private Path built;

    @BeforeEach
    void buildClasses() throws IOException {
        jar = home.resolve("topology/target/offerstorm-topology-9.jar");
        built = home.resolve("bolts/target/classes/org/x/A.class");
        Files.createDirectories(jar.getParent());
        Files.createDirectories(built.getParent());
        Files.writeString(built, "first");
    }

    @Test
    void a_missing_jar_is_reported_with_the_command_that_builds_it() {
        assertThatThrownBy(() -> TopologyJar.built(home, "9"))
                .hasMessageContaining(jar.toString())
                .hasMessageContaining("./mvnw");
    }

    @Test
    void the_jar_of_the_same_classes_is_taken_regardless_of_its_age() throws IOException {
        pack("first");
        Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.fromMillis(0));

        assertThat(TopologyJar.built(home, "9")).isEqualTo(jar);
    }

    @Test
    void a_jar_with_another_class_or_without_it_is_refused() throws IOException {
        pack("second");
        assertThatThrownBy(() -> TopologyJar.built(home, "9"))
                .hasMessageContaining("is older than bolts/target/classes");
        pack(null);
        assertThatThrownBy(() -> TopologyJar.built(home, "9")).hasMessageContaining("A.class");
    }

    @Test
    void the_launcher_builds_it_from_the_same_modules() throws IOException {
        assertThat(Path.of(System.getProperty("offerstorm.root"), "offerstorm"))
                .content()
                .contains("jar_modules='" + String.join(" ", TopologyJar.MODULES) + "'");
    }

    private void pack(String content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(content == null ? "org/x/B.class" : "org/x/A.class"));
            zip.write((content == null ? "" : content).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
