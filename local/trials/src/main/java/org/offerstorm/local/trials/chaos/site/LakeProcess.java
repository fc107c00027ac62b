package org.offerstorm.local.trials.chaos.site;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of {@code offerstorm lake}. The launcher becomes Java, so killing it kills the run itself. */
public final class LakeProcess {
    private final Process process;
    private final Path output;

    private LakeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output takes what it prints */
    static LakeProcess start(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new LakeProcess(process, output);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits for the end; a process that has ended stays so. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end; returns its exit code. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** What it has printed so far. */
    public String text() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8).strip();
    }
}
