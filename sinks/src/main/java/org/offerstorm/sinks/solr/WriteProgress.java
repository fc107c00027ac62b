package org.offerstorm.sinks.solr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.core.sink.WriteResult.Rejection;

/**
 * How far a chunk is written. What is refused is split in halves, which are tried in order; what is left when a call runs
 * out of time stays for the next one.
 */
final class WriteProgress {
    private final Chunk<Change> chunk;
    private final Deque<List<Change>> left = new ArrayDeque<>();
    private final List<Rejection> rejected = new ArrayList<>();
    private int written;
    private int stale;

    WriteProgress(Chunk<Change> chunk) {
        this.chunk = chunk;
        left.push(chunk.items());
    }

    @SuppressWarnings(
            "ReferenceEquality") // the held chunk comes again as the same object; an equal one starts from scratch
    boolean isOf(Chunk<Change> other) {
        return chunk == other;
    }

    /** Changes to send next, or null if the chunk is finished. */
    List<Change> next() {
        return left.peek();
    }

    /** The next changes are durable. */
    void accepted(int written) {
        this.written += written;
        this.stale += left.pop().size() - written;
    }

    /** The next changes, two or more, were refused together. */
    void split() {
        List<Change> changes = left.pop();
        int middle = changes.size() / 2;
        left.push(changes.subList(middle, changes.size()));
        left.push(changes.subList(0, middle));
    }

    /** The next change is refused for good. */
    void rejected(String detail) {
        rejected.add(new Rejection(left.pop().get(0), detail));
    }

    Done done() {
        return new Done(written, stale, rejected);
    }
}
