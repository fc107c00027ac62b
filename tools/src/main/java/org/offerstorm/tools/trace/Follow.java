package org.offerstorm.tools.trace;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.StoredLetter;
import org.offerstorm.sinks.hdfs.HdfsOffers;
import org.offerstorm.sinks.solr.Solr;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.setup.TopicIdentity;
import org.offerstorm.tools.terminal.Pause;
import org.offerstorm.tools.verify.TopicReader;

/**
 * Waits for the next change of an offer, and times it through the stores by asking each of them again and again. A time is
 * therefore late by a question and a pause, some 50 ms. One thread.
 */
public final class Follow {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String SEARCHABLE = "solr, searchable";
    private static final String COMMITTED = "committed";

    private final OfferstormConfig config;
    private final DataSet data;
    private final String id;
    private final Consumer<String> lines;
    private final List<Followed.Arrival> arrivals = new ArrayList<>();
    private final Map<String, SinkKind<?>> lacking = new LinkedHashMap<>();
    /** Of the letters' topic: what is read. */
    private SortedMap<Integer, Long> lettersRead;

    /**
     * Connects to nothing.
     *
     * @param lines receives each step for people, when it is seen
     */
    public Follow(OfferstormConfig config, DataSet data, String id, Consumer<String> lines) {
        this.config = config;
        this.data = data;
        this.id = id;
        this.lines = lines;
    }

