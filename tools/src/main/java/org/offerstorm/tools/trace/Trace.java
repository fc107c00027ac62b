package org.offerstorm.tools.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsOffers;
import org.offerstorm.tools.deadletters.LetterPosition;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.setup.TopicIdentity;

/**
 * Follows one offer through the stream: asks the stores that can be asked by an id first, reads the records that these name,
 * and then what may have come after them. Writes nothing. One thread.
 */
public final class Trace {
    private static final int MOST_REPLAYS = 20;

    private final OfferstormConfig config;
    private final DataSet data;
    private final Options options;

    /**
     * What the user may choose.
     *
     * @param scan whether the offer's partition is read whole, and all files of HDFS
     * @param tail newest offsets of a partition that are read otherwise, at most
     * @param workers {@code HOST:PORT} of the figures of workers, which say why they hold; may be empty
     */
    public record Options(boolean scan, long tail, List<String> workers) {}

    /** Connects to nothing. */
    public Trace(OfferstormConfig config, DataSet data, Options options) {
        this.config = config;
        this.data = data;
        this.options = options;
    }

    /**
     * Looks everywhere, once.
     *
     * @throws IOException if Kafka cannot be read; an outage of a store is a part of the result
     */
    public TraceResult run(String id) throws IOException {
        try {
            Source source = TopicIdentity.of(config.source());
            try (TopicSearch topic = new TopicSearch(config, data, source, id);
                    Lag lag = new Lag(config.source())) {
                // First, because what is durable later can only be found in the stores, too.
                Map<Integer, Lag.Partition> floors = new HashMap<>();
                lag.partitions().forEach(partition -> floors.put(partition.partition(), partition));
                return run(id, source, topic, floors);
            }
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

    private TraceResult run(String id, Source source, TopicSearch topic, Map<Integer, Lag.Partition> floors)
            throws IOException {
        StoreQuestions stores = new StoreQuestions(config);
        List<SinkKind<?>> sinks = StoreQuestions.of(config);
        List<Answer> answers = new ArrayList<>();
        Set<Long> foreign = new HashSet<>();
        Set<Integer> named = new HashSet<>();
        for (SinkKind<?> sink : sinks) {
            if (!sink.equals(Hdfs.KIND)) {
                Answer answer = stores.ask(sink, id, null);
                answers.add(answer);
                learn(answer, topic, foreign, named);
            }
        }
        Letters letters = Letters.read(config, source, topic);
        for (TracedLetter letter : letters.ofOffer()) {
            learn(letter.position(), source, topic);
        }
        followReplays(source, topic);
        if (options.scan()) {
            topic.scan(named);
        } else {
            topic.tail(options.tail(), named);
        }
        followReplays(source, topic);
        if (sinks.contains(Hdfs.KIND)) {
            Answer answer = stores.ask(Hdfs.KIND, id, options.scan() ? null : rows(source, topic, answers, foreign));
            answers.add(answer);
            learn(answer, topic, foreign, named);
        }
        List<TracedRecord> records = topic.records();
        List<TracedLetter> all = letters.all(records);
        Judge judge = new Judge(source, records, all, floors, foreign, answers, new WorkerHolds(options.workers()));
        List<StoreTrace> traced = new ArrayList<>();
        traced.add(judge.letters());
        answers.forEach(answer -> traced.add(judge.of(answer)));
        return new TraceResult(
                id, config.source(), topic.home(), judge.newest(), records, all, traced, topic.looked(), topic.notes());
    }

    /** Reads the records of what a store holds. */
    private static void learn(Answer answer, TopicSearch topic, Set<Long> foreign, Set<Integer> named)
            throws IOException {
        for (Holding holding : answer.holdings()) {
            if (topic.find(holding.epoch(), holding.partition(), holding.offset()) == TopicSearch.At.FOREIGN) {
                foreign.add(holding.version());
            } else if (holding.partition() != null) {
                named.add(holding.partition());
            }
        }
    }

    private static void learn(LetterPosition letter, Source source, TopicSearch topic) throws IOException {
        if (letter.topic().equals(source.topic())) {
            topic.find(letter.epoch(), letter.partition(), letter.offset());
        }
    }

    /** The record of a letter that was replayed is older than the one that was written for it. */
    private static void followReplays(Source source, TopicSearch topic) throws IOException {
        Set<LetterPosition> known = new HashSet<>();
        for (int i = 0; i < MOST_REPLAYS; i++) {
            boolean more = false;
            for (TracedRecord record : topic.records()) {
                LetterPosition letter = record.replayOf();
                if (letter != null && known.add(letter)) {
                    learn(letter, source, topic);
                    more = true;
                }
            }
            if (!more) {
                return;
            }
        }
    }

    /** What HDFS must have. */
    private static List<HdfsOffers.Wanted> rows(
            Source source, TopicSearch topic, List<Answer> answers, Set<Long> foreign) {
        List<HdfsOffers.Wanted> rows = new ArrayList<>();
        for (TracedRecord record : topic.records()) {
            if (record.isAccepted()) {
                rows.add(new HdfsOffers.Wanted(
                        source.epoch(), record.partition(), record.offset(), record.timestampMillis()));
            }
        }
        for (Answer answer : answers) {
            for (Holding holding : answer.holdings()) {
                if (holding.timeMillis() != null
                        && holding.partition() != null
                        && !foreign.contains(holding.version())
                        && (holding.epoch() < source.epoch()
                                || topic.record(holding.partition(), holding.offset()) == null)) {
                    rows.add(new HdfsOffers.Wanted(
                            holding.epoch(), holding.partition(), holding.offset(), holding.timeMillis()));
                }
            }
        }
        return rows;
    }
}
