package org.offerstorm.core.geo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Writes what {@link BoundaryFile} reads. */
final class BoundaryWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Rings as in the constructor of {@link Boundaries}. */
    static byte[] write(int[] x, int[] y, int[] ringEnd, byte[] ringContinent) {
        BoundaryWriter writer = new BoundaryWriter();
        writer.out.writeBytes(ByteBuffer.allocate(8)
                .putInt(BoundaryFile.MAGIC)
                .put((byte) BoundaryFile.FORMAT)
                .putShort((short) Boundaries.UNITS)
                .put((byte) CellIndex.PER_DEGREE)
                .array());
        writer.rings(x, y, ringEnd, ringContinent);
        writer.cells(new CellCoder(new Boundaries(x, y, ringEnd, ringContinent)));
        CRC32 crc = new CRC32();
        crc.update(writer.out.toByteArray());
        writer.out.writeBytes(
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        return writer.out.toByteArray();
    }

    private void rings(int[] x, int[] y, int[] ringEnd, byte[] ringContinent) {
        varint(ringEnd.length);
        varint(x.length);
        int at = 0;
        int px = 0;
        int py = 0;
        for (int ring = 0; ring < ringEnd.length; ring++) {
            varint(ringContinent[ring]);
            varint(ringEnd[ring] - 1 - at);
            for (; at < ringEnd[ring] - 1; at++) {
                zigzag(x[at] - px);
                zigzag(y[at] - py);
                px = x[at];
                py = y[at];
            }
            at++;
        }
    }

    private void cells(CellCoder coder) {
        byte[] tiles = new byte[BoundaryFile.TILES];
        ByteArrayOutputStream cells = new ByteArrayOutputStream();
        for (int tile = 0; tile < tiles.length; tile++) {
            tiles[tile] = coder.tile(tile);
            for (int cell = 0; cell < CellIndex.CELLS && tiles[tile] == BoundaryFile.SPLIT; cell++) {
                cells.write(coder.cell(tile, cell));
            }
        }
        codes(tiles);
        codes(cells.toByteArray());
    }

    private void codes(byte[] codes) {
        for (int at = 0; at < codes.length; ) {
            int from = at;
            while (at < codes.length && codes[at] == codes[from]) {
                at++;
            }
            out.write(codes[from]);
            varint(at - from);
        }
    }

    private void zigzag(int value) {
        varint((value << 1) ^ (value >> 31));
    }

    private void varint(int value) {
        int left = value;
        for (; (left & ~0x7F) != 0; left >>>= 7) {
            out.write((left & 0x7F) | 0x80);
        }
        out.write(left);
    }
}
