package org.offerstorm.topology.operate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.report.Columns;

/** A status for people. */
final class StatusText {
    private StatusText() {}

    static String of(Status status) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s  %s  up %s  (%s, Nimbus %s)%n%n",
                status.name(),
                status.state(),
                time(status.uptimeSeconds()),
                status.id(),
                status.nimbus()));
        Columns workers = new Columns("worker", "pid", "up", "heap", "executors");
        for (Status.WorkerLine worker : status.workers()) {
            workers.row(
                    worker.address(),
                    worker.pid() == null ? null : Long.toString(worker.pid()),
                    worker.uptimeSeconds() == null ? null : time(worker.uptimeSeconds()),
                    worker.heapUsed() == null
                            ? null
                            : (worker.heapUsed() >> 20) + " of " + (worker.heapMax() >> 20) + " MiB",
                    worker.executors());
        }
        text.append(workers).append('\n');
        if (status.source() != null) {
            Columns partitions = new Columns("partition", "durable to", "log end", "behind");
            for (Status.PartitionLine line : status.source().partitions()) {
                partitions.row(
                        status.source().topic() + "-" + line.partition(),
                        line.durableTo(),
                        line.logEnd(),
                        line.behind());
            }
            partitions.row("all", "", "", status.source().behind());
            text.append(partitions).append('\n');
        }
        Columns sinks = new Columns("sink", "written", "stale", "rejected", "held chunks");
        for (Status.SinkLine sink : status.sinks()) {
            sinks.row(sink.name(), sink.written(), sink.stale(), sink.rejected(), sink.heldChunks());
        }
        text.append(sinks);
        text.append(String.format(
                Locale.ROOT,
                "%nSince the workers' start: %,d offers in, %,d refused by parse (dead letters), %,d chunks replayed.%n",
                status.offersIn(),
                status.refused(),
                status.replayedChunks()));
        text.append("Last durable: ").append(durable(status)).append('\n');
        for (String problem : status.problems()) {
            text.append("! ").append(PlainText.of(problem)).append('\n');
        }
        return text.toString();
    }

    private static String durable(Status status) {
        if (status.lastDurableAt() == null) {
            return "nothing since the workers' start";
        }
        Instant at = Instant.ofEpochMilli(status.lastDurableAt());
        long age = Math.max(0, (status.at() - status.lastDurableAt()) / 1_000);
        return at.truncatedTo(ChronoUnit.SECONDS) + ", " + time(age) + " ago";
    }

    /** {@code 3 s}, {@code 2 min 5 s}, {@code 4 h 10 min}, {@code 12 d 3 h}. */
    static String time(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
    }
}
