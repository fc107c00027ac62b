package org.offerstorm.tools.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.formats.RecordParsers;
import org.offerstorm.sinks.withdrawal.RecordIds;
import org.offerstorm.tools.verify.TopicReader;

/**
 * Finds the records of one offer in the topic: at offsets that others name, and in the tails of its partitions. Reads committed
 * records only, as the stream does. One thread.
 */
final class TopicSearch implements AutoCloseable {
    /** What is at an offset that a store names. */
    enum At {
        /** A record of the offer. */
        FOUND,
        /** Nothing that can be judged: an earlier epoch, dropped by the log, or compacted. */
        GONE,
        /** A record of another offer, or no offset of the log. */
        FOREIGN
    }

    private final String topic;
    private final Source source;
    private final byte[] key;
    private final RecordIds ids;
    private final Verdicts verdicts;
    private final TopicReader reader;
    private final SortedMap<Integer, Long> begins;
    private final SortedMap<Integer, Long> ends;
    private final int home;
    private final Map<Place, TracedRecord> records = new HashMap<>();
    private final Set<Place> asked = new HashSet<>();
    private final List<String> looked = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Where a record is. */
    record Place(int partition, long offset) {}

    /** @throws IOException if Kafka cannot be read */
    TopicSearch(OfferstormConfig config, DataSet data, Source source, String id) throws IOException {
        this.topic = config.source().topic();
        this.source = source;
        this.key = id.getBytes(StandardCharsets.UTF_8);
        this.ids = RecordIds.of(data, RecordParsers.of(data));
        this.verdicts = new Verdicts(data, source);
        this.reader = new TopicReader(config.source(), source.partitions());
        this.begins = reader.begins();
        this.ends = reader.ends();
        reader.read(ends, ends, record -> {}); // gives each partition a position, also those that are not read
        this.home = ids.areKeys() ? Utils.toPositive(Utils.murmur2(key)) % source.partitions() : -1;
    }

    /** The partition that a producer gives the id by default; -1 if the ids are not the keys. */
    int home() {
        return home;
    }

    /** The records found so far, the newest first. */
    List<TracedRecord> records() {
        return records.values().stream()
                .sorted(Comparator.comparingLong(TracedRecord::offset).reversed())
                .toList();
    }

    TracedRecord record(int partition, long offset) {
        return records.get(new Place(partition, offset));
    }

    List<String> looked() {
        List<String> all = new ArrayList<>();
        if (!asked.isEmpty()) {
            all.add(String.format(
                    Locale.ROOT, "%,d %s named by the stores", asked.size(), asked.size() == 1 ? "offset" : "offsets"));
        }
        all.addAll(looked);
        return all;
    }

    List<String> notes() {
        return notes;
    }

    /** Whether a letter holds a record of the offer. */
    boolean isOf(DeadLetter letter) {
        return isOf(new ConsumerRecord<>(
                topic, letter.position().partition(), letter.position().offset(), letter.key(), letter.value()));
    }

    /** Whether a record of the topic is of the offer. */
    boolean isOf(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.equals(key, ids.of(record));
    }

    /** The verdict on a record. */
    TracedRecord judge(ConsumerRecord<byte[], byte[]> record) {
        return verdicts.of(record);
    }

    /**
     * Reads the record of a version that a store has.
     *
     * @param partition null: not known
     * @throws IOException if Kafka cannot be read
     */
    At find(int epoch, Integer partition, long offset) throws IOException {
        if (epoch != source.epoch()) {
            return epoch < source.epoch() ? At.GONE : At.FOREIGN;
        }
        boolean gone = false;
        for (int candidate : candidates(partition)) {
            switch (at(candidate, offset)) {
                case FOUND -> {
                    return At.FOUND;
                }
                case GONE -> gone = true;
                case FOREIGN -> {}
            }
        }
        return gone ? At.GONE : At.FOREIGN;
    }

