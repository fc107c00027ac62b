package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisVersions;
import org.offerstorm.sinks.withdrawal.TopicTail;
import org.offerstorm.tools.verify.TopicReader;

/**
 * The newest accepted version of offers: of what Redis has counted by its state, of the rest by the topic, up to its end
 * at the last call. Without Redis the topic alone is read, from the first letter on. A deletion is a version, a refused
 * record is none. One thread.
 */
final class CurrentVersions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OfferstormConfig config;
    private final Source source;
    private final TopicReader reader;
    private final RecordParser parser;
    private final Map<String, Newest> newest = new HashMap<>();
    private final Map<Integer, Long> complete = new HashMap<>();
    private SortedMap<Integer, Long> begins;
    private SortedMap<Integer, Long> read;
    private String note = "";

    /** Where a record is. */
    record Position(int partition, long offset) {}

    /** An offer whose version is asked for, and the record that would become its newest. */
    record Wanted(String id, int partition, long offset, int epoch) {}

    /**
     * A version.
     *
     * @param partition where its record is
     * @param deleted whether it is a deletion
     */
    record Newest(long version, int partition, boolean deleted) {
        long offset() {
            return version & (1L << 48) - 1;
        }

        long epoch() {
            return version >>> 48;
        }
    }

    /**
     * Connects to nothing yet.
     *
     * @param parser of the topic's records
     * @throws IOException if the address or a property of Kafka is wrong
     */
    CurrentVersions(OfferstormConfig config, Source source, RecordParser parser) throws IOException {
        this.config = config;
        this.source = source;
        this.parser = parser;
        this.reader = new TopicReader(config.source(), source.partitions());
    }

    /**
     * Asks for the offers; once.
     *
     * @throws IOException if Kafka cannot be read
     */
    void load(Collection<Wanted> offers) throws IOException {
        begins = reader.begins();
        Map<Integer, Long> counted = fromRedis(offers);
        SortedMap<Integer, Long> ends = reader.ends();
        read = new TreeMap<>(ends);
        boolean older = offers.stream().anyMatch(wanted -> wanted.epoch() < source.epoch());
        for (int partition = 0; partition < source.partitions(); partition++) {
            long begin = begins.get(partition);
            long floor = counted.getOrDefault(partition, -1L);
            if (floor >= begin) {
                read.put(partition, Math.min(Math.max(floor, begin), ends.get(partition)));
                complete.put(partition, 0L);
                continue;
            }
            complete.put(partition, begin);
            int at = partition;
            long first = older
                    ? begin
                    : offers.stream()
                            .filter(wanted -> wanted.partition() == at)
                            .mapToLong(wanted -> wanted.offset() + 1)
                            .min()
                            .orElse(ends.get(partition));
            read.put(partition, Math.min(Math.max(first, begin), ends.get(partition)));
        }
        for (Wanted wanted : offers) {
            newest.putIfAbsent(wanted.id(), null);
        }
        advance();
    }

    /** What is to be said of where the versions come from; empty if nothing. */
    String note() {
        return note;
    }

    /**
     * Reads what came to the topic since.
     *
     * @throws IOException if Kafka cannot be read
     */
    void advance() throws IOException {
        SortedMap<Integer, Long> ends = reader.ends();
        reader.read(read, ends, this::see);
        read = ends;
    }

    /**
     * Reads from where {@link #advance()} ended up to these offsets, also what is not committed yet, and may never be.
     *
     * @param ends by partition, exclusive; others are not read
     * @param own what does not count
     * @throws IOException if Kafka cannot be read
     */
    void look(Map<Integer, Long> ends, Set<Position> own) throws IOException {
        Map<Integer, Long> from = new HashMap<>(read);
        from.keySet().retainAll(ends.keySet());
        try (TopicTail tail = new TopicTail(config.source(), from, PATIENCE)) {
            tail.readTo(ends, record -> {
                if (!own.contains(new Position(record.partition(), record.offset()))) {
                    see(record);
                }
            });
        } catch (KafkaException e) {
            throw new IOException(
                    "topic " + source.topic() + " at " + config.source().bootstrapServers() + " cannot be read: "
                            + e.getMessage() + "; see whether Kafka is up and the topic may be read",
                    e);
        }
    }

    /** The newest version; null if none is known. */
    Newest of(String id) {
        return newest.get(id);
    }

    /** Whether all that came behind a record is known, or was in the log when it was read. */
    boolean isComplete(Wanted wanted) {
        long from = wanted.epoch() < source.epoch() ? 0 : wanted.offset() + 1;
        return wanted.epoch() < source.epoch()
                ? complete.values().stream().allMatch(known -> known <= from)
                : complete.getOrDefault(wanted.partition(), Long.MAX_VALUE) <= from;
    }

    /**
     * The record of a version, if it is still in the log and of this epoch; else null.
     *
     * @throws IOException if Kafka cannot be read
     */
    ConsumerRecord<byte[], byte[]> record(Newest version) throws IOException {
        if (version.epoch() != source.epoch() || version.offset() < begins.getOrDefault(version.partition(), 0L)) {
            return null;
        }
        return reader.read(version.partition(), version.offset());
    }

    @Override
    public void close() {
        reader.close();
    }

    /** The coverage is asked first: what is counted later can only make a version newer. */
    private Map<Integer, Long> fromRedis(Collection<Wanted> offers) {
        if (!config.sinks().contains(Redis.KIND)) {
            return Map.of();
        }
        try (RedisVersions redis = new RedisVersions(config.of(Redis.KIND))) {
            Map<Integer, Long> counted = redis.coverage(source);
            if (counted.isEmpty()) {
                return Map.of();
            }
            Map<String, Integer> partitions = new HashMap<>();
            offers.forEach(wanted -> partitions.put(wanted.id(), wanted.partition()));
            List<String> ids = new ArrayList<>(partitions.keySet());
            redis.of(ids)
                    .forEach((id, state) ->
                            newest.put(id, new Newest(state.version(), partitions.get(id), state.deleted())));
            return counted;
        } catch (IOException | IllegalArgumentException e) {
            note = "Redis was not asked for the offers' versions; the topic is read instead: " + e.getMessage();
            return Map.of();
        }
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        SourcePosition position = new SourcePosition(record.partition(), record.offset(), record.timestamp());
        if (parser.parse(new SourceRecord(position, record.key(), record.value()))
                instanceof ParseResult.Accepted accepted) {
            String id = accepted.change().id();
            if (newest.containsKey(id)) {
                Newest seen = new Newest(
                        source.version(record.offset()), record.partition(), accepted.change() instanceof Delete);
                newest.merge(id, seen, (a, b) -> a.version() > b.version() ? a : b);
            }
        }
    }
}
