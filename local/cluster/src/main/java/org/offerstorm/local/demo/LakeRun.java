package org.offerstorm.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.hdfs.HdfsConfig;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.tools.terminal.StopRequest;

/** The batch layer over the demo's servers, started by the launcher: Spark's class path is not this process's. */
final class LakeRun {
    private static final String HOME = "offerstorm.home";
    private static final long LOOK_MILLIS = 200;

    private final Path file;

    /** Writes the configuration that the run, and further commands of the user, take. */
    LakeRun(OfferstormConfig config, Path file) throws IOException {
        this.file = file;
        HdfsConfig hdfs = config.of(Hdfs.KIND);
        Files.writeString(
                file,
                "source:\n  bootstrap-servers: \"" + config.source().bootstrapServers() + "\"\nredis:\n  uri: \""
                        + config.of(Redis.KIND).uri() + "\"\nhdfs:\n  uri: \"" + hdfs.uri() + "\"\n");
    }

    /** As a user types them. */
    String words() {
        return String.join(" ", arguments());
    }

    /**
     * Runs to the end, or to the user's.
     *
     * @param lines takes what the run prints
     * @return its exit code
     */
    int await(Consumer<String> lines, StopRequest stop) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launcher().toString());
        command.addAll(arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            while (process.isAlive() || output.ready()) {
                if (output.ready()) {
                    lines.accept(output.readLine());
                } else if (stop.isRequested()) {
                    return stop.code();
                } else if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    output.lines().forEach(lines);
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Failure.INTERRUPTED;
        } finally {
            process.destroy();
        }
    }

    /** The program, which chooses the class path. */
    static Path launcher() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw Failure.unreachable("--lake needs the launcher; start the demo as ./offerstorm demo", null);
        }
        return Path.of(home, "offerstorm");
    }

    /** Of the run, and of what follows it. */
    Path configuration() {
        return file;
    }

    private List<String> arguments() {
        return List.of("lake", "run", "--layers", "--config", file.toString());
    }
}
