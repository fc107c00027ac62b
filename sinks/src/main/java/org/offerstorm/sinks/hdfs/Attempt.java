package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.sink.WriteResult;

/**
 * A claimed slot whose coverage is known: writes chunks and rolls files. After any exception the attempt is over, and what
 * it wrote is found by the next one's recovery.
 *
 * <p>Invariant: the files in the attempt's directory together, by their metadata and rows, cover all that is durable.
 * Therefore a new file's header is made durable before any file leaves the directory.
 */
final class Attempt {
    /** Rows of more dates than this close the file that was written to least recently. */
    static final int MAX_OPEN_DATES = 4;

    private final LogFiles files;
    private final Claim claim;
    private final Rolling rolling;
    private final Coverage coverage;
    private final RowEncoder rows = new RowEncoder();
    /** By date, the least recently written first. */
    private final Map<LocalDate, OpenFile> open = new LinkedHashMap<>(8, 0.75f, true);
    /** A file without rows: its header holds what left the directory. */
    private OpenFile spare;
    /** Whether the spare's header still covers everything. */
    private boolean spareIsCurrent;

    private int sequence;
    /** Since it was asked for last. */
    private long bytes;
    /** Files under their final names, since it was asked for last. */
    private long finished;

    private Attempt(LogFiles files, Claim claim, Rolling rolling, Coverage coverage) {
        this.files = files;
        this.claim = claim;
        this.rolling = rolling;
        this.coverage = coverage;
    }

    /** Begins to write; returns when {@code coverage} is durable in the claim's own directory. */
    static Attempt begin(LogFiles files, Claim claim, Rolling rolling, Coverage coverage) throws IOException {
        Attempt attempt = new Attempt(files, claim, rolling, coverage);
        attempt.spare = attempt.nextFile();
        attempt.spareIsCurrent = true;
        return attempt;
    }

    /**
     * Writes the rows that are not covered yet, durably.
     *
     * @return {@link WriteResult.Retryable} if the budget ended between two dates; the next call continues there
     */
    WriteResult write(Chunk<Change> chunk, Budget budget) throws IOException, Superseded {
        for (Floor floor : chunk.header().floors()) {
            coverage.raiseFloor(floor.partition(), floor.offset());
        }
        Map<LocalDate, List<Change>> fresh = new TreeMap<>();
        int written = 0;
        for (Change change : chunk.items()) {
            if (!coverage.has(change.position().partition(), change.position().offset())) {
                fresh.computeIfAbsent(Layout.dateOf(change.position().timestampMillis()), d -> new ArrayList<>())
                        .add(change);
                written++;
            }
        }
        boolean finished = append(chunk, fresh, budget);
        if (!finished) {
            return new WriteResult.Retryable(
                    chunk.header().describe() + " has rows of " + fresh.size()
                            + " dates; some are written, the rest follows",
                    null);
        }
        for (OffsetRange range : chunk.header().ranges()) {
            coverage.add(range.partition(), range.from(), range.next());
        }
        spareIsCurrent = false;
        if (chunk.header().drain()) {
            roll(open.values());
        } else {
            rollDue();
        }
        return new WriteResult.Done(written, chunk.size() - written);
    }

    /** Rolls files that are old enough, also when no chunk comes. */
    void tick() throws IOException, Superseded {
        rollDue();
    }

    /** Bytes written since the last call. */
    long takeBytes() {
        long taken = bytes;
        bytes = 0;
        return taken;
    }

    /** Files finished since the last call. */
    long takeFinished() {
        long taken = finished;
        finished = 0;
        return taken;
    }

    /** Completes the open files where they are, so that the next attempt need not wait for their leases. */
    void close() throws IOException {
        for (OpenFile file : open.values()) {
            file.close();
        }
        if (spare != null) {
            spare.close();
        }
    }

