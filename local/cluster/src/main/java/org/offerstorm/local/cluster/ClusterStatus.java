package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.local.servers.Proc;
import org.offerstorm.tools.report.Columns;
import org.slf4j.LoggerFactory;

/** Each server and worker of a cluster: process, port, health, memory, time since its start. */
public final class ClusterStatus {
    private static final String OK = "ok";

    private ClusterStatus() {}

    /**
     * Asks every server whether it serves, all at the same time, and prints what each answers.
     *
     * @param path directory of the cluster
     * @param out for people
     * @return whether all servers serve
     * @throws Failure if there is no cluster
     */
    public static boolean print(Path path, PrintWriter out) throws IOException {
        ClusterDirectory directory = ClusterDirectory.existing(path);
        Blueprint blueprint = Blueprint.of(directory, 0);
        Launcher launcher = new Launcher(directory);
        LoggerFactory.getILoggerFactory(); // several threads at once would not be served while the logging starts
        List<CompletableFuture<Line>> lines = new ArrayList<>();
        for (Server server : blueprint.servers()) {
            Optional<ProcessId> last = launcher.last(server);
            lines.add(CompletableFuture.supplyAsync(
                    () -> look(server, last), task -> new Thread(task, server.name()).start()));
        }
        out.println("Cluster in " + directory.root());
        Columns table = new Columns("NAME", "PID", "PORT", "MEMORY", "UPTIME", "HEALTH").left(5);
        boolean sound = true;
        long memory = 0;
        for (CompletableFuture<Line> future : lines) {
            Line line = future.join();
            sound &= line.health().equals(OK);
            memory += line.memory();
            add(table, line);
        }
        for (WorkerProcesses.Worker worker : WorkerProcesses.of(directory)) {
            Line line = line(worker.name(), worker.process(), worker.port(), "runs topology " + worker.topology());
            memory += line.memory();
            add(table, line);
        }
        table.row("", "", "", mebibytes(memory), "", "");
        out.print(table);
        String open = OpenPorts.describe(blueprint, launcher, directory);
        if (!open.isEmpty()) {
            out.println(open);
        }
        out.flush();
        return sound;
    }

    private static void add(Columns table, Line line) {
        table.row(
                line.name(),
                line.pid(),
                Integer.toString(line.port()), // a port has no thousands
                mebibytes(line.memory()),
                line.uptime(),
                line.health());
    }

    private static Line look(Server server, Optional<ProcessId> last) {
        if (last.isEmpty()) {
            return new Line(server.name(), "-", server.port(), 0, "-", "stopped");
        }
        ProcessId process = last.get();
        if (!process.isAlive()) {
            return new Line(server.name(), "-", server.port(), 0, "-", "dead (was " + process.pid() + ")");
        }
        return line(server.name(), process, server.port(), health(server));
    }

    private static String health(Server server) {
        if (!Start.accepts(server.port())) {
            return "does not listen on its port";
        }
        long begin = System.nanoTime();
        try {
            server.health().check();
            return OK;
        } catch (Exception e) {
            return sick(e, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** In words for people: libraries put the names of their exceptions into messages. */
    static String sick(Exception failure, Duration asked) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return "sick: does not answer within " + Math.max(1, asked.toSeconds()) + " s";
            }
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return "sick: "
                + PlainText.firstLine(message)
                        .replaceAll("\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z]\\w*(?:Exception|Error): ", "");
    }

    private static Line line(String name, ProcessId process, int port, String health) {
        long memory = Proc.memory(process.pid()).orElse(0);
        return new Line(name, Long.toString(process.pid()), port, memory, duration(process.uptime()), health);
    }

    private static String mebibytes(long bytes) {
        return bytes == 0 ? "-" : String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }

    static String duration(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " m";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " m " + time.toSecondsPart() + " s" : time.toSeconds() + " s";
    }

    private record Line(String name, String pid, int port, long memory, String uptime, String health) {}
}
