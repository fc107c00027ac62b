package org.offerstorm.core.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The start of a stream, looked at before it is read. */
public final class FirstBytes {
    private FirstBytes() {}

    /**
     * Up to {@link FileKind#HEAD} bytes, which stay to be read. Of a pipe that has no more yet, it waits for the end of the
     * first line, for which any reader of lines waits anyway.
     */
    public static byte[] of(BufferedInputStream in) throws IOException {
        byte[] head = new byte[FileKind.HEAD];
        int length = 0;
        in.mark(FileKind.HEAD);
        for (boolean more = true; more && length < FileKind.HEAD; ) {
            int n = in.read(head, length, FileKind.HEAD - length);
            more = n > 0 && !hasLineFeed(head, length, length + n);
            length += Math.max(n, 0);
        }
        in.reset();
        return Arrays.copyOf(head, length);
    }

    /** As text, without a byte order mark. What is not UTF-8 is replaced. */
    public static String text(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean hasLineFeed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return true;
            }
        }
        return false;
    }
}
