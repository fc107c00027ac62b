package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.offerstorm.core.model.Acked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to a writing {@link Attempt}: at a start, after a crash and after an I/O error. Each call of
 * {@link #advance} goes as far as the budget allows; after an exception the recovery is over, and a new one begins from
 * the start, which is right after every step.
 *
 * <pre>
 *   CLAIM            the directory belongs to this stream; a higher claim than all others, and its directory
 *   FENCE            the other attempts' directories go to _recover
 *    │ WAIT            if a file is still open: 1 s for a live writer to notice
 *    │ RECOVER_LEASES  recoverLease for each open file, poll until all are closed, ask again every 30 s
 *   SCAN             coverage = union of metadata and rows of all files in _recover
 *    │ FENCE_OTHERS    if no file is of this slot in this generation, the coverage of all slots counts, too: the
 *    │                 attempts of earlier generations, of every slot, go to _recover,
 *    │ CLOSE_OTHERS    their files are closed as one's own are (WAIT, RECOVER_LEASES), for what a file being written
 *    │                 holds is not settled,
 *    │ SCAN_OTHERS     and all are read
 *   WRITE_HEADER     the attempt's first file, with that coverage, is durable
 *   PUBLISH          the files in _recover become finished files under their own names, by rename; torn ones are
 *                    salvaged first, each just before its rename
 *   DONE
 * </pre>
 */
final class Recovery implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** What is done next; what a step's method returns is the next one, or itself if it is not finished. */
    private enum Step {
        CLAIM,
        FENCE,
        WAIT,
        RECOVER_LEASES,
        SCAN,
        FENCE_OTHERS,
        CLOSE_OTHERS,
        SCAN_OTHERS,
        WRITE_HEADER,
        PUBLISH,
        DONE
    }

    private final LogFiles files;
    private final Layout layout;
    private final StreamIdentity stream;
    private final Acked acked;
    private final int slot;
    private final Rolling rolling;
    private final Claims claims;
    private final Fence fence;
    private final Coverage coverage;
    private final int held;
    private final int heldGeneration;

    private Step step = Step.CLAIM;
    // Each from the step on that makes it.
    private Claim claim;
    private List<Path> found = List.of();
    private LeaseRecovery leases;
    private Scan scan;
    private OtherSlots others;
    private Publication publication;
    private Attempt attempt;

    /**
     * @param last this writer's last claim, null if it never had one
     * @param owner distinguishes this writer's claims from others'
     */
    Recovery(
            LogFiles files,
            Layout layout,
            StreamIdentity stream,
            Acked acked,
            int slot,
            Rolling rolling,
            Claim last,
            String owner) {
        this.files = files;
        this.layout = layout;
        this.stream = stream;
        this.acked = acked;
        this.slot = slot;
        this.rolling = rolling;
        this.claims = new Claims(files, layout, slot, owner);
        this.fence = new Fence(files, layout, slot, stream.slots());
        this.coverage = new Coverage(stream.epoch());
        this.held = last == null ? 0 : last.attempt();
        this.heldGeneration = last == null ? 0 : last.generation();
    }

    /**
     * Takes steps until done, until it must wait, or until the budget is spent.
     *
     * @return the attempt to write with; null if not done yet
     */
    Attempt advance(Budget budget) throws IOException, Superseded, WrongStream {
        while (step != Step.DONE) {
            Step next =
                    switch (step) {
                        case CLAIM -> claim();
                        case FENCE -> fence();
                        case WAIT -> awaitWriters();
                        case RECOVER_LEASES -> recoverLeases();
                        case SCAN -> scan(budget);
                        case FENCE_OTHERS -> fenceOthers();
                        case CLOSE_OTHERS -> closeOthers();
                        case SCAN_OTHERS -> scanOthers(budget);
                        case WRITE_HEADER -> writeHeader();
                        case PUBLISH -> publish(budget);
                        case DONE -> Step.DONE;
                    };
            if (next == step) {
                return null;
            }
            step = next;
            if (budget.isSpent() && step != Step.DONE) {
                return null;
            }
        }
        return attempt;
    }

    /** This writer's highest claim; null if it has none. */
    Claim claimed() {
        return claim;
    }

    /** What it is waiting for, for people. */
    String describe() {
        return "slot " + slot + " of " + layout.root() + " is being recovered: "
                + switch (step) {
                    case CLAIM, FENCE -> "taking over";
                    case WAIT, RECOVER_LEASES, CLOSE_OTHERS ->
                        "waiting until HDFS closes " + leases.open().size() + " files of an earlier writer, first "
                                + leases.open().get(0);
                    case SCAN, FENCE_OTHERS, SCAN_OTHERS -> "reading " + found.size() + " files of earlier writers";
                    case WRITE_HEADER, PUBLISH, DONE ->
                        "publishing " + publication.left() + " files of earlier writers";
                };
    }

    @Override
    public void close() throws IOException {
        if (scan != null) {
            scan.close();
        }
        if (others != null) {
            others.close();
        }
        if (publication != null) {
            publication.close();
        }
    }

    private Step claim() throws IOException, Superseded, WrongStream {
        Streams streams = new Streams(files, layout);
        if (heldGeneration > 0 && streams.latest() != heldGeneration) {
            throw new Superseded("generation " + streams.latest() + " of " + layout.root()
                    + " was begun by a newer topology; this writer of generation " + heldGeneration
                    + " holds. Stop this worker if it does not end by itself");
        }
        int generation = streams.enter(stream, acked);
        int number = claims.take(held, generation);
        claim = new Claim(layout, generation, slot, number);
        if (streams.latest() != generation) {
            throw new Superseded("a newer topology began generation " + streams.latest() + " of " + layout.root()
                    + "; this writer holds");
        }
        return Step.FENCE;
    }

    private Step fence() throws IOException {
        fence.moveOthers(claim.attempt());
        Instant fenced = rolling.now();
        found = fence.files();
        leases = new LeaseRecovery(files, rolling, fenced, found);
        return leases.open().isEmpty() ? Step.SCAN : Step.WAIT;
    }

    private Step awaitWriters() {
        return leases.mayBegin() ? Step.RECOVER_LEASES : Step.WAIT;
    }

    private Step recoverLeases() throws IOException {
        return leases.advance() ? Step.SCAN : Step.RECOVER_LEASES;
    }

    private Step scan(Budget budget) throws IOException {
        if (scan == null) {
            scan = new Scan(files, found, coverage);
        }
        if (!scan.advance(budget)) {
            return Step.SCAN;
        }
        publication = new Publication(files, layout, claims, claim.attempt(), scan.results());
        return hasWrittenInGeneration() ? Step.WRITE_HEADER : Step.FENCE_OTHERS;
    }

    /**
     * Which partitions a slot has depends on the number of slots. In a generation in which this slot has not written yet,
     * any slot may have written its partitions before.
     */
    private boolean hasWrittenInGeneration() {
        return scan.metadata().stream()
                .anyMatch(metadata -> metadata.slot() == slot && metadata.generation() == claim.generation());
    }

    private Step fenceOthers() throws IOException {
        fence.moveEarlierGenerations(claim.generation(), claim.attempt());
        try {
            leases = new LeaseRecovery(files, rolling, rolling.now(), fence.fencedFilesOfOthers());
        } catch (FileNotFoundException e) { // its own slot has published one in the meantime
            return Step.FENCE_OTHERS;
        }
        return leases.open().isEmpty() ? Step.SCAN_OTHERS : Step.CLOSE_OTHERS;
    }

    private Step closeOthers() throws IOException {
        try {
            return leases.mayBegin() && leases.advance() ? Step.SCAN_OTHERS : Step.CLOSE_OTHERS;
        } catch (FileNotFoundException e) {
            return Step.FENCE_OTHERS;
        }
    }

    private Step scanOthers(Budget budget) throws IOException {
        if (others == null) {
            others = new OtherSlots(files, fence, coverage);
        }
        return others.advance(budget) ? Step.WRITE_HEADER : Step.SCAN_OTHERS;
    }

    private Step writeHeader() throws IOException, Superseded {
        claims.check(claim.attempt());
        attempt = Attempt.begin(files, claim, rolling, coverage);
        return Step.PUBLISH;
    }

    private Step publish(Budget budget) throws IOException, Superseded {
        if (!publication.advance(budget)) {
            return Step.PUBLISH;
        }
        fence.deleteEmptyDirectories();
        claims.deleteBelow(claim.attempt());
        if (!found.isEmpty()) {
            LOG.info("slot {} of {}: recovered {} files of earlier writers", slot, layout.root(), found.size());
        }
        return Step.DONE;
    }
}
