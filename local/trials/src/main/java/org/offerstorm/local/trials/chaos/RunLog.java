package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What happened in the run, line by line, to read afterwards. Safe for use by many threads. */
final class RunLog implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Path file;
    private final PrintWriter out;

    private RunLog(Path file, PrintWriter out) {
        this.file = file;
        this.out = out;
    }

    /** Appends. */
    static RunLog open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return new RunLog(
                file,
                new PrintWriter(
                        Files.newBufferedWriter(
                                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        true));
    }

    Path file() {
        return file;
    }

    /** One line, or several. */
    void line(String text) {
        String time = LocalTime.now(ZoneId.systemDefault()).format(TIME);
        synchronized (out) {
            text.lines().forEach(line -> out.println(time + "  " + line));
            out.flush();
        }
    }

    @Override
    public void close() {
        out.close();
    }
}
