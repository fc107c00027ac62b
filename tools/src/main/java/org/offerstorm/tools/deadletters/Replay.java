package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.formats.RecordParsers;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.deadletter.StoredLetter;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.tools.terminal.Signals;

/**
 * {@code dlq replay}: puts the records of letters back into the topic of offers under their own keys, and marks the letters
 * as replayed when all replicas have the records. Cut off between the two, a repetition sees by the record's header that it
 * was replayed, and only marks. Some 200 bytes a letter are held, values only of one batch. One thread.
 */
public final class Replay {
    /** Header of a record that is a replay; its value is {@code epoch/topic/partition/offset} of the letter's record, UTF-8. */
    public static final String HEADER = "offerstorm-replay-of";

    private final OfferstormConfig config;
    private final DataSet data;
    private final Options options;
    private final InstantSource clock;
    private final Consumer<String> lines;
    private final Supplier<Signals.Taken> hold;
    private final BooleanSupplier stop;
    private final DeadLetterReader reader;
    private final ReplayCandidates candidates;
    private final ReplayProgress progress;
    private final LetterBatch batch = new LetterBatch();

    /**
     * What the operator chose.
     *
     * @param value in place of the record's own; null: its own
     * @param force replay also what is older than the offer, or will be refused again
     * @param keep leave the letters as they are
     * @param dryRun say what would be done, and do nothing
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Options(byte[] value, boolean force, boolean keep, boolean dryRun) {
        /** What is sent for the letter; null: a deletion. */
        byte[] valueOf(StoredLetter letter) {
            return value == null ? letter.letter().value() : value;
        }
    }

    /**
     * What was done: numbers of letters.
     *
     * @param left chosen ones that were not reached, because the end was asked for
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
     * @param data what the topic's records are
     * @param lines receives what became of each letter, fit for a terminal
     * @param hold takes the process's signals once records are sent; before, one may end it, for nothing is half done
     * @param stop asked between batches of letters whether to end
     */
    public Replay(
            OfferstormConfig config,
            DataSet data,
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
        this.data = data;
        this.candidates = new ReplayCandidates(config.source(), data);
        this.progress = new ReplayProgress(config.source(), lines);
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
        boolean stopped = false;
        try {
            candidates.select(reader, selection, options, source);
            replayChosen(source);
        } catch (Stopped e) {
            stopped = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (SourceUnavailable e) { // says nothing of the records
            throw new IOException(e.getMessage(), e);
        }
        return progress.result(candidates.size(), candidates.all(), stopped);
    }

    private void replayChosen(Source source) throws IOException {
        try (CurrentVersions versions =
                new CurrentVersions(config, source, RecordParsers.of(data).create())) {
            versions.load(candidates.wanted());
            if (!versions.note().isEmpty()) {
                lines.accept(versions.note());
            }
            replay(source, versions);
        }
    }

    private void replay(Source source, CurrentVersions versions) throws IOException {
        try (Signals.Taken signals = hold.get();
                RecordSender sender = options.dryRun() ? null : new RecordSender(config.source());
                KafkaDeadLetters topic =
                        new KafkaDeadLetters(config.source().bootstrapServers(), config.deadLetters(), clock)) {
            VersionCheck check =
                    new VersionCheck(versions, options, config.source().epoch());
            BatchReplay replay = new BatchReplay(options, clock, source, candidates, check, sender, topic, progress);
            reader.forEach(entry -> {
                if (stop.getAsBoolean()) {
                    throw new Stopped();
                }
                if (entry instanceof StoredLetter letter && candidates.of(letter) != null) {
                    batch.add(letter);
                    if (batch.isFull()) {
                        flush(replay);
                    }
                }
            });
            flush(replay);
        }
    }

    private void flush(BatchReplay replay) {
        try {
            replay.run(batch.letters());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            batch.clear();
        }
    }
}