    /** Appends dates until all are durable or the budget is spent; every file touched was checked to be at its path. */
    private boolean append(Chunk<Change> chunk, Map<LocalDate, List<Change>> fresh, Budget budget)
            throws IOException, Superseded {
        int epoch = chunk.header().source().epoch();
        Set<OpenFile> touched = new LinkedHashSet<>();
        int dates = 0;
        for (Map.Entry<LocalDate, List<Change>> entry : fresh.entrySet()) {
            if (dates > 0 && budget.isSpent()) {
                break;
            }
            OpenFile file = fileFor(entry.getKey(), touched);
            long before = file.length();
            for (Change change : entry.getValue()) {
                file.append(rows.encode(epoch, change));
            }
            file.sync();
            bytes += file.length() - before;
            spareIsCurrent = false;
            touched.add(file);
            dates++;
            if (fresh.size() > 1) { // with one date, the chunk's ranges say it at once
                for (Change change : entry.getValue()) {
                    long offset = change.position().offset();
                    coverage.add(change.position().partition(), offset, offset + 1);
                }
            }
        }
        for (OpenFile file : touched) {
            checkInPlace(file);
        }
        return dates == fresh.size();
    }

    private OpenFile fileFor(LocalDate date, Set<OpenFile> touched) throws IOException, Superseded {
        OpenFile file = open.get(date);
        if (file != null) {
            return file;
        }
        if (open.size() >= MAX_OPEN_DATES) {
            OpenFile oldest = open.values().iterator().next();
            roll(List.of(oldest));
            touched.remove(oldest); // it was renamed from its own path: proof enough
        }
        if (spare == null) {
            file = nextFile();
        } else {
            file = spare;
            spare = null;
        }
        file.assign(date, rolling.now());
        open.put(date, file);
        return file;
    }

    private void rollDue() throws IOException, Superseded {
        Instant now = rolling.now();
        List<OpenFile> due = new ArrayList<>();
        for (OpenFile file : open.values()) {
            if (rolling.isDue(file.length(), file.since(), now)) {
                due.add(file);
            }
        }
        roll(due);
    }

    /** Finishes files: first the next header is durable, then they are closed, then renamed. */
    private void roll(Collection<OpenFile> due) throws IOException, Superseded {
        if (due.isEmpty()) {
            return;
        }
        OpenFile outdated = null;
        if (spare == null || !spareIsCurrent) {
            OpenFile next = nextFile();
            outdated = spare;
            spare = next;
            spareIsCurrent = true;
        }
        for (OpenFile file : List.copyOf(due)) {
            open.remove(file.date());
            file.close();
            Path target = layout().finished(file.date(), file.path().getName());
            files.makeDirectory(target.getParent());
            try {
                files.rename(file.path(), target);
            } catch (FileNotFoundException e) {
                explainMissing(file, target, e);
            }
            finished++;
        }
        if (outdated != null) {
            outdated.close();
            files.delete(outdated.path());
        }
    }

    /** The writer's own path is gone: it was taken, it was renamed already, or the file is lost. */
    private void explainMissing(OpenFile file, Path finished, FileNotFoundException cause)
            throws IOException, Superseded {
        if (!files.exists(layout().attempt(claim.slot(), claim.attempt()))) {
            throw superseded(file);
        }
        if (!files.exists(finished)) {
            throw new IOException(
                    "ALARM: neither " + file.path() + " nor " + finished + " exists; somebody removed durable rows. "
                            + "Look for the file in the trash, and compare the offers with the topic",
                    cause);
        }
    }

    /** A rename does not stop a live writer: only a file that is at its own path counts. */
    private void checkInPlace(OpenFile file) throws IOException, Superseded {
        if (!files.exists(file.path())) {
            throw superseded(file);
        }
    }

    private Superseded superseded(OpenFile file) {
        return new Superseded(file.path() + " was taken by another writer of slot " + claim.slot()
                + "; this one holds and writes nothing more. Stop this worker if it does not end by itself");
    }

    private OpenFile nextFile() throws IOException {
        sequence++;
        return OpenFile.create(
                files,
                layout().working(claim.slot(), claim.attempt(), sequence),
                OfferSchema.SCHEMA,
                new FileMetadata(claim.slot(), claim.generation(), coverage));
    }

    private Layout layout() {
        return claim.layout();
    }
}
