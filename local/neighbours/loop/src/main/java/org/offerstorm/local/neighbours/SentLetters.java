package org.offerstorm.local.neighbours;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.Delivery;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Done;

/** Sends refused records to the dead letters; as in the topology, nobody waits for one delivery before the next. One thread. */
public final class SentLetters implements AutoCloseable {
    private static final long RETRY_NANOS = 100_000_000;

    /** Letters that may be under way. */
    private static final int MOST = 1_000;

    private record Sent(List<DeadLetter> letters, Delivery delivery) {}

    private final Deque<Sent> sent = new ArrayDeque<>();
    private final DeadLetters deadLetters;
    private final DoneCount done;
    private int underWay;

    SentLetters(DeadLetters deadLetters, DoneCount done) {
        this.deadLetters = deadLetters;
        this.done = done;
    }

    /** Waits only while too many are under way. */
    public void send(List<DeadLetter> letters) {
        if (!letters.isEmpty()) {
            sent.addLast(new Sent(letters, deadLetters.send(letters)));
            underWay += letters.size();
        }
        while (underWay > MOST
                || (!sent.isEmpty() && sent.peekFirst().delivery().isKnown())) {
            confirm(sent.removeFirst());
        }
    }

    /** Waits until all are durable: for a checkpoint or a commit. */
    public void flush() {
        while (!sent.isEmpty()) {
            confirm(sent.removeFirst());
        }
    }

    private void confirm(Sent oldest) {
        WriteResult result = oldest.delivery().result();
        while (!(result instanceof Done)) {
            LockSupport.parkNanos(RETRY_NANOS);
            result = deadLetters.write(oldest.letters());
        }
        underWay -= oldest.letters().size();
        done.add(oldest.letters().size());
    }

    @Override
    public void close() {
        deadLetters.close();
    }
}
