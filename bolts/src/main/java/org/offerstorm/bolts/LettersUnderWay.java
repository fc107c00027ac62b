package org.offerstorm.bolts;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.WriteResult;

/**
 * A chunk's dead letters, which the queue writes from the beginning on; again if it is not known that they are durable. The
 * bolt's thread.
 */
final class LettersUnderWay implements Hold.Started {
    /** A write's deadline. Held chunks are kept alive only between two calls, so one does not wait for the whole queue. */
    private static final long MOST_MILLIS = 5_000;

    private final LetterQueue queue;
    private final List<DeadLetter> letters;
    /** Null if it was asked for, and is to be written again. */
    private CompletableFuture<WriteResult> result;

    LettersUnderWay(LetterQueue queue, List<DeadLetter> letters) {
        this.queue = queue;
        this.letters = letters;
        this.result = queue.add(letters);
    }

    @Override
    public boolean isDone() {
        return result != null && result.isDone();
    }

    @Override
    public boolean isDoneWithin(long millis) {
        if (result == null || result.isDone()) {
            return result != null;
        }
        try {
            result.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return result.isDone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return result.isDone();
    }

    @Override
    public WriteResult run() {
        if (result == null) {
            result = queue.add(letters);
        }
        try {
            WriteResult written = result.get(MOST_MILLIS, TimeUnit.MILLISECONDS);
            result = null;
            return written;
        } catch (TimeoutException e) {
            return new WriteResult.Retryable("other dead letters are still being written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WriteResult.Retryable("the worker ends", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("dead letters were not written", e.getCause());
        }
    }
}
