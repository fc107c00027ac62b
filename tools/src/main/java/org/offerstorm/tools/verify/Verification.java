package org.offerstorm.tools.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.deadletter.SettledLetter.Settlement;
import org.offerstorm.sinks.hdfs.OfferBase;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.tools.terminal.Pause;

/**
 * Reads the topic, and what the lake has of records that it lost, folds it, and compares every sink with it. Writes nothing, but has Solr make visible what it holds,
 * and take or refuse a hidden document for each letter that says it refused a record.
 * Used by one thread.
 */
public final class Verification {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<Store> STORES = Stream.concat(
                    Comparisons.ORDER.stream().map(Store::of), Stream.of(Store.DEAD_LETTERS))
            .toList();

    private final OfferstormConfig config;
    private final DataSet data;
    private final Options options;
    private final VerifyProgress progress;

    /**
     * What the user may choose.
     *
     * @param patience how long to wait for the stream to finish what is in the topic, and to come to rest
     * @param sample number of live offers of which Solr's fields are compared
     * @param seed chooses them
     */
    public record Options(Duration patience, int sample, long seed) {}

    /** Connects to nothing. */
    public Verification(OfferstormConfig config, DataSet data, Options options, VerifyProgress progress) {
        this.config = config;
        this.data = data;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Does all of it. May take minutes.
     *
     * @throws NotFinished if the stream is behind the topic, or records keep coming
     * @throws IOException if a server cannot be read, or holds another topic
     */
    public Result run() throws IOException, NotFinished {
        try (Lag lag = new Lag(config.source(), kafkaPatience())) {
            Source source = TopicIdentity.of(config.source(), kafkaPatience());
            try (TopicReader reader = new TopicReader(config.source(), source.partitions(), kafkaPatience())) {
                SortedMap<Integer, Long> begins = reader.begins();
                try (Baseline baseline = Baseline.find(config, source, begins)) {
                    Fold fold = new Fold(source.epoch(), data, begins);
                    try {
                        baseline.fill(fold, progress);
                        return run(source, lag, reader, begins, baseline, fold);
                    } catch (OfferBase.Damaged e) {
                        Fold withoutBase = new Fold(source.epoch(), data, begins);
                        return run(source, lag, reader, begins, Baseline.missing(e), withoutBase);
                    }
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (SourceUnavailable e) { // says nothing of the records
            throw new IOException(e.getMessage(), e);
        } catch (KafkaException e) {
            throw new IOException(
                    "Kafka at " + config.source().bootstrapServers() + " refused: " + e.getMessage()
                            + "; the user in source.properties must be allowed to describe and read the topic and its"
                            + " consumer group",
                    e);
        }
    }

    private Result run(
            Source source, Lag lag, TopicReader reader, SortedMap<Integer, Long> begins, Baseline baseline, Fold fold)
            throws IOException, NotFinished {
        SortedMap<Integer, Long> read = begins;
        long calmBy = 0;
        while (true) {
            SortedMap<Integer, Long> ends = reader.ends();
            awaitDurable(lag, ends);
            read(reader, fold, read, ends);
            read = ends;
            Result result = compare(source, reader, baseline, fold);
            Map<Integer, Long> moved = moved(ends, reader.ends());
            if (moved.isEmpty()) {
                return result;
            }
            calmBy = calmBy == 0 ? System.nanoTime() + options.patience().toNanos() : calmBy;
            if (System.nanoTime() > calmBy) {
                throw new NotFinished("the stream is not calm: while the stores were read, "
                        + "records came to " + describe(moved)
                        + "; stop producing for a while, or raise --wait");
            }
        }
    }

    /** Of each request while Kafka listens: as for the stream, and no less than usual. */
    private Duration kafkaPatience() {
        return options.patience().compareTo(TopicReader.PATIENCE) < 0 ? TopicReader.PATIENCE : options.patience();
    }

    private void read(TopicReader reader, Fold fold, Map<Integer, Long> from, Map<Integer, Long> ends)
            throws IOException {
        long offsets = 0;
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            offsets += end.getValue() - from.get(end.getKey());
        }
        progress.begin("topic", offsets);
        reader.read(from, ends, record -> {
            fold.add(record.partition(), record.offset(), record.timestamp(), record.key(), record.value());
            progress.step();
        });
        ends.forEach((partition, end) -> fold.logs().get(partition).setEnd(end));
    }

    private Result compare(Source source, TopicReader reader, Baseline baseline, Fold fold) throws IOException {
        fold.clearMarks();
        Anomalies anomalies = new Anomalies(STORES);
        Exemptions exemptions = new Exemptions();
        Examples examples = new Examples(config.source().topic(), reader, baseline, fold);
        List<String> notes = notes(baseline, fold);
        Scope scope = new Scope(source, fold, anomalies, examples, options, new HashMap<>(), notes, progress);
        List<String> compared = new ArrayList<>();

        // First, because it shows what Solr may lack.
        SolrLetters solr = new SolrLetters(config, data, examples);
        LetterComparison letters = new LetterComparison(config, fold, anomalies, examples, exemptions, solr);
        note(
                notes,
                letters.run(source, progress),
                "dead letters of another topic, or of records before this log, not judged");
        note(notes, letters.gaps(), "gaps: the log dropped records before they were read, says the dead-letter topic");
        note(notes, solr.unasked(), "dead letters of solr that were believed, as Solr was asked for others only");
        note(notes, letters.settled(Settlement.DROPPED), "dead letters that an operator dropped");
        note(notes, letters.settled(Settlement.REPLAYED), "dead letters that an operator replayed");
        for (SinkKind<?> sink : Comparisons.ORDER) {
            if (!config.sinks().contains(sink)) {
                if (sink.isDefault()) {
                    notes.add(sink.name() + " is not in 'sinks': not compared");
                }
                continue;
            }
            compared.add(sink.name());
            long outside = Comparisons.run(sink, config, scope);
            note(notes, outside, sink.name() + " entries of records before this log, not judged");
        }
        compared.add(Store.DEAD_LETTERS.word());
        long live = fold.counts().values().stream().mapToLong(Long::longValue).sum();
        return new Result(
                fold.records(),
                fold.rejected(),
                live,
                compared,
                anomalies.list(),
                exemptions.count(),
                exemptions.list(),
                notes);
    }

    private List<String> notes(Baseline baseline, Fold fold) {
        List<String> notes = new ArrayList<>();
        fold.logs().forEach((partition, log) -> {
            if (log.begin() > 0) {
                notes.add("the log of " + config.source().topic() + "-" + partition + " begins at offset " + log.begin()
                        + (baseline.isThere()
                                ? ": offers that came before are compared with the lake, verified up to offset "
                                        + baseline.cut().next().get(partition)
                                : ": what came before cannot be judged"));
            }
        });
        baseline.problem().ifPresent(notes::add);
        note(
                notes,
                fold.moved(),
                "records whose id came in another partition before, so that their order is undefined");
        return notes;
    }

    private static void note(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(String.format(Locale.ROOT, "%s: %,d", what, count));
        }
    }

    private void awaitDurable(Lag lag, Map<Integer, Long> ends) throws IOException, NotFinished {
        long deadline = System.nanoTime() + options.patience().toNanos();
        progress.begin("lag", -1);
        while (true) {
            Map<Integer, Long> behind = behind(lag, ends);
            if (behind.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new NotFinished("the stream has not finished the topic after "
                        + options.patience().toSeconds() + " s; records that are not yet durable, by partition: "
                        + describe(behind)
                        + ". See 'status' whether the topology runs and what holds it, or raise --wait");
            }
            Pause.of(POLL);
        }
    }

    /** Offsets below {@code ends} that are not yet durable, by partition; none of those that have none. */
    private static Map<Integer, Long> behind(Lag lag, Map<Integer, Long> ends) throws IOException {
        Map<Integer, Long> behind = new TreeMap<>();
        for (Lag.Partition partition : lag.partitions()) {
            long left = ends.getOrDefault(partition.partition(), 0L) - partition.floor();
            if (left > 0) {
                behind.put(partition.partition(), left);
            }
        }
        return behind;
    }

    private String describe(Map<Integer, Long> offsets) {
        StringBuilder text = new StringBuilder();
        offsets.forEach((partition, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(config.source().topic())
                .append('-')
                .append(partition)
                .append(' ')
                .append(String.format(Locale.ROOT, "%,d", count)));
        return text.toString();
    }

    private static Map<Integer, Long> moved(Map<Integer, Long> before, Map<Integer, Long> now) {
        Map<Integer, Long> moved = new TreeMap<>();
        now.forEach((partition, end) -> {
            if (end > before.get(partition)) {
                moved.put(partition, end - before.get(partition));
            }
        });
        return moved;
    }
}
