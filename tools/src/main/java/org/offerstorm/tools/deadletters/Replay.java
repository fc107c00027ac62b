package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.text.Quote;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.deadletter.SettledLetter;
import org.offerstorm.sinks.deadletter.StoredLetter;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.tools.terminal.Signals;

/**
 * {@code dlq replay}: puts the records of letters back into the topic of offers under their own keys, and marks the letters
 * as replayed when all replicas have the records. Cut off between the two, a repetition sees by the record's header that it
 * was replayed, and only marks. Some 200 bytes a letter are held, values only of one batch. One thread.
 */
public final class Replay {
    private static final int BATCH = 500;
    private static final int BATCH_BYTES = 4 << 20;

    private final OfferstormConfig config;
    private final Options options;
    private final InstantSource clock;
    private final Consumer<String> lines;
    private final Supplier<Signals.Taken> hold;
    private final BooleanSupplier stop;
    private final DeadLetterReader reader;
    private final OfferParser parser = new OfferParser();
    private final Map<LetterPosition, Candidate> candidates = new LinkedHashMap<>();
    private final List<StoredLetter> batch = new ArrayList<>();
    private int batchBytes;
    private long replayed;
    private long refused;
    private long all;

    /**
     * What the operator chose.
     *
     * @param value in place of the record's own; null: its own
     * @param force replay also what is older than the offer, or will be refused again
     * @param keep leave the letters as they are
     * @param dryRun say what would be done, and do nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Options(byte[] value, boolean force, boolean keep, boolean dryRun) {}

    /**
     * What was done: numbers of letters.
     *
     * @param left chosen ones that were not reached, for the end was asked for
     * @param all of the topic
     */
    public record Result(long replayed, long refused, long left, long all) {
        /** Of a run that had nothing to do: that there was none, or that none was chosen. */
        public String none() {
            return ListFormat.none(all);
        }
    }

