package org.offerstorm.topology.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.targets.ScrapeTarget;
import org.offerstorm.tools.targets.TargetsFile;
import org.offerstorm.tools.terminal.StopRequest;

/** Keeps a file of targets current. A cluster that does not answer for a while leaves the file as it was. */
final class TargetsRefresh {
    private final Path file;
    private final List<ScrapeTarget> further;
    private final Supplier<Optional<List<ScrapeTarget>>> workers;
    private final Consumer<String> lines;
    private String last = "";

    /**
     * @param further targets next to the workers
     * @param workers nothing if there is no such topology; its {@link Failure}s are reported
     * @param lines for people
     */
    TargetsRefresh(
            Path file,
            List<ScrapeTarget> further,
            Supplier<Optional<List<ScrapeTarget>>> workers,
            Consumer<String> lines) {
        this.file = file;
        this.further = List.copyOf(further);
        this.workers = workers;
        this.lines = lines;
    }

    /**
     * Writes the file.
     *
     * @param otherwise the workers if there is no such topology
     * @throws Failure if Nimbus does not answer or the file cannot be written
     */
    void once(Supplier<List<ScrapeTarget>> otherwise) {
        List<ScrapeTarget> found = workers.get().orElseGet(otherwise);
        List<ScrapeTarget> targets = new ArrayList<>(found);
        targets.addAll(further);
        try {
            TargetsFile.write(file, targets);
        } catch (IOException e) {
            throw Failure.unreachable(e.getMessage() + "; name another file with --targets", e);
        }
        say(file + ": " + found.size() + (found.size() == 1 ? " worker" : " workers"));
    }

    /** Writes the file again and again, until somebody asks for the end. Without a topology there are no workers. */
    void keep(Duration every, StopRequest stop) {
        do {
            try {
                once(List::of);
            } catch (Failure e) {
                say(e.getMessage() + "; the file is left as it is");
            }
        } while (!stop.await(every));
    }

    /** What is as before is not said again. */
    private void say(String line) {
        if (!line.equals(last)) {
            lines.accept(line);
            last = line;
        }
    }
}
