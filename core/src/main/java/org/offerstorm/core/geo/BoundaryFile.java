package org.offerstorm.core.geo;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Reads the boundary resource: a header, the rings, the cells, a checksum. It is not compressed, because the jar is, and
 * because every Java version then writes the same bytes.
 *
 * <pre>
 *   magic 'OFCB', format, units per degree, cells per degree           4, 1, 2, 1 bytes
 *   rings: count; of each: continent, vertices, (Δlongitude, Δlatitude)…  varints, deltas zigzag from the vertex before
 *   tiles of 1°, from the south-west, eastwards: (code, repeats)…         code SPLIT: its cells follow below
 *   cells of the split tiles, likewise: (code, repeats)…
 *   CRC-32 of all before it                                             4 bytes
 * </pre>
 */
final class BoundaryFile {
    static final int MAGIC = 0x4F464342;
    static final int FORMAT = 1;
    static final int TILES = 360 * 180;
    /** Code of a tile whose cells differ. */
    static final int SPLIT = 15;

    private final ByteBuffer in;

    private BoundaryFile(ByteBuffer in) {
        this.in = in;
    }

    /**
     * @throws IllegalArgumentException if the bytes are no intact boundary file of this format
     */
    static CellIndex read(byte[] bytes) {
        int body = bytes.length - Integer.BYTES;
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, Math.max(0, body));
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (body < 8
                || in.getInt(body) != (int) crc.getValue()
                || in.getInt() != MAGIC
                || in.get() != FORMAT
                || in.getShort() != Boundaries.UNITS
                || in.get() != CellIndex.PER_DEGREE) {
            throw new IllegalArgumentException("the boundary resource is damaged or of another format (" + bytes.length
                    + " bytes); build the module again");
        }
        BoundaryFile file = new BoundaryFile(in);
        Boundaries boundaries = file.rings();
        byte[] tiles = file.codes(TILES);
        int split = 0;
        for (byte tile : tiles) {
            split += tile == SPLIT ? 1 : 0;
        }
        return new CellIndex(boundaries, tiles, file.codes(split * CellIndex.CELLS));
    }

    private Boundaries rings() {
        int rings = varint();
        int[] ringEnd = new int[rings];
        byte[] continents = new byte[rings];
        int[] x = new int[varint()];
        int[] y = new int[x.length];
        int at = 0;
        int px = 0;
        int py = 0;
        for (int ring = 0; ring < rings; ring++) {
            continents[ring] = (byte) varint();
            int first = at;
            for (int left = varint(); left > 0; left--, at++) {
                px += zigzag();
                py += zigzag();
                x[at] = px;
                y[at] = py;
            }
            x[at] = x[first];
            y[at++] = y[first];
            ringEnd[ring] = at;
        }
        return new Boundaries(x, y, ringEnd, continents);
    }

    private byte[] codes(int count) {
        byte[] codes = new byte[count];
        for (int at = 0; at < count; ) {
            byte code = in.get();
            for (int left = varint(); left > 0; left--) {
                codes[at++] = code;
            }
        }
        return codes;
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private int zigzag() {
        int value = varint();
        return (value >>> 1) ^ -(value & 1);
    }
}
