package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.offerstorm.local.cluster.ClusterControl.WorkerProcess;
import org.offerstorm.local.cluster.Waiting;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/**
 * The same stream is submitted a second time under another name. {@code submit} refuses that where it can see it: here the second
 * names the broker itself and the first its proxy, as two operators may by two of a cluster's brokers.
 */
final class SecondTopology implements Fault {
    private static final String NAME = "second";
    private static final String SUPERSEDED = "this one holds and writes nothing more";

    private boolean submitted;

    @Override
    public String name() {
        return "second-topology";
    }

    @Override
    public String description() {
        return "The same stream runs twice, under two names, for 15 s. The HDFS writer that was superseded holds and says so;"
                + " nothing counts twice. Then the second is killed, and so are the first one's workers, as its message advises.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(15);
    }

    @Override
    public boolean endsWorkers() {
        return true;
    }

    @Override
    public void inject(Site site) throws Exception {
        long before = messages(site);
        submitted = true;
        site.must(
                "submit",
                "-c",
                "topology.name=" + NAME,
                "-c",
                "source.bootstrap-servers=" + site.direct().source().bootstrapServers());
        Waiting.until(
                "a worker's log says that its HDFS writer was superseded",
                Duration.ofSeconds(60),
                () -> messages(site) > before);
    }

    @Override
    public void heal(Site site) throws IOException {
        if (submitted) {
            site.offerstorm("kill", NAME);
            for (WorkerProcess worker : site.cluster().workerProcesses()) {
                if (!worker.topology().equals(NAME)) {
                    site.cluster().kill(worker.name());
                }
            }
            submitted = false;
        }
    }

    private static long messages(Site site) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.walk(site.directory().resolve("logs").resolve("workers"))) {
            logs = files.filter(file -> file.getFileName().toString().equals("worker.log"))
                    .toList();
        }
        long count = 0;
        for (Path log : logs) {
            try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                count += lines.filter(line -> line.contains(SUPERSEDED)).count();
            }
        }
        return count;
    }
}
