package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.sink.WriteResult.Retryable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one slot: recovers at its start and after every failure, holds for good once it is superseded.
 *
 * <pre>
 *   (idle) ── first tick or chunk ──▶ recovering ──▶ writing ── I/O error ──▶ recovering
 *                                         └─────── superseded ◀──┘
 * </pre>
 */
final class SlotWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SlotWriter.class);
    /** For steps of a recovery, and for the dates of a chunk; with one more call's deadline it stays below 5 s. */
    private static final Duration BUDGET = Duration.ofMillis(1500);

    private final LogFiles.Opener opener;
    private final Layout layout;
    private final int slot;
    private final Rolling rolling;
    private final LongSupplier nanos;
    private final LongAdder bytes;
    private final LongAdder finished;

    /** Distinguishes this writer's claims; null until it connects. */
    private String owner;

    private StreamIdentity stream;
    private Acked acked = Acked.NOTHING;
    private boolean hasLooked;
    private LogFiles files;
    private Recovery recovery;
    private Attempt attempt;
    private Claim claim;
    private String superseded;
    private String lastFailure;

    /**
     * Makes it; nothing is opened yet.
     *
     * @param nanos monotonic time in nanoseconds
     * @param bytes counts what is written
     * @param finished counts the files that are finished
     */
    SlotWriter(
            LogFiles.Opener opener,
            Layout layout,
            int slot,
            Rolling rolling,
            LongSupplier nanos,
            LongAdder bytes,
            LongAdder finished) {
        this.bytes = bytes;
        this.finished = finished;
        this.opener = opener;
        this.layout = layout;
        this.slot = slot;
        this.rolling = rolling;
        this.nanos = nanos;
    }

    WriteResult write(StreamIdentity chunkStream, Chunk<Change> chunk) {
        if (!chunkStream.equals(stream)) {
            abandon();
            stream = chunkStream;
        }
        acked = chunk.header().acked();
        return guarded(() -> {
            if (!isWriting()) {
                return new Retryable(recovery.describe(), null);
            }
            return attempt.write(chunk, Budget.of(BUDGET, nanos));
        });
    }

    /**
     * Rolls by age, or continues a recovery. Before the first chunk it recovers the files that the same group left here:
     * otherwise a slot without news would leave files open, and after a crash of their DataNode they cannot even be read.
     */
    void tick(String group, int slots) {
        guarded(() -> {
            if (stream == null && !hasLooked) {
                lookForLeftovers(group, slots);
            }
            if (stream != null && isWriting()) {
                attempt.tick();
            }
            return null;
        });
    }

    void close() {
        if (attempt != null) {
            try {
                attempt.close();
                files.close();
                files = null;
            } catch (IOException | RuntimeException e) {
                LOG.info("slot {} of {}: files are left to the next recovery: {}", slot, layout.root(), e.toString());
            }
        }
        abandon();
    }

    private void lookForLeftovers(String group, int slots) throws IOException, WrongStream {
        connect();
        StreamIdentity stored = new Streams(files, layout).stored();
        if (stored != null && stored.group().equals(group)) {
            stream = stored.withSlots(slots);
        }
        hasLooked = true;
    }

    private void connect() throws IOException {
        if (files == null) {
            files = opener.open();
            owner = owner == null ? files.uniqueName() : owner;
        }
    }

    private boolean isWriting() throws IOException, Superseded, WrongStream {
        if (attempt != null) {
            return true;
        }
        if (recovery == null) {
            connect();
            recovery = new Recovery(files, layout, stream, acked, slot, rolling, claim, owner);
        }
        Attempt recovered = recovery.advance(Budget.of(BUDGET, nanos));
        if (recovered != null) {
            claim = recovery.claimed();
            attempt = recovered;
            recovery = null;
            lastFailure = null;
        }
        return recovered != null;
    }

    private WriteResult guarded(Action action) {
        if (superseded != null) {
            return new Retryable(superseded, null);
        }
        try {
            return action.run();
        } catch (Superseded e) {
            superseded = e.getMessage();
            LOG.error("hdfs sink: {}", superseded);
            abandon();
            return new Retryable(superseded, null);
        } catch (WrongStream e) {
            return failed("hdfs sink holds: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) { // also what a client or Avro never announced
            return failed("hdfs sink, slot " + slot + " of " + layout.root() + ": " + firstLine(e), e);
        } catch (LinkageError e) { // a native library, or a class that this worker's class path lacks
            IOException cause = new IOException(e.toString(), e);
            return failed("hdfs sink, slot " + slot + " of " + layout.root() + ": " + firstLine(cause), cause);
        } finally {
            count();
        }
    }

    private void count() {
        if (attempt != null) {
            bytes.add(attempt.takeBytes());
            finished.add(attempt.takeFinished());
        }
    }

    private Retryable failed(String message, Exception cause) {
        abandon();
        if (message.equals(lastFailure)) {
            LOG.debug("{}", message, cause);
        } else {
            LOG.warn("{}; the sink tries again by itself", message);
            lastFailure = message;
        }
        return new Retryable(message, cause);
    }

    /** Lets go of everything; what was written is found by the next recovery. */
    private void abandon() {
        if (recovery != null) {
            if (recovery.claimed() != null) {
                claim = recovery.claimed();
            }
            try {
                recovery.close();
            } catch (IOException e) {
                LOG.debug("closing a recovery", e);
            }
            recovery = null;
        }
        count();
        attempt = null;
        if (files != null) {
            files.abort();
            files = null;
        }
    }

    private static String firstLine(Exception e) {
        Optional<KerberosFailure> kerberos = KerberosAdvice.of(e);
        if (kerberos.isPresent()) {
            return kerberos.get().getMessage();
        }
        String text = String.valueOf(e.getMessage());
        int end = text.indexOf('\n');
        return e.getClass().getSimpleName() + ": " + (end < 0 ? text : text.substring(0, end));
    }

    @FunctionalInterface
    private interface Action {
        WriteResult run() throws IOException, Superseded, WrongStream;
    }
}
