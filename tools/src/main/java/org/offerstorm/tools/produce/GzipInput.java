package org.offerstorm.tools.produce;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks gzip data to their real end: all members, however slowly they arrive. The JDK's stream takes a pipe that is empty
 * for a moment, or damage at a member's header, for the end of the data.
 *
 * <p>Its exceptions name the file, what is wrong with it, and the line up to which it was read. Used by one thread.
 */
final class GzipInput extends InputStream {
    private final String name;
    private final BufferedInputStream compressed;
    private InputStream member;
    private long lines;

    /** @throws BadInput if not even the first header is sound */
    GzipInput(BufferedInputStream compressed, String name) throws IOException {
        this.name = name;
        this.compressed = compressed;
        this.member = open();
    }

    /** One member at a time: its stream leaves the next one's first byte where it is. */
    private InputStream open() throws BadInput {
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(compressed)
                    .get();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = unpack(bytes, offset, length);
        while (n < 0 && !isAtEnd()) {
            member = open();
            n = unpack(bytes, offset, length);
        }
        for (int i = offset; i < offset + n; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        return n;
    }

    private int unpack(byte[] bytes, int offset, int length) throws BadInput {
        try {
            return member.read(bytes, offset, length);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Waits for the next byte, if one may still come. */
    private boolean isAtEnd() throws IOException {
        compressed.mark(1);
        int next = compressed.read();
        compressed.reset();
        return next < 0;
    }

    @Override
    public void close() throws IOException {
        compressed.close();
    }

    private static String withoutStop(String message) {
        return String.valueOf(message).replaceFirst("\\.$", "");
    }

    private BadInput broken(IOException e) {
        String where = lines == 0 ? "" : " after line " + lines;
        return new BadInput(
                e instanceof EOFException
                        ? name + " is cut" + where
                                + ": its gzip data end in the middle. Was a download or a copy broken off?"
                        : name + " has broken gzip data" + where + " (" + withoutStop(e.getMessage())
                                + "); check it with gzip -t",
                e);
    }
}
