package org.offerstorm.local.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.local.servers.EmbeddedKafka;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.EmbeddedSolr;
import org.offerstorm.sinks.solr.Configset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that the topology works on, each with its data in a directory of its name. They know nothing of one another, so they start
 * and stop side by side. Started and closed by one thread.
 */
final class DemoServers implements AutoCloseable {
    static final String KAFKA = "kafka";
    static final String REDIS = "redis";
    static final String SOLR = "solr";
    static final String HDFS = "hdfs";
    static final String POSTGRES = "postgres";

    private static final Logger log = LoggerFactory.getLogger(DemoServers.class);

    private final Map<String, AutoCloseable> running = new ConcurrentHashMap<>();

    private DemoServers() {}

    /**
     * Starts them all and waits until each answers.
     *
     * @param postgres also one that only some demos have
     * @param progress called for each server when it is up, or does not come up
     * @throws Failure if one does not start; the others are stopped again
     */
    static DemoServers start(DataDirectory directory, Ports ports, boolean postgres, StartProgress progress) {
        DemoServers servers = new DemoServers();
        List<CompletableFuture<Void>> starts = new ArrayList<>(List.of(
                servers.start(HDFS, directory, ports, EmbeddedHdfs::start, hdfs -> port(hdfs.uri()), progress),
                servers.start(
                        SOLR,
                        directory,
                        ports,
                        (home, port) -> EmbeddedSolr.start(home, port, Configset::copyTo),
                        solr -> port(solr.url()),
                        progress),
                servers.start(KAFKA, directory, ports, EmbeddedKafka::start, EmbeddedKafka::port, progress),
                servers.start(REDIS, directory, ports, EmbeddedRedis::start, redis -> port(redis.uri()), progress)));
        if (postgres) {
            starts.add(servers.start(
                    POSTGRES, directory, ports, EmbeddedPostgres::start, EmbeddedPostgres::port, progress));
        }
        Throwable failure = null;
        for (CompletableFuture<Void> start : starts) {
            try {
                start.join();
            } catch (CompletionException e) {
                if (failure == null) {
                    failure = e.getCause();
                } else {
                    failure.addSuppressed(e.getCause());
                }
            }
        }
        if (failure == null) {
            return servers;
        }
        servers.close();
        if (failure instanceof Failure known) {
            throw known;
        }
        throw Failure.unreachable(failure.getMessage(), failure);
    }

    EmbeddedKafka kafka() {
        return (EmbeddedKafka) running.get(KAFKA);
    }

    EmbeddedRedis redis() {
        return (EmbeddedRedis) running.get(REDIS);
    }

    Optional<EmbeddedPostgres> postgres() {
        return Optional.ofNullable((EmbeddedPostgres) running.get(POSTGRES));
    }

    EmbeddedSolr solr() {
        return (EmbeddedSolr) running.get(SOLR);
    }

    EmbeddedHdfs hdfs() {
        return (EmbeddedHdfs) running.get(HDFS);
    }

    /** Stops them all; their users must have ended before. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> stops = new ArrayList<>();
        for (String name : running.keySet()) {
            stops.add(inThread("stop-" + name, () -> {
                try {
                    running.remove(name).close();
                } catch (Exception e) {
                    log.warn("{} did not stop in order", name, e);
                }
            }));
        }
        stops.forEach(CompletableFuture::join);
    }

    private <T extends AutoCloseable> CompletableFuture<Void> start(
            String name,
            DataDirectory directory,
            Ports ports,
            Starter<T> starter,
            ToIntFunction<T> port,
            StartProgress progress) {
        return inThread("start-" + name, () -> {
            Path data = directory.resolve(name);
            try {
                T server = ports.start(name, at -> starter.start(data, at));
                running.put(name, server);
                ports.remember(name, port.applyAsInt(server));
                progress.up(name);
            } catch (Failure e) {
                progress.failed(e);
                throw e;
            } catch (Exception e) {
                log.error("{} does not start", name, e);
                Failure failure = Failure.unreachable(name + " does not start in " + data + ": " + e.getMessage(), e);
                progress.failed(failure);
                throw failure;
            }
        });
    }

    private static int port(String uri) {
        return URI.create(uri).getPort();
    }

    private static CompletableFuture<Void> inThread(String name, Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, name).start());
    }

    private interface Starter<T> {
        T start(Path directory, int port) throws Exception;
    }
}
