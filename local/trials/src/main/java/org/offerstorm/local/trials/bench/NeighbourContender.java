package org.offerstorm.local.trials.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.topology.wiring.OffersTopology;

/** A {@link Neighbour} in a separate process, with the heap and the collector that a worker has. */
final class NeighbourContender implements Contender {
    /** Of the engines' logging, which is a line for each checkpoint else. */
    private static final String QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

    private final String name;
    private final Neighbour neighbour;
    private final String classPath;
    private final Stores stores;
    private final Path log;
    private Process process;
    private Thread reader;
    private volatile long done;
    private volatile boolean closed;
    private volatile long collections;

    /** @param log takes what it writes to standard error */
    NeighbourContender(String name, Neighbour neighbour, String classPath, Stores stores, Path log) {
        this.name = name;
        this.neighbour = neighbour;
        this.classPath = classPath;
        this.stores = stores;
        this.log = log;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException {
        stores.make();
        Map<String, Object> storm = OffersTopology.stormConfig(stores.config());
        List<String> flags = new ArrayList<>(flags(storm, Config.TOPOLOGY_WORKER_CHILDOPTS));
        flags.addAll(flags(storm, Config.TOPOLOGY_WORKER_GC_CHILDOPTS));
        flags.addAll(neighbour.flags());
        flags.add(QUIET);
        process = new ProcessBuilder(JavaCommand.of(flags, classPath, neighbour.main(), stores.arguments()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        reader = new Thread(this::follow, "neighbour");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public Map<String, Integer> tasks() {
        return Map.of();
    }

    @Override
    public Reading read() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(name + " ended (exit " + process.exitValue() + "); see " + log);
        }
        return new Reading(done, Map.of(), Map.of(), collections);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        process.destroyForcibly().onExit().join();
        stores.drop();
    }

    private static List<String> flags(Map<String, Object> storm, String setting) {
        return List.of(storm.get(setting).toString().split(" ", -1));
    }

    /** Lines of two numbers: records done, milliseconds of garbage collections. */
    private void follow() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length == 2 && words[0].matches("[0-9]+")) {
                    collections = Long.parseLong(words[1]);
                    done = Long.parseLong(words[0]);
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
