package org.offerstorm.topology.metrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.offerstorm.tools.figures.FiguresServer;
import org.offerstorm.tools.figures.WorkerCpu;
import org.offerstorm.tools.figures.WorkerFigures;

/**
 * The figures of a LocalCluster's worker, served by the process that runs the cluster: Storm makes the worker's reporter here,
 * and it has no slot port. Any thread.
 */
public final class LocalFigures {
    private static final List<FiguresReporter> WORKERS = new CopyOnWriteArrayList<>();

    private LocalFigures() {}

    /**
     * Serves them on 127.0.0.1, those of the newest worker if one has replaced another.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    public static FiguresServer serve(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return FiguresServer.ofWorker(
                null,
                address,
                () -> figures(FiguresReporter::figures),
                () -> figures(FiguresReporter::figuresWithoutCpu));
    }

    static void add(FiguresReporter worker) {
        WORKERS.add(worker);
    }

    static void remove(FiguresReporter worker) {
        WORKERS.remove(worker);
    }

    private static WorkerFigures figures(Function<FiguresReporter, WorkerFigures> reading) {
        FiguresReporter newest = null;
        for (FiguresReporter worker : WORKERS) {
            newest = worker;
        }
        return newest == null ? FiguresReporter.figures("", 0, WorkerCpu.unknown(), List.of()) : reading.apply(newest);
    }
}
