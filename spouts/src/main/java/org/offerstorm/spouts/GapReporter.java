package org.offerstorm.spouts;

import java.util.List;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.sink.DeadLetters;
import org.offerstorm.core.sink.WriteResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports records that the log dropped (retention, deleted records) before they were read: one dead letter for the gap,
 * and a line in the log. Poller thread.
 */
final class GapReporter implements AutoCloseable {
    /** Of the dead letter. */
    static final String STAGE = "spout";

    private static final Logger LOG = LoggerFactory.getLogger(GapReporter.class);
    private static final long NO_TIMESTAMP = -1;

    private final DeadLetters letters;
    private final LogOnce log;

    /** @param letters may be null: then a gap is only logged and counted */
    GapReporter(DeadLetters letters, LogOnce log) {
        this.letters = letters;
        this.log = log;
    }

    /** Whether the gap {@code [from, next)} is now reported durably, so that the stream may pass it. */
    boolean report(Source source, int partition, long from, long next) {
        String detail = "offsets [" + from + "," + next + ") of " + source.topic() + "-" + partition
                + " were dropped from the log before they were read";
        if (letters != null) {
            DeadLetter letter = new DeadLetter(
                    source,
                    new SourcePosition(partition, from, NO_TIMESTAMP),
                    null,
                    null,
                    STAGE,
                    DeadLetter.GAP,
                    detail);
            if (letters.write(List.of(letter)) instanceof WriteResult.Retryable failure) {
                log.warn("Cannot report the gap (" + detail + "), waiting: " + failure.message(), failure.cause());
                return false;
            }
        }
        LOG.error("Gap: {}; check retention.ms of the topic (setup makes it -1)", detail);
        return true;
    }

    @Override
    public void close() {
        if (letters != null) {
            letters.close();
        }
    }
}
