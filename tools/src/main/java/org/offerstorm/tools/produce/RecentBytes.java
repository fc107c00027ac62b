package org.offerstorm.tools.produce;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Remembers the bytes of the record that is being read, so that it can be passed on as it is in the file. Outside a record
 * it holds only what was read last; one that is too long is not kept. One thread.
 */
final class RecentBytes extends FilterInputStream {
    private final int longest;
    private byte[] bytes = new byte[1 << 14];
    private int length;
    /** Place of the first byte that is held, from 0. */
    private long first;
    /** Place at which the record begins; -1 outside a record. */
    private long start = -1;

    private boolean tooLong;

    /** @param longest bytes of a record */
    RecentBytes(InputStream in, int longest) {
        super(in);
        this.longest = longest;
    }

    /** A record begins at a place that was read last. */
    void begin(long place) {
        start = place;
        tooLong = false;
    }

    /**
     * The record ends before the place.
     *
     * @return its bytes; null if it is too long
     */
    byte[] end(long place) {
        byte[] record = tooLong || place - start > longest
                ? null
                : Arrays.copyOfRange(bytes, (int) (start - first), (int) (place - first));
        start = -1;
        return record;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
        int n = super.read(to, offset, count);
        if (n > 0) {
            keep(to, offset, n);
        }
        return n;
    }

    private void keep(byte[] from, int offset, int n) {
        if (start >= 0 && first + length - start > longest) {
            tooLong = true;
        }
        if (start < 0 || tooLong) {
            first += length;
            length = 0;
        } else if (start > first) {
            int dropped = (int) (start - first);
            System.arraycopy(bytes, dropped, bytes, 0, length - dropped);
            first = start;
            length -= dropped;
        }
        if (length + n > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + n, 2 * bytes.length));
        }
        System.arraycopy(from, offset, bytes, length, n);
        length += n;
    }
}
