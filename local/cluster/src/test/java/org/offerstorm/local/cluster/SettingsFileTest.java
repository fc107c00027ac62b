package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers read is what was written, also in a directory with an unusual name. */
class SettingsFileTest {
    private static final String DIRECTORY = "/home/zo\u00eb/R&D <\u4ed5\u4e8b>/c:\\x";

    @TempDir
    private Path temp;

    @Test
    void properties_are_read_as_kafka_and_zookeeper_do() throws Exception {
        Path file = temp.resolve("kafka.properties");
        SettingsFile.properties(file, Map.of("log.dirs", DIRECTORY, "node.id", 1));

        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
        }
        assertThat(read).containsOnly(Map.entry("log.dirs", DIRECTORY), Map.entry("node.id", "1"));
    }

    @Test
    void xml_is_read_as_hadoop_does() throws Exception {
        Path file = temp.resolve("core-site.xml");
        SettingsFile.hadoop(file, Map.of("hadoop.tmp.dir", DIRECTORY));

        Configuration read = new Configuration(false);
        read.addResource(file.toUri().toURL());
        assertThat(read.get("hadoop.tmp.dir")).isEqualTo(DIRECTORY);
    }
}
