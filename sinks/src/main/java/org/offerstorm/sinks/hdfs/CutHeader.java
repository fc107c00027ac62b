package org.offerstorm.sinks.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileConstants;

/**
 * Tells a file whose writer died within the header, or behind it, from one whose header is damaged. Avro sees the end of the file in both,
 * for a damaged length reaches behind it. Every byte is compared with what this sink writes, or wrote in an earlier version, so a file in which anything
 * follows the header is never taken for a cut one. Stateless.
 */
final class CutHeader {
    /** Longer files are none: a header holds a schema and a coverage. */
    static final int MOST_BYTES = 1 << 20;

    private static final List<byte[]> SCHEMAS = Stream.concat(
                    Stream.of(OfferSchema.SCHEMA.toString()), OfferSchema.EARLIER.stream())
            .map(schema -> schema.getBytes(UTF_8))
            .toList();
    private static final byte[] CODEC = DataFileConstants.SNAPPY_CODEC.getBytes(UTF_8);

    private CutHeader() {}

    /** Whether the bytes are the beginning of a header, and not all of it. */
    static boolean is(byte[] file) {
        ByteBuffer left = ByteBuffer.wrap(file);
        return isMetadata(left)
                && (!left.hasRemaining() || (left.get() == 0 && left.remaining() < DataFileConstants.SYNC_SIZE));
    }

    /**
     * Whether the bytes are a header, and no more. A damaged length lets Avro find the header's end anywhere, and what
     * follows there looks like a block that was cut.
     */
    static boolean isWhole(byte[] header) {
        ByteBuffer left = ByteBuffer.wrap(header);
        return isMetadata(left)
                && left.hasRemaining()
                && left.get() == 0
                && left.remaining() == DataFileConstants.SYNC_SIZE;
    }

    /** Passes magic and metadata, as far as they are there. */
    private static boolean isMetadata(ByteBuffer left) {
        Set<String> keys = new HashSet<>(FileMetadata.KEYS);
        keys.add(DataFileConstants.SCHEMA);
        keys.add(DataFileConstants.CODEC);
        byte[] magic = new byte[Math.min(left.remaining(), DataFileConstants.MAGIC.length)];
        left.get(magic);
        if (!isBeginning(magic, DataFileConstants.MAGIC)) {
            return false;
        }
        if (left.hasRemaining() && left.get() != 2 * keys.size()) { // as Avro writes a small number
            return false;
        }
        while (left.hasRemaining() && !keys.isEmpty()) {
            byte[] key = next(left);
            String name = new String(key, UTF_8);
            boolean known =
                    left.hasRemaining() ? keys.remove(name) : keys.stream().anyMatch(each -> each.startsWith(name));
            if (!known) {
                return false;
            }
            if (left.hasRemaining() && !isValue(name, left)) {
                return false;
            }
        }
        return true;
    }

    /** Passes the value of a name, as far as it is there. */
    private static boolean isValue(String name, ByteBuffer left) {
        byte[] value = next(left);
        return switch (name) {
            case DataFileConstants.SCHEMA -> SCHEMAS.stream().anyMatch(schema -> isBeginning(value, schema));
            case DataFileConstants.CODEC -> isBeginning(value, CODEC);
            default -> FileMetadata.mayHold(new String(value, UTF_8));
        };
    }

    /** The next bytes, of which their number is said before; fewer at the end of the file. */
    private static byte[] next(ByteBuffer left) {
        long length = CutBlock.number(left);
        byte[] bytes = new byte[(int) Math.max(0, Math.min(length, left.remaining()))];
        left.get(bytes);
        return bytes;
    }

    private static boolean isBeginning(byte[] bytes, byte[] expected) {
        return bytes.length <= expected.length && Arrays.equals(bytes, Arrays.copyOf(expected, bytes.length));
    }
}
