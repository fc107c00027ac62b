package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** What the newest versions of offers say about replaying a letter. One thread. */
final class VersionCheck {
    private final CurrentVersions versions;
    private final Replay.Options options;
    private final int epoch;

    /** @param epoch of the topic of offers as it is now */
    VersionCheck(CurrentVersions versions, Replay.Options options, int epoch) {
        this.versions = versions;
        this.options = options;
        this.epoch = epoch;
    }

    /**
     * Reads what came to the topic of offers since.
     *
     * @throws IOException if Kafka cannot be read
     */
    void advance() throws IOException {
        versions.advance();
    }

    /**
     * Reads what came to the topic of offers before these records of an open transaction, committed or not.
     *
     * @param own all records that this run has sent in transactions
     * @throws IOException if Kafka cannot be read
     */
    void look(Collection<RecordMetadata> sent, Set<CurrentVersions.Position> own) throws IOException {
        Map<Integer, Long> ends = new HashMap<>();
        sent.forEach(at -> ends.merge(at.partition(), at.offset(), Math::max));
        versions.look(ends, own);
    }

    /** Where the record stands that an earlier run, which was cut off, made of this letter; null if there is none. */
    String replayedBefore(StoredLetter letter, Candidate candidate) throws IOException {
        CurrentVersions.Newest newest = candidate.id() == null ? null : versions.of(candidate.id());
        if (newest == null || newest.version() <= candidate.version()) {
            return null;
        }
        ConsumerRecord<byte[], byte[]> record = versions.record(newest);
        return record != null
                        && RecordSender.isReplayOf(letter, record.headers())
                        && Arrays.equals(record.value(), options.valueOf(letter))
                ? record.partition() + "@" + record.offset()
                : null;
    }

    /** Why not to replay it; null if nothing prevents it. */
    String obstacle(Candidate candidate) {
        if (candidate.obstacle() != null || candidate.id() == null) {
            return candidate.obstacle();
        }
        CurrentVersions.Newest newest = versions.of(candidate.id());
        if (newest != null && newest.version() > candidate.version()) {
            return "is older than the offer, which was " + (newest.deleted() ? "deleted" : "written") + " at "
                    + (newest.epoch() == epoch ? "" : "epoch " + newest.epoch() + ", ")
                    + newest.partition() + "@" + newest.offset();
        }
        return versions.isComplete(candidate.wanted())
                ? null
                : "may be older than the offer: the log begins behind it, and Redis cannot be asked";
    }
}
