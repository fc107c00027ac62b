package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.xerial.snappy.Snappy;

/**
 * Avro's codec "snappy" for one file, whose blocks all end at a multiple of some bytes: what is too short is written in
 * more bytes than are needed, as the format allows it (see {@link LongSnappy}). Every reader reads it.
 *
 * <p>Why: HDFS has a checksum for each piece of some bytes. A packet that begins within such a piece replaces its checksum,
 * after the bytes are written. A DataNode that is killed between both finds a piece that does not match when it starts, and
 * cuts it off, also what was synced of it. With one copy it was the only one. No piece is half synced here.
 */
final class AlignedSnappy extends Codec {
    /** Avro's own CRC of what was compressed follows it. */
    private static final int CRC_BYTES = 4;
    /** So few bytes may be compressed that they cannot take up all that is missing, but all to the end of a later piece. */
    private static final int MOST_ADDED = 1_024;

    private final int alignment;
    private final CRC32 crc = new CRC32();
    /** Where the next block begins. */
    private long position;
    /** In the block that is being filled. */
    private long rows;

    private AlignedSnappy(int alignment) {
        this.alignment = alignment;
    }

    /** @param alignment bytes; 1: blocks may end anywhere */
    static AlignedSnappy to(int alignment) {
        return new AlignedSnappy(alignment);
    }

    /** For the writer of the one file. */
    CodecFactory factory() {
        return new CodecFactory() {
            @Override
            protected Codec createInstance() {
                return AlignedSnappy.this;
            }
        };
    }

    /** The header is written, before the first block. */
    void beginAt(long headerEnd) {
        position = headerEnd;
    }

    /** A row is added to the block; before the writer may end it. */
    void addRow() {
        rows++;
    }

    @Override
    public String getName() {
        return DataFileConstants.SNAPPY_CODEC;
    }

    @Override
    public ByteBuffer compress(ByteBuffer block) throws IOException {
        byte[] plain = block.array();
        int from = block.arrayOffset() + block.position();
        int length = block.remaining();
        byte[] compressed = new byte[Snappy.maxCompressedLength(length) + MOST_ADDED + CRC_BYTES];
        int size = aligned(compressed, Snappy.compress(plain, from, length, compressed, 0), plain, from);
        crc.reset();
        crc.update(plain, from, length);
        ByteBuffer result = ByteBuffer.wrap(compressed, 0, size + CRC_BYTES);
        result.putInt(size, (int) crc.getValue());
        position += blockLength(size);
        rows = 0;
        return result;
    }

    /** Lengthens the compressed bytes so that the block ends where a piece ends; returns their new size. */
    private int aligned(byte[] compressed, int size, byte[] plain, int from) {
        for (int added = 0; added <= MOST_ADDED; added++) {
            if ((position + blockLength(size + added)) % alignment == 0) {
                int lengthened = added == 0 ? size : LongSnappy.lengthen(compressed, size, added, plain, from);
                if (lengthened != LongSnappy.IMPOSSIBLE) {
                    return lengthened;
                }
            }
        }
        return size; // larger pieces than the few bytes of this block can fill: as if there were no alignment
    }

    private long blockLength(int size) {
        long data = (long) size + CRC_BYTES;
        return Varint.length(rows) + Varint.length(data) + data + DataFileConstants.SYNC_SIZE;
    }

    @Override
    public ByteBuffer decompress(ByteBuffer block) {
        throw new UnsupportedOperationException("this codec writes; readers have Avro's own");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