    private List<Integer> candidates(Integer partition) {
        if (partition != null) {
            return partition < source.partitions() ? List.of(partition) : List.of();
        }
        Set<Integer> some = new LinkedHashSet<>();
        records.keySet().forEach(place -> some.add(place.partition()));
        if (home >= 0) {
            some.add(home);
        }
        some.addAll(begins.keySet());
        return List.copyOf(some);
    }

    private At at(int partition, long offset) throws IOException {
        Place place = new Place(partition, offset);
        if (records.containsKey(place)) {
            return At.FOUND;
        }
        if (offset < begins.get(partition)) {
            return At.GONE;
        }
        if (offset >= ends.get(partition)) {
            return At.FOREIGN;
        }
        asked.add(place);
        ConsumerRecord<byte[], byte[]> record = reader.read(partition, offset);
        if (record == null) {
            return At.GONE;
        }
        return add(record) ? At.FOUND : At.FOREIGN;
    }

    private boolean add(ConsumerRecord<byte[], byte[]> record) {
        if (!isOf(record)) {
            return false;
        }
        records.put(new Place(record.partition(), record.offset()), judge(record));
        return true;
    }

    /**
     * Reads what may have come after all that is known: the partitions of the offer, and if it is not in them, all.
     *
     * @param most offsets of a partition that are read
     * @param named partitions that stores name
     * @throws IOException if Kafka cannot be read
     */
    void tail(long most, Collection<Integer> named) throws IOException {
        Set<Integer> likely = likely(named);
        tails(likely, most);
        if (records.isEmpty()) {
            tails(others(likely), most);
        }
    }

    /**
     * Reads the partitions of the offer whole, and if it is not in them, all.
     *
     * @throws IOException if Kafka cannot be read
     */
    void scan(Collection<Integer> named) throws IOException {
        Set<Integer> likely = likely(named);
        read(likely, begins);
        if (records.isEmpty()) {
            read(others(likely), begins);
        }
    }

    private Set<Integer> likely(Collection<Integer> named) {
        Set<Integer> likely = new HashSet<>(named);
        records.keySet().forEach(place -> likely.add(place.partition()));
        likely.retainAll(begins.keySet());
        if (home < 0) {
            likely.addAll(begins.keySet());
        } else {
            likely.add(home);
        }
        return likely;
    }

    private Set<Integer> others(Set<Integer> partitions) {
        return IntStream.range(0, source.partitions())
                .filter(partition -> !partitions.contains(partition))
                .boxed()
                .collect(Collectors.toSet());
    }

    private void tails(Set<Integer> partitions, long most) throws IOException {
        Map<Integer, Long> from = new HashMap<>();
        for (int partition : partitions) {
            long known = records.keySet().stream()
                    .filter(place -> place.partition() == partition)
                    .mapToLong(place -> place.offset() + 1)
                    .max()
                    .orElse(begins.get(partition));
            long first = Math.max(known, ends.get(partition) - most);
            if (first > known) {
                notes.add(String.format(
                        Locale.ROOT,
                        "offsets %,d to %,d of %s were not read; --scan reads them",
                        known,
                        first - 1,
                        log(partition)));
            }
            from.put(partition, first);
        }
        read(partitions, from);
    }

    private void read(Set<Integer> partitions, Map<Integer, Long> from) throws IOException {
        if (partitions.isEmpty()) {
            return;
        }
        Map<Integer, Long> starts = new HashMap<>(ends);
        for (int partition : new TreeSet<>(partitions)) {
            long start = Math.max(begins.get(partition), from.get(partition));
            starts.put(partition, start);
            looked.add(
                    start < ends.get(partition)
                            ? String.format(
                                    Locale.ROOT,
                                    "offsets %,d to %,d of %s",
                                    start,
                                    ends.get(partition) - 1,
                                    log(partition))
                            : "nothing is newer in " + log(partition));
        }
        reader.read(starts, new TreeMap<>(ends), this::add);
    }

    private String log(int partition) {
        return PlainText.of(topic) + "-" + partition;
    }

    @Override
    public void close() {
        reader.close();
    }
}
