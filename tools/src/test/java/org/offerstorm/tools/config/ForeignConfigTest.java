package org.offerstorm.tools.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files given for a configuration that are none: each is named, with what to type. */
class ForeignConfigTest {
    private static final String YAML = "source:\n  topic: offers\n";

    @TempDir
    private Path directory;

    @Test
    void another_encoding_and_packed_files_are_named() throws IOException {
        Path file = directory.resolve("my.yaml");
        assertThat(problem(file, YAML.getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("is UTF-16; convert it: iconv -f UTF-16LE -t UTF-8 " + file + " > new.yaml");
        assertThat(problem(file, YAML.getBytes(StandardCharsets.UTF_16))).contains("iconv -f UTF-16 -t UTF-8 " + file);
        assertThat(problem(file, new byte[] {0x1F, (byte) 0x8B, 8, 0}))
                .isEqualTo("is gzip data; convert it: gzip -dc " + file + " > new.yaml");
        assertThat(problem(file, "%PDF-1.7".getBytes(UTF_8)))
                .isEqualTo("is a PDF; a configuration is text, as conf/offerstorm.yaml");
        assertThat(problem(file, "<!DOCTYPE html><html>".getBytes(UTF_8))).startsWith("is a web page (HTML);");
    }

    @Test
    void json_is_yaml() throws Exception {
        Path file = Files.writeString(directory.resolve("my.yaml"), "{\n  \"source\": {\"topic\": \"offers\"}\n}\n");
        assertThat(YamlFile.read(file, Origin.file(0, file.toString()))).isNotNull();
    }

    private static String problem(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            YamlFile.read(file, Origin.file(0, file.toString()));
        } catch (YamlFile.Unreadable e) {
            return e.problem().message();
        }
        throw new AssertionError(file + " was read");
    }
}
