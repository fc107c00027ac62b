package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, which may be large. */
final class LogTail {
    private static final int BYTES_PER_LINE = 400;

    private LogTail() {}

    /** Its last lines, at most {@code lines}; none if there is no such file. */
    static List<String> of(Path file, int lines) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long length = log.length();
            for (long bytes = Math.max(1L, lines) * BYTES_PER_LINE; ; bytes *= 4) {
                long from = Math.max(0, length - bytes);
                byte[] end = new byte[Math.toIntExact(length - from)];
                log.seek(from);
                log.readFully(end);
                List<String> found =
                        new String(end, StandardCharsets.UTF_8).lines().toList();
                // Of the first line only its end may have been read.
                if (from == 0 || found.size() > lines) {
                    return found.subList(Math.max(0, found.size() - lines), found.size());
                }
            }
        }
    }
}
