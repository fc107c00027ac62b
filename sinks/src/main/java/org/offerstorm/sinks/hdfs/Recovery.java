package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to a writing {@link Attempt}: at a start, after a crash and after an I/O error. Each call of
 * {@link #advance} goes as far as the budget allows; after an exception the recovery is over, and a new one begins from
 * the start, which is right after every step.
 *
 * <pre>
 *   CLAIM    the directory belongs to this stream; a higher claim than all others, and its directory
 *   FENCE    the other attempts' directories go to _recover; 1 s for a live writer to notice, if a file is still open
 *   LEASES   recoverLease for each open file, poll until all are closed, ask again every 30 s
 *   SCAN     coverage = union of metadata and rows of all files in _recover
 *   OTHERS   no file of this slot in this generation: the coverage of all slots counts, too
 *   BEGIN    the attempt's first file, with that coverage, is durable
 *   PUBLISH  the files in _recover become finished files under their own names, by rename
 * </pre>
 */
final class Recovery implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** A live writer checks its paths at every chunk: after this time it has seen that they are gone. */
    private static final Duration FENCE_WAIT = Duration.ofSeconds(1);
    /**
     * A DataNode that hung while it took a block may refuse to recover it ("Block length mismatch") until it is restarted, and HDFS itself
     * tries no more for 20 minutes. Asking again sooner is refused and does no harm.
     */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private enum Step {
        CLAIM,
        FENCE,
        LEASES,
        SCAN,
        OTHERS,
        BEGIN,
        PUBLISH,
        DONE
    }

    private final LogFiles files;
    private final Layout layout;
    private final StreamIdentity stream;
    private final int slot;
    private final Rolling rolling;
    private final Claims claims;
    private final Fence fence;
    private final Coverage coverage;
    private final int heldGeneration;

    private Step step = Step.CLAIM;
    private Claim claim;
    private final int held;
    private Instant fenced;
    /** Files whose writers are gone but whose leases are not. */
    private List<Path> leased = List.of();

    /** When HDFS was asked last to close them; null: not yet. */
    private Instant leasesAsked;

    private List<Path> found = List.of();
    private Scan scan;
    private OtherSlots others;
    private final Deque<Recovered> unpublished = new ArrayDeque<>();
    private Salvage salvage;
    private Attempt attempt;

    /**
     * @param last this writer's last claim, null if it never had one
     * @param owner tells this writer's claims from others'
     */
    Recovery(
            LogFiles files, Layout layout, StreamIdentity stream, int slot, Rolling rolling, Claim last, String owner) {
        this.files = files;
        this.layout = layout;
        this.stream = stream;
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
            boolean finished =
                    switch (step) {
                        case CLAIM -> claim();
                        case FENCE -> fence();
                        case LEASES -> recoverLeases();
                        case SCAN -> scan(budget);
                        case OTHERS -> scanOthers(budget);
                        case BEGIN -> begin();
                        case PUBLISH -> publish(budget);
                        case DONE -> true;
                    };
            if (!finished) {
                return null;
            }
            step = Step.values()[step.ordinal() + 1];
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
                    case LEASES ->
                        "waiting until HDFS closes " + leased.size() + " files of an earlier writer, first "
                                + (leased.isEmpty() ? "" : leased.get(0));
                    case SCAN, OTHERS -> "reading " + found.size() + " files of earlier writers";
                    case BEGIN, PUBLISH, DONE -> "publishing " + unpublished.size() + " files of earlier writers";
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
        if (salvage != null) {
            salvage.close();
        }
    }

    private boolean claim() throws IOException, Superseded, WrongStream {
        Streams streams = new Streams(files, layout);
        if (heldGeneration > 0 && streams.latest() != heldGeneration) {
            throw new Superseded("generation " + streams.latest() + " of " + layout.root()
                    + " was begun by a newer topology; this writer of generation " + heldGeneration
                    + " holds. Stop this worker if it does not end by itself");
        }
        int generation = streams.enter(stream);
        int number = claims.take(held);
        claim = new Claim(layout, generation, slot, number);
        if (streams.latest() != generation) {
            throw new Superseded("a newer topology began generation " + streams.latest() + " of " + layout.root()
                    + "; this writer holds");
        }
        return true;
    }

    private boolean fence() throws IOException, Superseded {
        fence.moveOthers(claim.attempt());
        fenced = rolling.now();
        found = fence.files();
        leased = stillOpen(found);
        return true;
    }

    private boolean recoverLeases() throws IOException {
        if (leased.isEmpty()) {
            return true;
        }
        Instant now = rolling.now();
        if (now.isBefore(leasesAsked == null ? fenced.plus(FENCE_WAIT) : leasesAsked.plus(ASK_AGAIN))) {
            if (leasesAsked == null) {
                return false;
            }
        } else {
            for (Path file : leased) {
                files.recoverLease(file);
            }
            leasesAsked = now;
        }
        leased = stillOpen(leased);
        return leased.isEmpty();
    }

    private boolean scan(Budget budget) throws IOException {
        if (scan == null) {
            scan = new Scan(files, found, coverage);
        }
        if (!scan.advance(budget)) {
            return false;
        }
        unpublished.addAll(scan.results());
        return true;
    }

    /**
     * Which partitions a slot has depends on the number of slots. In a generation in which this slot has not written yet,
     * any slot may have written its partitions before.
     */
    private boolean scanOthers(Budget budget) throws IOException {
        if (others == null) {
            for (FileMetadata metadata : scan.metadata()) {
                if (metadata.slot() == slot && metadata.generation() == claim.generation()) {
                    return true;
                }
            }
            others = new OtherSlots(files, fence, coverage);
        }
        return others.advance(budget);
    }

    private boolean begin() throws IOException, Superseded {
        claims.check(claim.attempt());
        attempt = Attempt.begin(files, claim, rolling, coverage);
        return true;
    }

    private boolean publish(Budget budget) throws IOException, Superseded {
        while (!unpublished.isEmpty()) {
            Recovered file = unpublished.peek();
            if (file.date() == null) {
                files.delete(file.path()); // what its header says is in the attempt's own
            } else {
                if (file.torn()) {
                    if (salvage == null) {
                        salvage = Salvage.start(files, file.path(), claim.attempt());
                    }
                    if (!salvage.advance(budget)) {
                        return false;
                    }
                    salvage = null;
                }
                claims.check(claim.attempt());
                finish(file);
            }
            unpublished.poll();
            if (budget.isSpent() && !unpublished.isEmpty()) {
                return false;
            }
        }
        fence.deleteEmptyDirectories();
        claims.deleteBelow(claim.attempt());
        if (!found.isEmpty()) {
            LOG.info("slot {} of {}: recovered {} files of earlier writers", slot, layout.root(), found.size());
        }
        return true;
    }

    private void finish(Recovered file) throws IOException {
        Path finished = layout.finished(file.date(), file.path().getName());
        files.makeDirectory(finished.getParent());
        try {
            files.rename(file.path(), finished);
        } catch (FileAlreadyExistsException e) {
            if (!Rows.areAllIn(files, file.path(), finished)) {
                throw new IOException(
                        "ALARM: " + finished + " exists, but not with the rows of " + file.path()
                                + ", which must become that file. Move the former away",
                        e);
            }
            LOG.warn("{} exists; its second copy {} is dropped", finished, file.path());
            files.delete(file.path());
        } catch (FileNotFoundException e) {
            if (!files.exists(finished)) {
                throw new IOException(
                        "ALARM: neither " + file.path() + " nor " + finished
                                + " exists; somebody removed durable rows. "
                                + "Look for the file in the trash, and compare the offers with the topic",
                        e);
            }
        }
    }

    private List<Path> stillOpen(List<Path> paths) throws IOException {
        List<Path> open = new ArrayList<>();
        for (Path path : paths) {
            if (!files.isClosed(path)) {
                open.add(path);
            }
        }
        return open;
    }
}
