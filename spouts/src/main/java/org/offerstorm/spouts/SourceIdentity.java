package org.offerstorm.spouts;

import org.offerstorm.core.model.Source;

/** Which log this process began with: also after a hold nothing else is read. Poller thread. */
final class SourceIdentity {
    private Source known;

    /** The stream began with this log. */
    void set(Source source) {
        known = source;
    }

    /**
     * Compares with the log as it is now; nothing to compare before the stream began.
     *
     * @throws HoldException if it was recreated or repartitioned
     */
    void check(Source now) throws HoldException {
        if (known == null) {
            return;
        }
        if (!known.topicId().equals(now.topicId())) {
            throw HoldException.untilRestart(StartRule.recreated(known.topicId(), now));
        }
        if (known.partitions() != now.partitions()) {
            throw HoldException.untilRestart(StartRule.repartitioned(known.partitions(), now));
        }
    }
}