    /** The end was asked for. */
    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /**
     * Connects to nothing.
     *
     * @param lines told what became of each letter, fit for a terminal
     * @param hold takes the process's signals once records are sent; before, one may end it, for nothing is half done
     * @param stop asked between batches of letters whether to end
     */
    public Replay(
            OfferstormConfig config,
            Options options,
            InstantSource clock,
            Consumer<String> lines,
            Supplier<Signals.Taken> hold,
            BooleanSupplier stop) {
        this.config = config;
        this.options = options;
        this.clock = clock;
        this.lines = lines;
        this.hold = hold;
        this.stop = stop;
        this.reader = new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters());
    }

    /**
     * Does it.
     *
     * @throws NoSuchLetter if there is none at a position selected; nothing is done then
     * @throws IOException if Kafka cannot be read or written; a repetition does the rest
     */
    public Result run(LetterSelection selection) throws IOException, NoSuchLetter {
        Source source = TopicIdentity.of(config.source());
        select(selection, source);
        supersede();
        try (CurrentVersions versions = new CurrentVersions(config, source)) {
            versions.load(candidates.values().stream()
                    .filter(candidate -> candidate.id() != null)
                    .map(Candidate::wanted)
                    .toList());
            if (!versions.note().isEmpty()) {
                lines.accept(versions.note());
            }
            try (Signals.Taken signals = hold.get();
                    RecordSender sender = options.dryRun() ? null : new RecordSender(config.source());
                    KafkaDeadLetters topic =
                            new KafkaDeadLetters(config.source().bootstrapServers(), config.deadLetters(), clock)) {
                reader.forEach(entry -> {
                    if (stop.getAsBoolean()) {
                        throw new Stopped();
                    }
                    if (entry instanceof StoredLetter letter && candidates.containsKey(LetterPosition.of(letter))) {
                        batch.add(letter);
                        batchBytes += letter.letter().value() == null
                                ? 0
                                : letter.letter().value().length;
                        if (batch.size() == BATCH || batchBytes > BATCH_BYTES) {
                            flush(source, versions, sender, topic);
                        }
                    }
                });
                flush(source, versions, sender, topic);
            }
        } catch (Stopped e) {
            return new Result(replayed, refused, candidates.size() - replayed - refused, all);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Result(replayed, refused, 0, all);
    }

    private void select(LetterSelection selection, Source source) throws IOException, NoSuchLetter {
        Missing missing = new Missing(config.source(), selection.positions());
        reader.forEach(entry -> {
            missing.see(entry);
            if (!(entry instanceof StoredLetter letter)) {
                return;
            }
            all++;
            if (selection.matches(letter)) {
                candidates.put(LetterPosition.of(letter), Candidate.of(letter, value(letter), source, parser));
            }
        });
        missing.check();
    }

    /** Of several letters of an offer the newest alone: each replay would make the others the older ones. */
    private void supersede() {
        Map<String, Candidate> newest = new HashMap<>();
        candidates.values().stream()
                .filter(candidate -> candidate.id() != null)
                .forEach(candidate ->
                        newest.merge(candidate.id(), candidate, (a, b) -> a.version() > b.version() ? a : b));
        candidates.replaceAll((position, candidate) -> {
            Candidate winner = newest.get(candidate.id());
            return winner == null || winner.position().equals(position)
                    ? candidate
                    : candidate.against(
                            "a newer letter of the same offer is replayed, "
                                    + winner.position().shown(config.source()),
                            true);
        });
    }

    private void flush(Source source, CurrentVersions versions, RecordSender sender, KafkaDeadLetters topic) {
        try {
            send(source, versions, sender, topic);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            batch.clear();
            batchBytes = 0;
        }
    }

    private void send(Source source, CurrentVersions versions, RecordSender sender, KafkaDeadLetters topic)
            throws IOException {
        versions.advance();
        Map<StoredLetter, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        List<SettledLetter> marks = new ArrayList<>();
        for (StoredLetter letter : batch) {
            Candidate candidate = candidates.get(LetterPosition.of(letter));
            String before = replayedBefore(letter, candidate, versions);
            if (before != null) {
                replayed++;
                say(letter, (options.dryRun() ? "was" : "was already") + " replayed, as " + before);
                marks.add(SettledLetter.replayed(letter, before, clock.millis()));
                continue;
            }
            String obstacle = obstacle(candidate, versions);
            boolean hard = candidate.hard();
            if (obstacle != null && (hard || !options.force())) {
                refused++;
                say(letter, "not replayed: " + obstacle + (hard ? "" : "; --force replays it all the same"));
            } else if (options.dryRun()) {
                replayed++;
                say(letter, "would be replayed" + (obstacle == null ? "" : ", though it " + obstacle));
            } else {
                // Its own partition: there the order of the offer's records is defined.
                Integer partition = letter.source().equals(source)
                        ? (Integer) letter.position().partition()
                        : null;
                sent.put(letter, sender.send(letter, partition, letter.letter().key(), value(letter)));
            }
        }
        IOException failure = null;
        for (Map.Entry<StoredLetter, Future<RecordMetadata>> record : sent.entrySet()) {
            try {
                String to = sender.confirm(record.getValue());
                replayed++;
                say(record.getKey(), "replayed as " + to);
                marks.add(SettledLetter.replayed(record.getKey(), to, clock.millis()));
            } catch (IOException e) {
                failure = e;
                say(record.getKey(), "not confirmed");
            }
        }
        if (!options.keep() && !options.dryRun()) {
            mark(topic, marks);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void mark(KafkaDeadLetters topic, List<SettledLetter> marks) throws IOException {
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

    /** Where the record stands that an earlier run, which was cut off, made of this letter; null if there is none. */
    private String replayedBefore(StoredLetter letter, Candidate candidate, CurrentVersions versions)
            throws IOException {
        CurrentVersions.Newest newest = candidate.id() == null ? null : versions.of(candidate.id());
        if (newest == null || newest.version() <= candidate.version()) {
            return null;
        }
        ConsumerRecord<byte[], byte[]> record = versions.record(newest);
        return record != null
                        && RecordSender.isReplayOf(letter, record.headers())
                        && Arrays.equals(record.value(), value(letter))
                ? record.partition() + "@" + record.offset()
                : null;
    }

    private String obstacle(Candidate candidate, CurrentVersions versions) {
        if (candidate.obstacle() != null || candidate.id() == null) {
            return candidate.obstacle();
        }
        CurrentVersions.Newest newest = versions.of(candidate.id());
        if (newest != null && newest.version() > candidate.version()) {
            return "is older than the offer, which was " + (newest.deleted() ? "deleted" : "written") + " at "
                    + (newest.epoch() == config.source().epoch() ? "" : "epoch " + newest.epoch() + ", ")
                    + newest.partition() + "@" + newest.offset();
        }
        return versions.isComplete(candidate.wanted())
                ? null
                : "may be older than the offer: the log begins behind it, and Redis cannot be asked";
    }

    private byte[] value(StoredLetter letter) {
        return options.value() == null ? letter.letter().value() : options.value();
    }

    private void say(StoredLetter letter, String what) {
        lines.accept(LetterPosition.of(letter).shown(config.source()) + " "
                + Quote.of(letter.letter().key()) + " " + what);
    }
}