    /**
     * Waits.
     *
     * @param timeout for the change and for the stores together
     * @throws IOException if Kafka cannot be read; a store that does not answer is asked again
     */
    public Followed run(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            Source source = TopicIdentity.of(config.source());
            SourceConfig letters = new SourceConfig(
                    config.source().bootstrapServers(),
                    config.deadLetters().topic(),
                    config.source().group(),
                    config.source().epoch(),
                    config.deadLetters().properties());
            try (TopicSearch topic = new TopicSearch(config, data, source, id);
                    TopicReader reader = new TopicReader(config.source(), source.partitions());
                    TopicReader letterReader =
                            new TopicReader(letters, TopicIdentity.of(letters).partitions());
                    Lag lag = new Lag(config.source())) {
                lettersRead = letterReader.ends();
                TracedRecord record = await(topic, reader, deadline);
                if (record == null) {
                    lines.accept(String.format(Locale.ROOT, "no change came within %,d s", timeout.toSeconds()));
                    return new Followed(null, arrivals, List.of());
                }
                follow(record, source, topic, letterReader, lag, deadline);
                return new Followed(record, arrivals, List.copyOf(lacking.keySet()));
            }
        } catch (SourceUnavailable e) { // says nothing of the record
            throw new IOException(e.getMessage(), e);
        } catch (KafkaException e) {
            throw new IOException("Kafka at " + config.source().bootstrapServers() + " refused: " + e.getMessage(), e);
        }
    }

    /** The next record of the offer; null if none came in time. */
    private TracedRecord await(TopicSearch topic, TopicReader reader, long deadline) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        Map<Integer, Long> read = reader.ends();
        lines.accept("waiting for the next record of the offer");
        while (found.isEmpty()) {
            SortedMap<Integer, Long> ends = reader.ends();
            reader.read(read, ends, record -> {
                if (found.isEmpty() && topic.isOf(record)) {
                    found.add(record);
                }
            });
            read = ends;
            if (found.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    return null;
                }
                Pause.of(PAUSE);
            }
        }
        return topic.judge(found.get(0));
    }

    private void follow(
            TracedRecord record, Source source, TopicSearch topic, TopicReader letterReader, Lag lag, long deadline)
            throws IOException {
        long began = record.timestampMillis() < 0 ? System.currentTimeMillis() : record.timestampMillis();
        String place = record.partition() + "@" + record.offset();
        arrive("kafka", began, place + " " + TraceText.said(record));
        if (record.isAccepted()) {
            StoreQuestions.of(config).forEach(kind -> lacking.put(kind.name(), kind));
            if (lacking.containsKey(Solr.KIND.name())) {
                lacking.put(SEARCHABLE, Solr.KIND);
            }
        } else {
            lacking.put("dead letters", null);
        }
        lacking.put(COMMITTED, null);
        StoreQuestions stores = new StoreQuestions(config);
        List<HdfsOffers.Wanted> rows = List.of(
                new HdfsOffers.Wanted(source.epoch(), record.partition(), record.offset(), record.timestampMillis()));
        while (!lacking.isEmpty() && System.nanoTime() < deadline) {
            letters(record, topic, letterReader, began);
            Map<SinkKind<?>, Answer> asked = new HashMap<>();
            for (Map.Entry<String, SinkKind<?>> wanted : List.copyOf(lacking.entrySet())) {
                if (wanted.getValue() != null && !isAfterLacking(wanted.getValue())) {
                    Answer answer = asked.computeIfAbsent(wanted.getValue(), kind -> stores.ask(kind, id, rows));
                    has(answer, record, wanted.getKey()).ifPresent(what -> arrive(wanted.getKey(), began, what));
                }
            }
            for (Lag.Partition partition : lag.partitions()) {
                if (partition.partition() == record.partition()
                        && partition.floor() > record.offset()
                        && lacking.containsKey(COMMITTED)) {
                    arrive(COMMITTED, began, "durable in all sinks below offset " + partition.floor());
                }
            }
            Pause.of(PAUSE);
        }
        lacking.keySet().forEach(store -> lines.accept(store + " does not have it yet"));
    }

    /** Whether a store cannot have it yet, because the one that it follows does not. */
    private boolean isAfterLacking(SinkKind<?> kind) {
        return kind.after().filter(lacking::containsValue).isPresent();
    }

    /** A refusal ends the wait for the store that refused. */
    private void letters(TracedRecord record, TopicSearch topic, TopicReader reader, long began) throws IOException {
        SortedMap<Integer, Long> ends = reader.ends();
        reader.read(lettersRead, ends, letter -> DeadLetterReader.entry(letter).ifPresent(entry -> {
            if (entry instanceof StoredLetter stored
                    && stored.position().partition() == record.partition()
                    && stored.position().offset() == record.offset()
                    && topic.isOf(stored.letter())) {
                String stage = stored.stage();
                boolean ofParse = stage.equals(TopologyNames.PARSE);
                lacking.keySet().removeIf(store -> store.equals(stage) || store.startsWith(stage + ","));
                arrive(
                        "dead letters",
                        began,
                        PlainText.of(stage) + ", " + PlainText.of(stored.reason())
                                + (ofParse
                                        ? ""
                                        : ": " + PlainText.of(stored.letter().detail())));
            }
        }));
        lettersRead = ends;
    }

    /** What the store says if it has the version, or a newer one. */
    private static Optional<String> has(Answer answer, TracedRecord record, String where) {
        if (answer.kind().after().isPresent()) {
            return answer.error() == null && answer.follows(record.partition(), record.offset())
                    ? Optional.of("published, if it changed the table")
                    : Optional.empty();
        }
        return answer.holdings().stream()
                .filter(holding -> holding.version() >= record.version())
                .filter(holding -> !where.equals(SEARCHABLE) || StoreQuestions.isSearchable(holding))
                .findFirst()
                .map(holding -> holding.where().isEmpty() || where.equals(SEARCHABLE)
                        ? PlainText.of(holding.value())
                        : PlainText.of(holding.value() + "  " + holding.where()));
    }

    private void arrive(String where, long began, String what) {
        lacking.remove(where);
        Followed.Arrival arrival = new Followed.Arrival(where, Math.max(0, System.currentTimeMillis() - began), what);
        arrivals.add(arrival);
        lines.accept(String.format(Locale.ROOT, "%-18s %+,8d ms  %s", where, arrival.millis(), what));
    }
}
