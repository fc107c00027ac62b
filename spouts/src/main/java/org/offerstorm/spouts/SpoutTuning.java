package org.offerstorm.spouts;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * How the spout works, apart from where it reads.
 *
 * @param sinks names of the sinks of this submission, none for a dry run; stored with the commits, to notice a
 *     sink that is added later
 * @param maxPending chunks in flight for each task, at least 1
 * @param chunkRecords records of a chunk, at most; at least 1
 * @param chunkBytes bytes of a chunk, at most; a larger record makes a chunk alone
 * @param bufferBytes memory for what was read and not yet emitted; reading pauses when it is full
 * @param upkeep period of commits and of the comparison with the counters' coverage
 */
public record SpoutTuning(
        Set<String> sinks, int maxPending, int chunkRecords, long chunkBytes, long bufferBytes, Duration upkeep)
        implements Serializable {
    /**
     * How much is read ahead for one task, roughly. More is not faster: Kafka's consumer reads ahead itself, and records
     * that wait longer leave the processor's cache and are moved by more garbage collections.
     */
    public static final int BUFFER_BYTES = 4 << 20;

    public SpoutTuning {
        sinks = Set.copyOf(sinks);
        if (maxPending < 1 || chunkRecords < 1 || chunkBytes < 1 || bufferBytes < 1) {
            throw new IllegalArgumentException("spout limits must be at least 1: pending " + maxPending + ", chunk "
                    + chunkRecords + " records or " + chunkBytes + " bytes, buffer " + bufferBytes + " bytes");
        }
    }

    /** Chunks of 1,000 records or 1 MiB, a buffer of 4 MiB, upkeep each second. */
    public static SpoutTuning of(Set<String> sinks, int maxPending) {
        return new SpoutTuning(sinks, maxPending, 1_000, 1 << 20, BUFFER_BYTES, Duration.ofSeconds(1));
    }
}
