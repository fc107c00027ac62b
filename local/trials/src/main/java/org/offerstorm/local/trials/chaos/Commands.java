package org.offerstorm.local.trials.chaos;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.offerstorm.local.cluster.cli.ClusterCommand;
import org.offerstorm.topology.cli.TopologyCommands;
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
        CommandLine line = TopologyCommands.commandLine().addSubcommand(new ClusterCommand());
        int command = depth(line, words);
        List<String> all = new ArrayList<>(words.subList(0, command));
        if (takesConfiguration(line, all)) {
            all.addAll(List.of(CONFIG, configuration.toString()));
            settings.forEach(setting -> all.addAll(List.of("-c", setting)));
            more.forEach((key, value) -> all.addAll(List.of("-c", key + "=" + value)));
        }
        all.addAll(words.subList(command, words.size())); // last, so that a setting of the words wins
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        int code = line.setOut(out).setErr(out).execute(all.toArray(new String[0]));
        out.flush();
        return new Answer(code, text.toString());
    }

    /** How many words name the command. */
    private static int depth(CommandLine root, List<String> words) {
        CommandLine command = root;
        int depth = 0;
        while (depth < words.size() && command.getSubcommands().containsKey(words.get(depth))) {
            command = command.getSubcommands().get(words.get(depth));
            depth++;
        }
        return depth;
    }

    private static boolean takesConfiguration(CommandLine root, List<String> names) {
        CommandLine command = root;
        for (String name : names) {
            command = command.getSubcommands().get(name);
        }
        return command.getCommandSpec().findOption(CONFIG) != null;
    }
}
