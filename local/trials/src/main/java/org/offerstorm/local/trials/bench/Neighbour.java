package org.offerstorm.local.trials.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.text.PlainText;

/**
 * A program that does the same work with another engine: the same parser, classifier and sinks, in a process with its own
 * class path. Its constants are in the order in which they run.
 */
public enum Neighbour {
    FLINK(
            "flink",
            "Flink",
            "org.offerstorm.local.neighbours.flink.FlinkJob",
            // What Flink's own start scripts open for its serializers.
            "--add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED"
                    + " --add-opens=java.base/java.time=ALL-UNNAMED",
            "at least once: a checkpoint each second waits for every sink and for the dead letters. It does not notice"
                    + " a topic that was created again, or a store that lost what it had"),
    STREAMS(
            "streams",
            "Kafka Streams",
            "org.offerstorm.local.neighbours.streams.StreamsJob",
            "",
            "at least once: a commit each second waits for every sink and for the dead letters. It does not notice a"
                    + " topic that was created again, or a store that lost what it had"),
    LOOP(
            "loop",
            "plain loop",
            "org.offerstorm.local.neighbours.PlainLoop",
            "",
            "nothing: it commits no offset, and starts again from the beginning after a crash");

    /** As {@link #parse} takes it, if there is to be none. */
    public static final String NONE = "none";

    private final String option;
    private final String title;
    private final String main;
    private final String flags;
    private final String guarantee;

    Neighbour(String option, String title, String main, String flags, String guarantee) {
        this.option = option;
        this.title = title;
        this.main = main;
        this.flags = flags;
        this.guarantee = guarantee;
    }

    /** All, as a user writes them. */
    public static String choices() {
        return Arrays.stream(values()).map(each -> each.option).collect(Collectors.joining(","));
    }

    /**
     * The neighbours of a list with commas, in the order in which they run.
     *
     * @param names {@link #NONE}, or some of {@link #choices}, each once
     * @throws Failure for any other text
     */
    public static List<Neighbour> parse(String names) {
        if (names.equals(NONE)) {
            return List.of();
        }
        List<String> wanted = new ArrayList<>(List.of(names.split(",", -1)));
        List<Neighbour> found = Arrays.stream(values())
                .filter(each -> wanted.remove(each.option))
                .toList();
        if (!wanted.isEmpty()) {
            throw Failure.usage("--beside is '" + PlainText.excerpt(names) + "'; it must be " + NONE + ", or some of "
                    + choices() + ", each once");
        }
        return found;
    }

    /** Its name in the report. */
    String title() {
        return title;
    }

    String main() {
        return main;
    }

    /** Flags of its JVM in addition to the worker's. */
    List<String> flags() {
        return flags.isEmpty() ? List.of() : List.of(flags.split(" ", -1));
    }

    /** What it guarantees, one line. */
    String guarantee() {
        return guarantee;
    }

    /**
     * Its class path; empty if its libraries are not there.
     *
     * @param home root of the repository
     */
    Optional<String> classPath(Path home) throws IOException {
        if (this == LOOP) {
            return Optional.of(System.getProperty("java.class.path"));
        }
        Path target = home.resolve("local/neighbours").resolve(option).resolve("target");
        Path libraries = target.resolve("jars.classpath");
        if (!Files.isRegularFile(libraries)) {
            return Optional.empty();
        }
        String path = target.resolve("classes")
                + File.pathSeparator
                + Files.readString(libraries).strip();
        boolean complete =
                Arrays.stream(path.split(File.pathSeparator, -1)).allMatch(entry -> Files.exists(Path.of(entry)));
        return complete ? Optional.of(path) : Optional.empty();
    }
}
