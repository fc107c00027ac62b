package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    private Path directory;

    @Test
    void the_last_lines_come_whole_however_long_they_are() throws IOException {
        Path log = directory.resolve("server.log");
        List<String> lines = IntStream.range(0, 500)
                .mapToObj(i -> i + " " + "é".repeat(i * 7 % 3_000))
                .toList();
        Files.write(log, lines);

        for (int count : new int[] {0, 1, 3, 499, 500, 501}) {
            assertThat(LogTail.of(log, count)).isEqualTo(lines.subList(Math.max(0, 500 - count), 500));
        }
        assertThat(LogTail.of(directory.resolve("none"), 5)).isEmpty();
    }
}
