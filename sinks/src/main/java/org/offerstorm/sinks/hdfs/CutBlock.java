package org.offerstorm.sinks.hdfs;

import java.nio.ByteBuffer;

/**
 * Tells a first block whose writer died in the middle of it, so that nothing of it was acknowledged, from a damaged one. A
 * block is acknowledged when the sync marker at its end is durable, so a cut one has no marker, and says that it is longer
 * than what is there. Stateless.
 */
final class CutBlock {
    /** Longer ones are not looked at, and count as damaged. */
    static final int MOST_BYTES = 16 << 20;

    private CutBlock() {}

    /**
     * Whether the bytes are the beginning of a block, and not all of it.
     *
     * @param marker the file's sync marker
     * @param block what follows the header, to the file's end; not empty
     */
    static boolean is(byte[] marker, byte[] block) {
        if (holds(block, marker)) {
            return false;
        }
        ByteBuffer left = ByteBuffer.wrap(block);
        long rows = number(left);
        long bytes = number(left);
        return !left.hasRemaining() || (rows > 0 && bytes >= 0 && bytes + marker.length > left.remaining());
    }

    private static boolean holds(byte[] bytes, byte[] marker) {
        for (int from = 0; from + marker.length <= bytes.length; from++) {
            int same = 0;
            while (same < marker.length && bytes[from + same] == marker[same]) {
                same++;
            }
            if (same == marker.length) {
                return true;
            }
        }
        return false;
    }

    /** A number as Avro writes it; of a cut one, what is there. */
    static long number(ByteBuffer left) {
        long zigzag = 0;
        byte b = (byte) 0x80;
        for (int shift = 0; b < 0 && shift < Long.SIZE && left.hasRemaining(); shift += 7) {
            b = left.get();
            zigzag |= (b & 0x7FL) << shift;
        }
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }
}
