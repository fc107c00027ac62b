package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.deadletter.SettledLetter;
import org.offerstorm.sinks.deadletter.StoredLetter;

/**
 * Replays the letters of a batch: hands all records over, waits until all replicas have them, and marks the letters whose
 * records are confirmed. One thread.
 */
final class BatchReplay {
    private final Replay.Options options;
    private final InstantSource clock;
    private final Source source;
    private final ReplayCandidates candidates;
    private final VersionCheck check;
    private final RecordSender sender;
    private final KafkaDeadLetters topic;
    private final ReplayProgress progress;

    /**
     * @param source the topic of offers as it is now
     * @param sender not used in a dry run, and may be null then
     * @param topic takes the marks
     */
    BatchReplay(
            Replay.Options options,
            InstantSource clock,
            Source source,
            ReplayCandidates candidates,
            VersionCheck check,
            RecordSender sender,
            KafkaDeadLetters topic,
            ReplayProgress progress) {
        this.options = options;
        this.clock = clock;
        this.source = source;
        this.candidates = candidates;
        this.check = check;
        this.sender = sender;
        this.topic = topic;
        this.progress = progress;
    }

    /** @throws IOException if Kafka cannot be read or written; what is confirmed is marked before */
    void run(List<StoredLetter> batch) throws IOException {
        check.advance();
        Map<StoredLetter, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        List<SettledLetter> marks = new ArrayList<>();
        for (StoredLetter letter : batch) {
            Candidate candidate = candidates.of(letter);
            String before = check.replayedBefore(letter, candidate);
            if (before != null) {
                progress.replayed(letter, (options.dryRun() ? "was" : "was already") + " replayed, as " + before);
                marks.add(SettledLetter.replayed(letter, before, clock.millis()));
            } else if (isToBeSent(letter, candidate)) {
                sent.put(letter, send(letter));
            }
        }
        IOException failure = confirm(sent, marks);
        if (!options.keep() && !options.dryRun()) {
            mark(marks);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** If not, says why. */
    private boolean isToBeSent(StoredLetter letter, Candidate candidate) {
        String obstacle = check.obstacle(candidate);
        boolean hard = candidate.hard();
        if (obstacle != null && (hard || !options.force())) {
            progress.refused(letter, "not replayed: " + obstacle + (hard ? "" : "; --force replays it anyway"));
            return false;
        }
        if (options.dryRun()) {
            progress.replayed(letter, "would be replayed" + (obstacle == null ? "" : ", though it " + obstacle));
            return false;
        }
        return true;
    }

    private Future<RecordMetadata> send(StoredLetter letter) {
        // Its own partition: there the order of the offer's records is defined.
        Integer partition =
                letter.source().equals(source) ? (Integer) letter.position().partition() : null;
        return sender.send(letter, partition, letter.letter().key(), options.valueOf(letter));
    }

    /**
     * Waits for the answers.
     *
     * @param marks receives one for each record confirmed
     * @return the last failure; null if all are confirmed
     */
    private IOException confirm(Map<StoredLetter, Future<RecordMetadata>> sent, List<SettledLetter> marks) {
        IOException failure = null;
        for (Map.Entry<StoredLetter, Future<RecordMetadata>> record : sent.entrySet()) {
            StoredLetter letter = record.getKey();
            try {
                String to = sender.confirm(record.getValue());
                progress.replayed(letter, "replayed as " + to);
                marks.add(SettledLetter.replayed(letter, to, clock.millis()));
            } catch (IOException e) {
                failure = e;
                progress.unconfirmed(letter);
            }
        }
        return failure;
    }

    private void mark(List<SettledLetter> marks) throws IOException {
        int count = marks.size();
        try {
            Drop.settle(topic, marks);
        } catch (UncheckedIOException e) {
            throw new IOException(
                    count + " of the records above are replayed, but their letters could not be marked: "
                            + e.getCause().getMessage()
                            + ". Say it once more: it sees that they are replayed, and marks them",
                    e.getCause());
        }
    }
}
