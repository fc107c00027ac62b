package org.offerstorm.tools.produce;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;

/**
 * Decodes a text, and replaces nothing: at the first byte that its encoding does not have it ends with an error, which names
 * the byte and its line; what comes before is read. A byte order mark at the start is dropped. One thread.
 */
final class StrictDecoder extends Reader {
    private static final int BUFFER = 1 << 13;

    private final InputStream in;
    private final String name;
    private final TextEncoding encoding;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private long read;
    private long line = 1;
    private boolean carriageReturn;
    private boolean begun;
    private boolean end;
    private BadInput failure;

    StrictDecoder(InputStream in, String name, TextEncoding encoding) {
        this.in = in;
        this.name = name;
        this.encoding = encoding;
        this.decoder = encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        while (!chars.hasRemaining()) {
            if (failure != null) {
                throw failure;
            }
            if (end) {
                return -1;
            }
            decode();
        }
        int n = Math.min(length, chars.remaining());
        chars.get(to, offset, n);
        return n;
    }

    /** Decodes some characters, or finds the end or a failure. */
    private void decode() throws IOException {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, false);
        if (result.isUnderflow() && chars.position() == 0) {
            bytes.compact();
            int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
            read += Math.max(n, 0);
            bytes.position(bytes.position() + Math.max(n, 0)).flip();
            result = decoder.decode(bytes, chars, n < 0);
            if (n < 0 && result.isUnderflow()) {
                decoder.flush(chars);
                end = true;
            }
        }
        chars.flip();
        if (!begun && chars.hasRemaining()) {
            begun = true;
            if (chars.get(0) == '\uFEFF') {
                chars.get();
            }
        }
        countLines();
        if (result.isError()) {
            failure = malformed();
        }
    }

    private void countLines() {
        for (int i = chars.position(); i < chars.limit(); i++) {
            char c = chars.get(i);
            if (c == '\r' || (c == '\n' && !carriageReturn)) {
                line++;
            }
            carriageReturn = c == '\r';
        }
    }

    private BadInput malformed() {
        return new BadInput(String.format(
                Locale.ROOT,
                "%s:%d: byte 0x%02X, the file's byte %d, is not %s; %s",
                name,
                line,
                bytes.get(bytes.position()),
                read - bytes.remaining(),
                encoding.name(),
                encoding.remedy()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
