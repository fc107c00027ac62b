package org.offerstorm.tools.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.text.Quote;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.changes.ChangesReader;

/**
 * The topic of changes, read as its consumers read it: each record by itself, its number and its count after those before
 * it, and the table that both ways of reading lead to. Redis is compared before, because what came before the log of
 * offers is only known from there.
 */
final class ChangesComparison {
    private static final Store STORE = Store.of(Changes.KIND);
    private static final String VERSION = "offerstorm.version";
    private static final String POSITION = "offerstorm.position";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChangesReader reader;
    private final String topic;
    private final String group;
    private final Scope scope;
    private final Map<String, Long> sums = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private boolean compacted;
    private long seq;
    private ConsumerRecord<byte[], byte[]> last;

    /**
     * @param topic its name, for reports
     * @param group the stream's consumer group
     */
    ChangesComparison(ChangesReader reader, String topic, String group, Scope scope) {
        this.reader = reader;
        this.topic = topic;
        this.group = group;
        this.scope = scope;
    }

    /**
     * Compares all of it.
     *
     * @return 0: all of it can be judged
     * @throws IOException if the topic cannot be read, or is another stream's
     */
    long run() throws IOException {
        scope.progress().begin("changes", -1);
        compacted = reader.isCompacted();
        if (compacted) {
            scope.notes().add("changes: " + topic + " is compacted: sums and gaps of seq are not compared");
        }
        reader.forEach(record -> {
            scope.progress().step();
            last = record;
            check(record);
        });
        table();
        if (last != null) {
            position();
        }
        return 0;
    }

    private void check(ConsumerRecord<byte[], byte[]> record) {
        PlainChange change;
        try {
            change = PlainChange.of(record.value());
        } catch (PlainChange.Broken e) {
            add(record, Kind.PHANTOM, e.getMessage(), "a change");
            return;
        }
        version(record);
        String key = text(record.key());
        if (!change.cell().equals(key)) {
            add(record, Kind.MISPLACED, "the key " + Quote.of(record.key()), Quote.of(change.cell()));
        }
        if (change.seq() <= seq) {
            add(record, Kind.DUPLICATE, "seq " + change.seq() + " again", "seq " + (seq + 1));
        } else {
            if (change.seq() > seq + 1 && !compacted) {
                add(record, Kind.LOST, "seq " + change.seq(), "seq " + (seq + 1));
            }
            seq = change.seq();
        }
        sums.merge(change.cell(), change.delta(), Long::sum);
        long before = newest.getOrDefault(change.cell(), 0L);
        if (change.count() != before + change.delta() && !compacted) {
            add(
                    record,
                    Kind.MISCOUNTED,
                    "count " + change.count() + " of " + change.cell(),
                    before + signed(change.delta()) + " = " + (before + change.delta()));
        }
        newest.put(change.cell(), change.count());
    }

    private void version(ConsumerRecord<byte[], byte[]> record) {
        List<String> versions = StreamSupport.stream(
                        record.headers().headers(VERSION).spliterator(), false)
                .map(header -> Quote.of(header.value()))
                .toList();
        if (!versions.equals(List.of("\"1\""))) {
            add(
                    record,
                    Kind.DIFFERENT,
                    versions.isEmpty() ? "no header " + VERSION : "the header " + VERSION + " " + versions.get(0),
                    "\"1\"");
        }
    }

    /** What both kinds of consumers have in the end. */
    private void table() {
        SortedMap<String, Long> wanted = scope.fold().counts();
        scope.earlier().forEach((cell, count) -> wanted.merge(cell, count, Long::sum));
        SortedSet<String> cells = new TreeSet<>(wanted.keySet());
        cells.addAll(newest.keySet());
        for (String cell : cells) {
            long must = wanted.getOrDefault(cell, 0L);
            long count = newest.getOrDefault(cell, 0L);
            long sum = sums.getOrDefault(cell, 0L);
            if (count != must) {
                scope.anomalies().add(STORE, Kind.MISCOUNTED, cell, "newest count " + count, Long.toString(must));
            }
            if (sum != must && !compacted) {
                scope.anomalies().add(STORE, Kind.MISCOUNTED, cell, "sum " + sum, Long.toString(must));
            }
        }
    }

    /** Of the last record: whose topic this is, and that it claims no more than there is. */
    private void position() throws IOException {
        Header header = last.headers().lastHeader(POSITION);
        if (header == null) {
            add(last, Kind.UNCOVERED, "the last record, without a position", "one with the header " + POSITION);
            return;
        }
        JsonNode position;
        try {
            position = JSON.readTree(header.value());
        } catch (IOException e) {
            add(last, Kind.UNCOVERED, "the position " + Quote.of(header.value()), "JSON");
            return;
        }
        String owner = position.path("group").asText();
        if (!owner.equals(group)) {
            throw new IOException(reader.place() + " is the topic of the group " + Quote.of(owner) + ", not of "
                    + Quote.of(group) + "; name another in changes.topic");
        }
        Source source = scope.source();
        JsonNode of = position.path("source");
        if (!of.path("topicId").asText().equals(source.topicId())
                || of.path("epoch").asInt() != source.epoch()
                || of.path("partitions").asInt() != source.partitions()) {
            add(
                    last,
                    Kind.UNCOVERED,
                    "a position in topic id " + Quote.of(of.path("topicId").asText()) + " of epoch "
                            + of.path("epoch").asInt() + " with "
                            + of.path("partitions").asInt() + " partitions",
                    "one in " + Quote.of(source.topicId()) + " of epoch " + source.epoch() + " with "
                            + source.partitions());
            return;
        }
        for (String name : List.of("floors", "ends")) {
            for (Map.Entry<String, JsonNode> next : position.path(name).properties()) {
                offset(next.getKey(), next.getValue().asLong());
            }
        }
    }

    private void offset(String partition, long offset) {
        RecordLog log = scope.fold().logs().entrySet().stream()
                .filter(each -> each.getKey().toString().equals(partition))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (log == null || offset > log.end()) {
            add(
                    last,
                    Kind.UNCOVERED,
                    "a position at offset " + offset + " of " + scope.source().topic() + "-" + partition,
                    log == null ? "none, there is no such partition" : "offset " + log.end() + " at most");
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Kind kind, String is, String must) {
        scope.anomalies().add(STORE, kind, topic + "@" + record.offset(), is, must);
    }

    private static String signed(long delta) {
        return delta < 0 ? " - " + -delta : " + " + delta;
    }

    /** Null if it is not UTF-8, or null. */
    private static String text(byte[] bytes) {
        try {
            return bytes == null
                    ? null
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
