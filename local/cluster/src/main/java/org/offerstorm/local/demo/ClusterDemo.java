package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.mapping.MappingFile;
import org.offerstorm.tools.terminal.Signals;
import org.offerstorm.tools.terminal.StopRequest;
import org.offerstorm.tools.terminal.Terminals;

/**
 * {@code demo --cluster}: runs what a user would type, one command after the other, on its own new cluster, which is stopped at
 * the end. It handles the process's signals, so a process runs one at most.
 */
public final class ClusterDemo {
    private static final int FINE = 0;

    private final DemoOptions options;
    private final boolean secure;
    private final ToIntFunction<List<String>> commands;
    private final Screen screen = new Screen(System.out, Terminals.isOutput());
    private final StopRequest stop = new StopRequest();
    private final String directory;
    /** Of the new cluster. */
    private final Path file;

    private final List<String> settings;

    /**
     * Starts nothing yet.
     *
     * @param secure whether the cluster's wires are closed
     * @param commands runs a command of {@code offerstorm} and returns its exit code
     */
    public ClusterDemo(DemoOptions options, boolean secure, ToIntFunction<List<String>> commands) {
        this.options = options;
        this.secure = secure;
        this.commands = commands;
        this.directory = options.dataDirectory().toString();
        this.file = options.dataDirectory().resolve("offerstorm.yaml");
        List<String> chosen = new ArrayList<>(List.of(
                "topology.professions=" + options.professions().toAbsolutePath(),
                "source.mapping=" + options.mapping()));
        if (!options.sinks().isEmpty()) {
            chosen.add("sinks=" + String.join(",", options.sinks()));
        }
        this.settings = List.copyOf(chosen);
    }

    /**
     * Runs until it is done or asked to end.
     *
     * @return the process's exit code: of the first command that fails, or of {@code verify}
     */
    public int run() throws IOException {
        Signals.onStop(this::end);
        int code = command("cluster", "down", "--dir", directory, "--delete-data");
        if (code == FINE) {
            List<String> up =
                    new ArrayList<>(List.of("cluster", "up", "--dir", directory, "--wait", wait(options.patience())));
            if (DemoSinks.havePostgres(options.sinks())) {
                up.addAll(List.of("--with", "postgres"));
            }
            if (secure) {
                up.add("--secure");
            }
            code = command(up.toArray(String[]::new));
        }
        if (code != FINE) {
            return code; // nothing runs
        }
        try {
            return stream();
        } finally {
            screen.erase();
            command("cluster", "down", "--dir", directory);
        }
    }

    private int stream() throws IOException {
        List<String> setup = new ArrayList<>(List.of("setup"));
        if (options.partitions() != Pipeline.ANY_PARTITIONS) {
            setup.addAll(List.of("--partitions", Integer.toString(options.partitions())));
        }
        int code = stop.isRequested() ? stop.code() : withConfig(setup);
        if (code == FINE && secure) {
            code = stop.isRequested() ? stop.code() : withConfig(List.of("doctor")); // names who comes, and how
        }
        if (code == FINE) {
            code = stop.isRequested() ? stop.code() : withConfig(List.of("submit"));
        }
        if (code != FINE) {
            return code;
        }
        OfferstormConfig loaded = ConfigLoader.resolve(List.of(file), settings).config();
        try (Feed feed = Feed.start(loaded.source(), options.offers(), MappingFile.of(options.mapping()));
                TerminalTable table = new TerminalTable(screen, loaded)) {
            screen.print("Producing " + options.offers());
            while (feed.result() == null || table.behind() != 0) {
                if (stop.await(TerminalTable.PERIOD)) {
                    return stop.code();
                }
                table.refresh(feed.handed());
            }
            table.keep();
            screen.erase();
            code = withConfig(List.of("verify"));
            String shortfall = Shortfall.of(options.offers(), feed.result()).orElse(null);
            if (shortfall != null) {
                screen.print("\n" + shortfall);
                code = code == FINE ? Failure.DIFFERENCE : code;
            }
            if (!options.exitWhenDone()) {
                screen.print("\nThe cluster is up; other commands take it with --config " + file
                        + "\nCtrl-C ends everything.");
                while (!stop.await(TerminalTable.PERIOD)) {
                    table.refresh(feed.handed());
                }
            }
            return code;
        }
    }

    private int withConfig(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--config", file.toString()));
        settings.forEach(setting -> all.addAll(List.of("-c", setting)));
        return command(all.toArray(new String[0]));
    }

    private int command(String... words) {
        screen.print("\n$ ./offerstorm " + String.join(" ", words));
        return commands.applyAsInt(List.of(words));
    }

    private static String wait(Duration patience) {
        return patience.toMillisPart() == 0 ? patience.toSeconds() + "s" : patience.toMillis() + "ms";
    }

    private void end(int exitCode) {
        if (stop.request(exitCode)) {
            screen.print("Ending; Ctrl-C again ends this command at once.");
        } else {
            screen.print("The servers keep running; './offerstorm cluster down --dir " + directory + "' ends them.");
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
