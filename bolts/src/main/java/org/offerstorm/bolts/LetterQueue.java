package org.offerstorm.bolts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;

/**
 * Writes dead letters on its own thread, so that the bolt goes on with the next chunk meanwhile. What is added while a
 * write is under way goes out with the next one, in one request, or has failed with it. Added to by one thread; nothing is acked here.
 */
final class LetterQueue implements AutoCloseable {
    /** Letters of one write, or one chunk's: so many are durable well within a write's deadline. */
    private static final int MOST = 2_000;

    private static final long CLOSE_MILLIS = 6_000; // one write's deadline, and a little

    /** The letters of one chunk, and what becomes of them. */
    private record Entry(List<DeadLetter> letters, CompletableFuture<WriteResult> result) {}

    private final DeadLetters deadLetters;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param deadLetters from now on called by this queue's thread alone, and closed with it */
    LetterQueue(DeadLetters deadLetters, String name) {
        this.deadLetters = deadLetters;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Writes them later; the result is known when they are durable, or when it is not known whether they are. */
    CompletableFuture<WriteResult> add(List<DeadLetter> letters) {
        CompletableFuture<WriteResult> result = new CompletableFuture<>();
        queue.add(new Entry(letters, result));
        return result;
    }

    /** Ends the thread; what is not written by now is not acked, and comes again. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deadLetters.close();
    }

    private void run() {
        try {
            while (true) {
                write(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    private void write(Entry first) {
        List<Entry> entries = new ArrayList<>(List.of(first));
        try {
            List<DeadLetter> letters = new ArrayList<>(first.letters());
            Entry next = queue.peek();
            while (next != null && letters.size() + next.letters().size() <= MOST) {
                entries.add(queue.remove());
                letters.addAll(next.letters());
                next = queue.peek();
            }
            WriteResult result = deadLetters.write(letters);
            if (result instanceof WriteResult.Retryable) {
                queue.drainTo(entries); // each write would wait for its deadline in turn
            }
            entries.forEach(entry -> entry.result().complete(result));
        } catch (Throwable e) { // a bug: it ends the worker where the result is asked for
            entries.forEach(entry -> entry.result().completeExceptionally(e));
        }
    }
}
