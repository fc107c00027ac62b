package org.offerstorm.local.trials.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.cluster.CommandRunner;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.config.ConfigLoader;

/** A consumer group and stores that nobody has used: where one run starts with nothing. */
final class Stores {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final CommandRunner commands;
    private final Path configuration;
    private final List<String> settings;

    /**
     * @param number makes their names
     * @param sinks {@code none}, or names separated by commas
     * @param more settings, {@code KEY=VALUE}
     */
    Stores(CommandRunner commands, Path configuration, int number, String sinks, List<String> more) {
        this.commands = commands;
        this.configuration = configuration;
        this.settings = new ArrayList<>(List.of(
                "sinks=" + sinks,
                "source.group=bench-" + number,
                "redis.tag=bench-" + number,
                "postgres.schema=bench_" + number,
                "hdfs.directory=/bench-" + number,
                "solr.core=bench-" + number));
        settings.addAll(more);
    }

    /** Makes them, and the topic if there is none. */
    void make(String... options) {
        List<String> setup = command("setup");
        setup.addAll(List.of(options));
        commands.must(setup);
    }

    /** Frees Solr's memory and disk; the others' remains cost nothing. */
    void drop() throws IOException {
        OfferstormConfig config = config();
        if (!config.sinks().contains(Solr.KIND)) {
            return;
        }
        URI unload = URI.create(config.of(Solr.KIND).url() + "/admin/cores?action=UNLOAD&deleteInstanceDir=true&core="
                + config.of(Solr.KIND).core());
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(unload).timeout(TIMEOUT).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(unload + " answers " + answer.statusCode() + ": " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    OfferstormConfig config() {
        return ConfigLoader.resolve(List.of(configuration), settings).config();
    }

    /** A command with the configuration that leads to them: {@code name --config FILE -c KEY=VALUE …} */
    List<String> command(String name) {
        List<String> words = new ArrayList<>(List.of(name, "--config", configuration.toString()));
        settings.forEach(setting -> words.addAll(List.of("-c", setting)));
        return words;
    }

    /** The same for a {@link Neighbour}: the file, then {@code KEY=VALUE …} */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(configuration.toString()));
        arguments.addAll(settings);
        return arguments;
    }
}
