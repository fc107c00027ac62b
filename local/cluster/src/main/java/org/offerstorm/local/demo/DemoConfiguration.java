package org.offerstorm.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

/** A configuration file with which other commands find the servers of a demo that runs. It is there as long as the demo. */
final class DemoConfiguration implements AutoCloseable {
    private final Path file;

    private DemoConfiguration(Path file) {
        this.file = file;
    }

    /** @param lake where the lake answers, as the option lake.serve-url has it */
    static DemoConfiguration write(Path file, Pipeline pipeline, String lake, DemoOptions options) throws IOException {
        OfferstormConfig config = pipeline.config();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("source.bootstrap-servers", config.source().bootstrapServers());
        settings.put("source.mapping", options.mapping());
        settings.put(
                "topology.professions", options.professions().toAbsolutePath().toString());
        settings.put("redis.uri", config.of(Redis.KIND).uri());
        settings.put("solr.url", config.of(Solr.KIND).url());
        settings.put("hdfs.uri", config.of(Hdfs.KIND).uri());
        pipeline.servers().postgres().ifPresent(postgres -> settings.put("postgres.url", postgres.uri()));
        settings.put("dashboard.workers", pipeline.figuresAddress());
        settings.put("lake.serve-url", lake);
        StringBuilder yaml = new StringBuilder("# Of a demo that runs; it is removed at its end.\n");
        if (!options.sinks().isEmpty()) {
            yaml.append("sinks: [").append(String.join(", ", options.sinks())).append("]\n");
        }
        sections(settings).forEach((section, values) -> {
            yaml.append(section).append(":\n");
            values.forEach((name, value) -> yaml.append("  ")
                    .append(name)
                    .append(": '")
                    .append(value.replace("'", "''"))
                    .append("'\n"));
        });
        Files.writeString(file, yaml);
        return new DemoConfiguration(file);
    }

    private static Map<String, Map<String, String>> sections(Map<String, String> settings) {
        Map<String, Map<String, String>> sections = new TreeMap<>();
        settings.forEach((path, value) -> {
            int dot = path.indexOf('.');
            sections.computeIfAbsent(path.substring(0, dot), any -> new LinkedHashMap<>())
                    .put(path.substring(dot + 1), value);
        });
        return sections;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
