package org.offerstorm.tools.produce;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that one thread reads. */
final class CountingInput extends FilterInputStream {
    /** Read by the thread that draws the progress bar. */
    private volatile long position;

    CountingInput(InputStream in) {
        super(in);
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void count(int n) {
        position += n;
    }
}
