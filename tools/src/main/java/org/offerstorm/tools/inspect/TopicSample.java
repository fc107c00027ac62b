package org.offerstorm.tools.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.verify.TopicReader;

/** Takes the first records of each partition of a topic. Commits nothing, and is in no group. */
public final class TopicSample {
    private static final int LISTED = 5;

    private final List<byte[]> records = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private long unreadableCount;
    private long deletions;
    private long bytes;

    private TopicSample() {}

    /**
     * Reads them.
     *
     * @param limit of each partition
     * @throws IOException if Kafka or the topic cannot be reached
     */
    public static DataSample of(SourceConfig source, int limit) throws IOException {
        int partitions;
        try (Lag lag = new Lag(source)) {
            partitions = lag.partitions().size();
        }
        TopicSample sample = new TopicSample();
        boolean whole = true;
        try (TopicReader reader = new TopicReader(source, partitions)) {
            Map<Integer, Long> begins = reader.begins();
            Map<Integer, Long> ends = new TreeMap<>(reader.ends());
            for (Map.Entry<Integer, Long> end : ends.entrySet()) {
                long most = begins.get(end.getKey()) + limit;
                whole &= end.getValue() <= most;
                end.setValue(Math.min(end.getValue(), most));
            }
            reader.read(begins, ends, sample::take);
        }
        return new DataSample(
                sample.records,
                sample.keys,
                sample.unreadable,
                sample.unreadableCount,
                whole,
                "topic of " + partitions + (partitions == 1 ? " partition" : " partitions")
                        + (sample.deletions == 0 ? "" : ", with " + sample.deletions + " deletions (null values)"));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            deletions++;
        } else if (DataProfile.parse(record.value()) == null) {
            unreadableCount++;
            if (unreadable.size() < LISTED) {
                unreadable.add("partition " + record.partition() + ", offset " + record.offset()
                        + ": not a JSON object in UTF-8");
            }
        } else if (bytes < DataSample.MAX_BYTES) {
            bytes += record.value().length;
            records.add(record.value());
            keys.add(text(record.key()));
        }
    }

    /** Null for none, and for one that is not UTF-8. */
    private static String text(byte[] key) {
        if (key == null || key.length == 0) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
