package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What a reader makes of a text, as lines that read well in a test. */
final class Lines {
    private Lines() {}

    /** Each {@code line key value}, {@code line key DELETED}, or {@code line SKIPPED why}. */
    static List<String> read(InputSource source) throws IOException {
        List<String> lines = new ArrayList<>();
        try (source) {
            for (Input input = source.reader().next();
                    input != null;
                    input = source.reader().next()) {
                lines.add(describe(input));
            }
        }
        return lines;
    }

    static InputSource open(byte[] bytes, InputFormat format) throws IOException {
        return InputSource.open(new ByteArrayInputStream(bytes), "in", format);
    }

    static List<String> read(InputFormat format, String text) throws IOException {
        return read(open(text.getBytes(UTF_8), format));
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String describe(Input input) {
        if (input instanceof Input.Item item) {
            return item.line() + " " + new String(item.key(), UTF_8) + " "
                    + (item.isDeletion() ? "DELETED" : new String(item.value(), UTF_8));
        }
        return input.line() + " SKIPPED " + ((Input.Skipped) input).why();
    }
}
