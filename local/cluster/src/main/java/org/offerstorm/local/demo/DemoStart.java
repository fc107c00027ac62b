package org.offerstorm.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.terminal.StopRequest;

/**
 * Starts a pipeline on a separate thread. Meanwhile the main thread watches what a start cannot: whether the user asks for the
 * end, the disk fills, or a server hangs.
 */
final class DemoStart implements StartProgress {
    /** 10 to 25 s are usual; checking the logs after a kill takes longer. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final List<String> PARTS =
            List.of(DemoServers.REDIS, StormRun.STORM, DemoServers.KAFKA, DemoServers.SOLR, DemoServers.HDFS);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** The time that the others have to stop in order after one part has failed. */
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Set<String> up = ConcurrentHashMap.newKeySet();
    private final Consumer<String> told;
    private volatile Failure failure;
    private volatile boolean over;

    /** @param told called for each part that is up, until {@link #await} returns */
    DemoStart(Consumer<String> told) {
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
        return await(starter, stop, disk, PATIENCE);
    }

    Pipeline await(Starter starter, StopRequest stop, DiskSpace disk, Duration patience) throws IOException {
        CompletableFuture<Pipeline> starting = begin(starter);
        long begin = System.nanoTime();
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
                if (now - begin > patience.toNanos()) {
                    throw Failure.unreachable(notUp(patience), null);
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

    private static Pipeline look(CompletableFuture<Pipeline> starting) throws IOException {
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
            throw Failure.unreachable(
                    "the servers do not start: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private String notUp(Duration patience) {
        List<String> missing = PARTS.stream().filter(part -> !up.contains(part)).toList();
        return (missing.isEmpty() ? "the topology" : String.join(", ", missing)) + " did not come up within "
                + patience.toSeconds() + " s. If this machine is busy, try again";
    }
}
