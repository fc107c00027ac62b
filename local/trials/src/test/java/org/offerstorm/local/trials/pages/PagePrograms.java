package org.offerstorm.local.trials.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Programs of docs/plug-in.md, taken from the page and run as processes. Used by one thread. */
final class PagePrograms implements AutoCloseable {
    static final Path PAGE = Path.of(System.getProperty("offerstorm.root"), "docs", "plug-in.md");

    private final Path directory;
    private final List<Process> started = new ArrayList<>();

    /** @param directory takes the programs and what they say on stderr */
    PagePrograms(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes a program to a file.
     *
     * @param with text that only this program of the language has
     */
    Path write(String file, String language, String with) throws IOException {
        return Files.writeString(directory.resolve(file), block(language, with));
    }

    private static String block(String language, String with) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .filter(code -> code.contains(with))
                .findFirst()
                .orElseThrow();
    }

    /** Runs a Java source file with the class path of this test. */
    List<String> java(Path program) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory, // of Kafka Streams
                "-cp",
                System.getProperty("java.class.path"),
                program.toString());
    }

    /** What a program prints from now on. */
    BlockingQueue<String> start(List<String> command, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .redirectError(directory.resolve("err").toFile())
                .start();
        started.add(process);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            out.lines().forEach(lines::add);
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    /** The next line of it. */
    String next(BlockingQueue<String> lines) throws Exception {
        String line = lines.poll(3, TimeUnit.MINUTES);
        assertThat(line)
                .as("a line within 60 s; %s", Files.readString(directory.resolve("err")))
                .isNotNull();
        return line;
    }

    /** What they said on stderr. */
    String errors() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    /** Whether the command ends well. */
    static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills them. */
    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
