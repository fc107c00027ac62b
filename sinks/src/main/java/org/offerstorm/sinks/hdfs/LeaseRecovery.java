package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Closes the files that earlier writers left open, after these had time to notice that their directories are gone. */
final class LeaseRecovery {
    /** A live writer checks its paths at every chunk: after this time it has seen that they are gone. */
    private static final Duration FENCE_WAIT = Duration.ofSeconds(1);
    /**
     * A DataNode that hung while it took a block may refuse to recover it ("Block length mismatch") until it is restarted, and HDFS itself
     * tries no more for 20 minutes. Asking again sooner is refused and does no harm.
     */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final LogFiles files;
    private final Rolling rolling;
    private Instant fenced;
    /** Files whose writers are gone but whose leases are not. */
    private List<Path> open;
    /** When HDFS was asked last to close them; null: not yet. */
    private Instant asked;

    /**
     * Looks which files are open.
     *
     * @param fenced when their directories had been moved
     */
    LeaseRecovery(LogFiles files, Rolling rolling, Instant fenced, List<Path> found) throws IOException {
        this.files = files;
        this.rolling = rolling;
        this.fenced = fenced;
        this.open = stillOpen(found);
    }

    /** Files not closed when it looked last. */
    List<Path> open() {
        return open;
    }

    /** Whether a live writer has had its time. */
    boolean mayBegin() {
        Instant now = rolling.now();
        if (now.isBefore(fenced)) { // the clock was set back: the time is waited for again, and no longer
            fenced = now;
        }
        return !now.isBefore(fenced.plus(FENCE_WAIT));
    }

    /**
     * Asks HDFS for the files, again after a while, and looks which are closed.
     *
     * @return whether all are
     */
    boolean advance() throws IOException {
        Instant now = rolling.now();
        if (asked == null || now.isBefore(asked) || !now.isBefore(asked.plus(ASK_AGAIN))) {
            for (Path file : open) {
                files.recoverLease(file);
            }
            asked = now;
        }
        open = stillOpen(open);
        return open.isEmpty();
    }

    private List<Path> stillOpen(List<Path> paths) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path path : paths) {
            if (!files.isClosed(path)) {
                found.add(path);
            }
        }
        return found;
    }
}
