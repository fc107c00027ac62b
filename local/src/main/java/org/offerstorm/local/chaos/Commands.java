package org.offerstorm.local.chaos;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.offerstorm.local.cluster.ClusterCommand;
import org.offerstorm.topology.Main;
import picocli.CommandLine;

/** Commands of ours, with the run's configuration, their output caught. Used by one thread. */
final class Commands {
    private static final String CONFIG = "--config";

    private final Path configuration;
    private final List<String> settings;

    /**
     * @param configuration file that {@code cluster up} writes
     * @param settings over it, {@code redis.timeout} → {@code 2 s}
     */
    Commands(Path configuration, Map<String, String> settings) {
        this.configuration = configuration;
        this.settings = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .sorted()
                .toList();
    }

    /** What a command said, on both streams, and its exit code. */
    record Answer(int code, String text) {}

    /** Over the file, {@code key=value}. */
    List<String> settings() {
        return settings;
    }

    /**
     * Runs a command.
     *
     * @param more settings over all others
     */
    Answer run(List<String> words, Map<String, String> more) {
        CommandLine line = Main.commandLine().addSubcommand(new ClusterCommand());
        List<String> all = new ArrayList<>(words);
        if (takesConfiguration(line, words)) {
            all.addAll(List.of(CONFIG, configuration.toString()));
            settings.forEach(setting -> all.addAll(List.of("-c", setting)));
            more.forEach((key, value) -> all.addAll(List.of("-c", key + "=" + value)));
        }
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        int code = line.setOut(out).setErr(out).execute(all.toArray(new String[0]));
        out.flush();
        return new Answer(code, text.toString());
    }

    private static boolean takesConfiguration(CommandLine root, List<String> words) {
        CommandLine command = root;
        for (String word : words) {
            CommandLine below = command.getSubcommands().get(word);
            if (below == null) {
                break;
            }
            command = below;
        }
        return command.getCommandSpec().findOption(CONFIG) != null;
    }
}
