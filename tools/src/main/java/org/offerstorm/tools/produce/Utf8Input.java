package org.offerstorm.tools.produce;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** Characters as UTF-8. Its source is well-formed. One thread. */
final class Utf8Input extends InputStream {
    private static final int CHARS = 1 << 12;

    private final Reader reader;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final CharBuffer chars = CharBuffer.allocate(CHARS).flip();
    /** A char is at most three bytes. */
    private final ByteBuffer bytes = ByteBuffer.allocate(3 * CHARS).flip();

    private boolean end;

    Utf8Input(Reader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        while (!bytes.hasRemaining()) {
            if (end) {
                return -1;
            }
            encode();
        }
        int n = Math.min(length, bytes.remaining());
        bytes.get(to, offset, n);
        return n;
    }

    /** The first half of a pair waits for the other. */
    private void encode() throws IOException {
        chars.compact();
        int n = reader.read(chars.array(), chars.position(), chars.remaining());
        end = n < 0;
        chars.position(chars.position() + Math.max(n, 0)).flip();
        bytes.clear();
        encoder.encode(chars, bytes, end);
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
