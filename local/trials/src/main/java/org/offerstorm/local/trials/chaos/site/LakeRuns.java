package org.offerstorm.local.trials.chaos.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lake of a run: processes that the launcher starts, as a user would, because Spark has another class path than ours. They
 * reach the servers themselves. Used by one thread.
 */
public final class LakeRuns {
    private final Path launcher;
    private final Path logs;
    private final List<String> configuration;
    private final Consumer<String> log;
    private final List<LakeProcess> started = new ArrayList<>();
    private Duration usual = Duration.ofSeconds(20);

    /**
     * Starts nothing yet.
     *
     * @param launcher {@code ./offerstorm}
     * @param logs directory for what the processes print
     * @param configuration options of each command
     * @param log gets a line for each process
     */
    public LakeRuns(Path launcher, Path logs, List<String> configuration, Consumer<String> log) {
        this.launcher = launcher;
        this.logs = logs;
        this.configuration = List.copyOf(configuration);
        this.log = log;
    }

    /** How a command ended, and what it printed. */
    public record Answer(int code, String text) {}

    /** Starts a command such as {@code run}; {@link #end} ends it if nobody else does. */
    public LakeProcess start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "lake"));
        Collections.addAll(command, words);
        command.addAll(configuration);
        Files.createDirectories(logs);
        LakeProcess process = LakeProcess.start(command, logs.resolve("lake-" + (started.size() + 1) + ".log"));
        started.add(process);
        log.accept("$ offerstorm lake " + String.join(" ", words));
        return process;
    }

    /** A command to its end. */
    public Answer answer(String... words) throws IOException, InterruptedException {
        return ended(start(words));
    }

    /** Waits for the end of a process. */
    public Answer ended(LakeProcess process) throws IOException, InterruptedException {
        Answer answer = new Answer(process.await(), process.text());
        log.accept(answer.text());
        log.accept("exit code " + answer.code());
        return answer;
    }

    /**
     * {@code lake run}, alone.
     *
     * @throws IllegalStateException if its exit code is not 0
     */
    public void run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Answer answer = answer("run");
        if (answer.code() != 0) {
            throw new IllegalStateException("'offerstorm lake run' ended with exit code " + answer.code() + ": "
                    + answer.text().lines().reduce("", (first, last) -> last));
        }
        usual = Duration.ofNanos(System.nanoTime() - begin);
    }

    /** How long the last {@link #run} took. */
    public Duration usual() {
        return usual;
    }

    /** Kills what still runs. */
    public void end() throws InterruptedException {
        for (LakeProcess process : started) {
            process.kill();
        }
    }
}
