package org.offerstorm.tools.produce;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Supplier;

/** Ends a row that has no end: a quote that is never closed would take the rest of a file into memory. */
final class RowLimit extends FilterReader {
    private static final int MAX_ROW = 1 << 21;

    private final Supplier<String> what;
    private long length;

    /** @param what begins the message: the file and the row */
    RowLimit(Reader in, Supplier<String> what) {
        super(in);
        this.what = what;
    }

    void beginRow() {
        length = 0;
    }

    @Override
    public int read(char[] chars, int offset, int count) throws IOException {
        int n = super.read(chars, offset, count);
        length += Math.max(n, 0);
        if (length > MAX_ROW) {
            throw new BadInput(what.get() + " is longer than " + MAX_ROW + " characters; is a quote never closed?");
        }
        return n;
    }
}
