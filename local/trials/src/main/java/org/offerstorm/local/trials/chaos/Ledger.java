package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.offerstorm.tools.verify.TopicReader;

/**
 * What the brokers confirmed: a hash of each record, by its offset. The topic is what {@code verify} believes, so what Kafka
 * itself lost shows only here. Eight bytes a record; any thread.
 */
final class Ledger {
    private static final int EXAMPLES = 5;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    /** No record of the load was confirmed at this offset. */
    private static final long NONE = 0;

    private final String topic;
    private final SortedMap<Integer, long[]> partitions = new TreeMap<>();

    Ledger(String topic) {
        this.topic = topic;
    }

    /**
     * What Kafka confirmed and no longer has as it was.
     *
     * @param records number of them
     * @param examples some of them
     */
    record Lost(long records, List<String> examples) {}

    /** Hash of a record; never {@link #NONE}. */
    static long hash(byte[] key, byte[] value) {
        long hash = add(FNV_OFFSET, key);
        hash = (hash ^ (value == null ? 1 : 2)) * FNV_PRIME;
        hash = value == null ? hash : add(hash, value);
        return hash == NONE ? 1 : hash;
    }

    private static long add(long hash, byte[] bytes) {
        long sum = hash;
        for (byte each : bytes) {
            sum = (sum ^ (each & 0xff)) * FNV_PRIME;
        }
        return sum;
    }

    /** The brokers have this record. */
    synchronized void confirmed(int partition, long offset, long hash) {
        int at = Math.toIntExact(offset);
        long[] hashes = partitions.getOrDefault(partition, new long[1 << 12]);
        if (at >= hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(at + 1, hashes.length * 2));
        }
        hashes[at] = hash;
        partitions.put(partition, hashes);
    }

    /**
     * Compares with the topic, once, when everything is confirmed.
     *
     * @throws IOException if it cannot be read
     */
    Lost compare(TopicReader reader) throws IOException {
        reader.read(
                reader.begins(),
                reader.ends(),
                record -> found(record.partition(), record.offset(), hash(bytes(record.key()), record.value())));
        return lost();
    }

    private static byte[] bytes(byte[] key) {
        return key == null ? new byte[0] : key;
    }

    /** The topic has this record. */
    synchronized void found(int partition, long offset, long hash) {
        long[] hashes = partitions.get(partition);
        if (hashes != null && offset < hashes.length && hashes[(int) offset] == hash) {
            hashes[(int) offset] = NONE;
        }
    }

    /** What was confirmed and not found. */
    synchronized Lost lost() {
        long lost = 0;
        List<String> examples = new ArrayList<>();
        for (Map.Entry<Integer, long[]> partition : partitions.entrySet()) {
            long[] hashes = partition.getValue();
            for (int offset = 0; offset < hashes.length; offset++) {
                if (hashes[offset] != NONE && lost++ < EXAMPLES) {
                    examples.add(topic + "-" + partition.getKey() + "@" + offset);
                }
            }
        }
        return new Lost(lost, examples);
    }
}
