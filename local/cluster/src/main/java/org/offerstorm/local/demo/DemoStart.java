package org.offerstorm.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.Messages;
import org.offerstorm.local.cluster.Progress;
import org.offerstorm.tools.terminal.StopRequest;

/**
 * Starts a pipeline on a separate thread. Meanwhile the main thread watches what a start cannot: whether the user asks for the
 * end, the disk fills, or a server hangs.
 */
final class DemoStart implements StartProgress {
    private static final List<String> USUAL =
            List.of(DemoServers.REDIS, StormRun.STORM, DemoServers.KAFKA, DemoServers.SOLR, DemoServers.HDFS);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** The time that the others have to stop in order after one part has failed. */
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final List<String> parts;
    private final Set<String> up = ConcurrentHashMap.newKeySet();
    private final Consumer<String> told;
    private final Progress progress;
    private volatile Failure failure;
    private volatile boolean over;

    /**
     * Starts nothing yet.
     *
     * @param progress of this process, which has all parts
     * @param postgres whether it is one of the parts
     * @param told called for each part that is up, until {@link #await} returns
     */
    DemoStart(Progress progress, boolean postgres, Consumer<String> told) {
        this.progress = progress;
        this.parts = postgres
                ? Stream.concat(USUAL.stream(), Stream.of(DemoServers.POSTGRES)).toList()
                : USUAL;
        this.told = told;
    }

    /** Starts a pipeline, which reports to {@code progress}. */
    @FunctionalInterface
    interface Starter {
        Pipeline start(StartProgress progress) throws IOException;
    }

    /**
     * Starts, and waits.
     *
     * @return null if the user asked for the end first; the start then still continues in the background
     * @throws Failure if a part does not come up; some of them may still be running
     */
    Pipeline await(Starter starter, StopRequest stop, DiskSpace disk) throws IOException {
        CompletableFuture<Pipeline> starting = begin(starter);
        long failed = 0;
        try {
            while (true) {
                Pipeline pipeline = look(starting);
                if (pipeline != null || stop.isRequested()) {
                    return pipeline;
                }
                disk.requireToRun();
                long now = System.nanoTime();
                if (failure != null && failed == 0) {
                    failed = now;
                }
                if (failed != 0 && now - failed > STOPPING.toNanos()) {
                    throw failure;
                }
                up.forEach(progress::step);
                Optional<String> over = progress.givenUp();
                if (over.isPresent()) {
                    throw failure != null ? failure : Failure.unreachable(notUp(over.get()), null);
                }
            }
        } finally {
            over = true;
        }
    }

    @Override
    public void up(String part) {
        up.add(part);
        if (!over) {
            told.accept(part);
        }
    }

    @Override
    public void failed(Failure why) {
        failure = why;
    }

    private CompletableFuture<Pipeline> begin(Starter starter) {
        CompletableFuture<Pipeline> starting = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        starting.complete(starter.start(this));
                    } catch (IOException | RuntimeException | Error e) {
                        starting.completeExceptionally(e);
                    }
                },
                "start");
        thread.setDaemon(true);
        thread.start();
        return starting;
    }

    private Pipeline look(CompletableFuture<Pipeline> starting) throws IOException {
        try {
            return starting.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.interrupted("interrupted while the servers start", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure known) {
                throw known;
            }
            throw Failure.unreachable(missing() + " did not start: " + Messages.of(e.getCause()), e.getCause());
        }
    }

    private String notUp(String why) {
        return missing() + " did not come up: " + why + ". If this machine is busy, wait longer with --wait";
    }

    private String missing() {
        List<String> missing = parts.stream().filter(part -> !up.contains(part)).toList();
        return missing.isEmpty() ? "the servers are up, but the topology" : String.join(", ", missing);
    }
}
