package org.offerstorm.lake;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.offerstorm.local.servers.JavaCommand;

/** Another JVM with this one's class path, and the flags that Spark needs. Closing it kills it. */
public final class LakeProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private LakeProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a main class.
     *
     * @param directory of what it prints
     * @param environment in addition to this process's own
     */
    public static LakeProcess start(
            Path directory, Map<String, String> environment, Class<?> main, List<String> arguments) throws IOException {
        List<String> flags = new ArrayList<>(
                List.of("-Xmx700m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=128m"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-opens"))
                .forEach(flags::add);
        Path out = Files.createTempFile(directory, "process", ".out");
        Path err = Files.createTempFile(directory, "process", ".err");
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(flags, main.getName(), arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new LakeProcess(builder.start(), out, err);
    }

    /** Waits for its end; returns the exit code. */
    public int code() throws InterruptedException {
        return process.waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its standard input ends. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Asks it to end, as {@code kill} does. */
    public void terminate() {
        process.destroy();
    }

    /** What it has printed so far. */
    public List<String> out() throws IOException {
        return Files.readAllLines(out);
    }

    /** What it has said on standard error so far. */
    public List<String> err() throws IOException {
        return Files.readAllLines(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
