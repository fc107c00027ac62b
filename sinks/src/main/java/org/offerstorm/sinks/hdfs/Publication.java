package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes finished files of those that earlier attempts left, one after the other: a torn one is salvaged first, an empty one
 * is deleted, one that holds something unreadable is set aside. Begins only when a header that covers them all is durable in the attempt's own directory.
 */
final class Publication implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final LogFiles files;
    private final Layout layout;
    private final Claims claims;
    private final int attempt;
    private final Deque<Recovered> left;
    private Salvage salvage;

    /** @param attempt holds the claim: before each rename, no higher one exists */
    Publication(LogFiles files, Layout layout, Claims claims, int attempt, Collection<Recovered> recovered) {
        this.files = files;
        this.layout = layout;
        this.claims = claims;
        this.attempt = attempt;
        this.left = new ArrayDeque<>(recovered);
    }

    /** Number of files not yet published. */
    int left() {
        return left.size();
    }

    /** Goes on with one file at least; returns whether all are published. */
    boolean advance(Budget budget) throws IOException, Superseded {
        while (!left.isEmpty()) {
            if (!publish(left.peek(), budget)) {
                return false;
            }
            left.poll();
            if (budget.isSpent() && !left.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        if (salvage != null) {
            salvage.close();
        }
    }

    private boolean publish(Recovered file, Budget budget) throws IOException, Superseded {
        if (file.date() == null) {
            if (file.empty()) {
                files.delete(file.path()); // what its header says is in the attempt's own
            } else {
                setAside(file.path());
            }
            return true;
        }
        if (file.torn() && !salvage(file.path(), budget)) {
            return false;
        }
        claims.check(attempt);
        finish(file);
        return true;
    }

    private void setAside(Path damaged) throws IOException {
        Path aside = new Path(layout.damaged(), damaged.getName());
        files.makeDirectory(layout.damaged());
        try {
            files.rename(damaged, aside);
        } catch (FileAlreadyExistsException e) { // of a log that was moved away: its attempts had the same numbers
            aside = new Path(layout.damaged(), files.uniqueName() + "-" + damaged.getName());
            files.rename(damaged, aside);
        }
        LOG.error(
                "ALARM: no row of {} can be read, but it holds more than a header; it is kept as {}. Compare the offers"
                        + " with the topic",
                damaged,
                aside);
    }

    private boolean salvage(Path torn, Budget budget) throws IOException {
        if (salvage == null) {
            salvage = Salvage.start(files, torn, attempt);
        }
        if (!salvage.advance(budget)) {
            return false;
        }
        salvage = null;
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
}
