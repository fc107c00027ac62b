package org.offerstorm.local.trials.chaos.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.Waiting;
import org.offerstorm.local.trials.chaos.crash.agent.CrashPoint;
import org.offerstorm.local.trials.chaos.crash.agent.Passage;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** Ends a worker at one {@link CrashPoint}. Its Supervisor starts another one. */
public final class CrashFault implements Fault {
    /** Of passages; for a point that each chunk passes. */
    private static final int MAX_PASSAGE = 20;
    /** A recovery begins some ten seconds after the worker was killed; waiting for leases may take as long. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(100);

    private final CrashPoint point;

    CrashFault(CrashPoint point) {
        this.point = point;
    }

    /** A fault for each point. */
    public static List<Supplier<Fault>> all() {
        return Arrays.stream(CrashPoint.values())
                .<Supplier<Fault>>map(point -> () -> new CrashFault(point))
                .toList();
    }

    @Override
    public String name() {
        return "crash-" + point.label();
    }

    @Override
    public String description() {
        return "Ends a worker " + point.description() + ". Its successor takes over; nothing is lost or counted twice.";
    }

    /** The Supervisor heals. */
    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public boolean endsWorkers() {
        return true;
    }

    /** A file is finished every ten seconds; a recovery begins some ten seconds after a worker's end, and takes as long. */
    @Override
    public Duration takes() {
        return Duration.ofSeconds(
                switch (point.when()) {
                    case ANY_CHUNK, EVERY_SECOND -> 20;
                    case ROLLING -> 30;
                    case RECOVERY -> 40;
                });
    }

    /** @throws Failure if no worker reached the point */
    @Override
    public void inject(Site site) throws IOException, InterruptedException {
        if (point.when() == CrashPoint.When.RECOVERY) {
            // Something to recover: a file with rows that nobody acked.
            await(site, CrashPoint.HDFS_HSYNC, site.random().nextInt(MAX_PASSAGE) + 1);
        }
        await(
                site,
                point,
                point.when() == CrashPoint.When.ANY_CHUNK ? site.random().nextInt(MAX_PASSAGE) + 1 : 1);
    }

    private void await(Site site, CrashPoint armed, int passage) throws IOException, InterruptedException {
        Path directory = directory(site);
        Files.deleteIfExists(directory.resolve(Passage.FIRED));
        Path draft = directory.resolve("draft");
        Files.writeString(draft, armed.label() + " " + passage);
        Files.move(draft, directory.resolve(Passage.ARMED), StandardCopyOption.ATOMIC_MOVE);
        site.log(name() + ": armed " + armed.label() + ", passage " + passage);
        if (!Waiting.holds(LONGEST_WAIT, POLL, () -> hasFired(directory))) {
            throw Failure.unreachable(
                    "no worker came to the point '" + armed.description() + "' " + passage + " times within "
                            + LONGEST_WAIT.toSeconds() + " s; does the stream flow?",
                    null);
        }
        site.log(name() + ": fired, " + Files.readString(directory.resolve(Passage.FIRED)));
    }

    @Override
    public void heal(Site site) throws IOException {
        Files.deleteIfExists(directory(site).resolve(Passage.ARMED));
    }

    private static Path directory(Site site) {
        return site.directory().resolve(AgentJar.DIRECTORY);
    }

    private static boolean hasFired(Path directory) throws IOException {
        if (Files.exists(directory.resolve(Passage.FIRED))) {
            return true;
        }
        Path failed = directory.resolve("failed");
        if (Files.exists(failed)) {
            throw Failure.unreachable(
                    "the agent in a worker fails: " + Files.readString(failed).strip(), null);
        }
        return false;
    }
}
