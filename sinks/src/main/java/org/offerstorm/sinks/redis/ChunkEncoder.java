package org.offerstorm.sinks.redis;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.Upsert;

/**
 * Makes the script's arguments of a chunk: a few packed strings in place of thousands of arguments, which cost more to
 * parse than to apply. Used by the sink's thread.
 */
final class ChunkEncoder {
    /** A minute's totals live this long after it. */
    static final Duration RATE_RETENTION = Duration.ofDays(2);
    /** Producers' clocks may be ahead this much; a record from further on has no rate. */
    static final Duration RATE_AHEAD = Duration.ofMinutes(10);
    /** Entries of the stream of changes, about. */
    static final int STREAM_LENGTH = 10_000;

    /** Place of the argument that says whether there are no state buckets, in what {@link #encode} returns. */
    static final int NO_BUCKETS = 12;

    private static final int CHANGE_LENGTH = 4 + 7 + 2 + 2;
    private static final int RANGE_LENGTH = 4 + 7 + 7 + 1;
    private static final long MINUTE_MILLIS = 60_000;

    private final OfferHash hash = new OfferHash();
    private final byte[] buckets;
    private final byte[] prefix;

    ChunkEncoder(RedisKeys keys, long buckets) {
        this.prefix = RedisKeys.bytes(keys.prefix());
        this.buckets = number(buckets);
    }

    List<byte[]> encode(Chunk<Change> chunk, Instant now) {
        Source source = chunk.header().source();
        Map<String, Integer> offers = new HashMap<>(chunk.size() * 2);
        Map<String, Integer> cells = new HashMap<>();
        List<byte[]> cellNames = new ArrayList<>();
        Map<Long, Integer> minutes = new HashMap<>();
        List<byte[]> minuteNames = new ArrayList<>();
        ByteBuffer hashes = ByteBuffer.allocate(chunk.size() * OfferHash.LENGTH);
        ByteBuffer changes = ByteBuffer.allocate(chunk.size() * CHANGE_LENGTH);
        long firstMinute = Math.floorDiv(now.minus(RATE_RETENTION).toEpochMilli(), MINUTE_MILLIS);
        long lastMinute = Math.floorDiv(now.plus(RATE_AHEAD).toEpochMilli(), MINUTE_MILLIS);
        long latest = Long.MIN_VALUE;

        for (Change change : chunk.items()) {
            Integer offer = offers.get(change.id());
            if (offer == null) {
                offer = offers.size() + 1;
                offers.put(change.id(), offer);
                hash.put(change.id(), hashes);
            }
            int cell = change instanceof Upsert upsert ? index(upsert.cell().key(), cells, cellNames) : 0;
            long timestamp = change.position().timestampMillis();
            long minute = Math.floorDiv(timestamp, MINUTE_MILLIS);
            boolean rated = minute >= firstMinute && minute <= lastMinute;
            changes.putInt(offer);
            putLong7(changes, source.version(change.position().offset()));
            changes.putShort((short) cell);
            changes.putShort((short) (rated ? index(minute, minutes, minuteNames) : 0));
            latest = Math.max(latest, timestamp);
        }

        List<byte[]> arguments = new ArrayList<>(17 + cellNames.size() + minuteNames.size());
        arguments.add(RedisKeys.bytes(RedisKeys.FORMAT));
        arguments.add(RedisKeys.bytes(source.topic()));
        arguments.add(RedisKeys.bytes(source.topicId()));
        arguments.add(number(source.epoch()));
        arguments.add(number(source.partitions()));
        arguments.add(buckets);
        arguments.add(prefix);
        arguments.add(number(STREAM_LENGTH));
        arguments.add(number(latest));
        arguments.add(number(RATE_RETENTION.toSeconds()));
        arguments.add(flag(chunk.header().acked().thisEpoch()));
        arguments.add(flag(chunk.header().acked().earlierEpochs()));
        arguments.add(flag(false)); // NO_BUCKETS
        arguments.add(written(hashes));
        arguments.add(written(changes));
        arguments.add(ranges(chunk.header().ranges()));
        arguments.add(number(cellNames.size()));
        arguments.addAll(cellNames);
        arguments.addAll(minuteNames);
        return arguments;
    }

    private static byte[] ranges(List<OffsetRange> ranges) {
        ByteBuffer to = ByteBuffer.allocate(ranges.size() * RANGE_LENGTH);
        for (OffsetRange range : ranges) {
            to.putInt(range.partition());
            putLong7(to, range.from());
            putLong7(to, range.next());
            to.put((byte) (range.logStart() ? 1 : 0));
        }
        return to.array();
    }

    /** Index from 1 of {@code name} in {@code names}. */
    private static <T> int index(T name, Map<T, Integer> known, List<byte[]> names) {
        Integer index = known.get(name);
        if (index == null) {
            names.add(RedisKeys.bytes(name.toString()));
            index = names.size();
            known.put(name, index);
        }
        return index;
    }

    /** The lower 7 bytes: versions and offsets are below 2^53. */
    private static void putLong7(ByteBuffer to, long value) {
        to.put((byte) (value >>> 48));
        to.putShort((short) (value >>> 32));
        to.putInt((int) value);
    }

    private static byte[] written(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    static byte[] flag(boolean set) {
        return number(set ? 1 : 0);
    }

    private static byte[] number(long value) {
        return RedisKeys.bytes(Long.toString(value));
    }
}
