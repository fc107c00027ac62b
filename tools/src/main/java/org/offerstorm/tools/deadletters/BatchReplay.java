package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.deadletter.SettledLetter;
import org.offerstorm.sinks.deadletter.StoredLetter;

/**
 * Replays the letters of a batch in one transaction: hands all records over, waits until all replicas have them, looks whether
 * an offer was corrected meanwhile, commits, and marks the letters. One thread.
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
        List<StoredLetter> chosen = new ArrayList<>();
        List<SettledLetter> marks = new ArrayList<>();
        for (StoredLetter letter : batch) {
            Candidate candidate = candidates.of(letter);
            String before = check.replayedBefore(letter, candidate);
            if (before != null) {
                progress.replayed(letter, (options.dryRun() ? "was" : "was already") + " replayed, as " + before);
                marks.add(SettledLetter.replayed(letter, before, clock.millis()));
            } else if (isToBeSent(letter, candidate)) {
                chosen.add(letter);
            }
        }
        IOException failure = send(chosen, marks);
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

    /**
     * Sends the letters' records in one transaction, which is aborted if something newer of one of their offers came before
     * them, and begun again without those.
     *
     * @param marks receives one for each record that is committed
     * @return the last failure; null if there was none
     */
    private IOException send(List<StoredLetter> chosen, List<SettledLetter> marks) {
        IOException failure = null;
        List<StoredLetter> left = new ArrayList<>(chosen);
        Set<CurrentVersions.Position> own = new HashSet<>();
        try {
            while (!left.isEmpty()) {
                sender.begin();
                Map<StoredLetter, Future<RecordMetadata>> sent = new LinkedHashMap<>();
                left.forEach(letter -> sent.put(letter, hand(letter)));
                Map<StoredLetter, RecordMetadata> taken = new LinkedHashMap<>();
                StoredLetter tooLarge = null;
                for (Map.Entry<StoredLetter, Future<RecordMetadata>> record : sent.entrySet()) {
                    try {
                        taken.put(record.getKey(), sender.confirm(record.getValue()));
                    } catch (IOException e) {
                        if (!(e.getCause() instanceof RecordTooLargeException)) {
                            throw e;
                        }
                        failure = e;
                        tooLarge = larger(tooLarge, record.getKey()); // the client fails what waits behind it, too
                    }
                }
                taken.values().forEach(at -> own.add(new CurrentVersions.Position(at.partition(), at.offset())));
                List<StoredLetter> next = new ArrayList<>(left);
                if (tooLarge != null) {
                    progress.unconfirmed(tooLarge);
                    next.remove(tooLarge);
                } else if (!options.force()) {
                    check.look(taken.values(), own);
                    next.removeIf(letter -> !isToBeSent(letter, candidates.of(letter)));
                }
                if (next.size() == left.size()) {
                    sender.commit();
                    taken.forEach((letter, at) -> {
                        String to = at.partition() + "@" + at.offset();
                        progress.replayed(letter, "replayed as " + to);
                        marks.add(SettledLetter.replayed(letter, to, clock.millis()));
                    });
                    return failure;
                }
                sender.abort();
                left = next;
            }
        } catch (IOException e) {
            left.forEach(progress::unconfirmed);
            return e;
        }
        return failure;
    }

    private StoredLetter larger(StoredLetter one, StoredLetter other) {
        return one == null || bytes(other) > bytes(one) ? other : one;
    }

    private int bytes(StoredLetter letter) {
        byte[] value = options.valueOf(letter);
        return value == null ? 0 : value.length;
    }

    private Future<RecordMetadata> hand(StoredLetter letter) {
        // Its own partition: there the order of the offer's records is defined.
        Integer partition =
                letter.source().equals(source) ? (Integer) letter.position().partition() : null;
        return sender.send(letter, partition, letter.letter().key(), options.valueOf(letter));
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
