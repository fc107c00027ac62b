package org.offerstorm.tools.produce;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * Unpacks Zstandard data to their end: all frames. Its exceptions name the file, what is wrong with it, and the line up to
 * which it was read. Used by one thread.
 */
final class ZstdInput extends InputStream {
    private final String name;
    private final InputStream frames;
    private long lines;

    ZstdInput(BufferedInputStream compressed, String name) throws IOException {
        this.name = name;
        this.frames = new ZstdCompressorInputStream(compressed);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int n = frames.read(bytes, offset, length);
            for (int i = offset; i < offset + n; i++) {
                if (bytes[i] == '\n') {
                    lines++;
                }
            }
            return n;
        } catch (IOException e) {
            throw new BadInput(
                    name + " is cut or has broken zstd data" + (lines == 0 ? "" : " after line " + lines) + " ("
                            + String.valueOf(e.getMessage()).replaceFirst("\\.$", "") + "); check it with zstd -t",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
