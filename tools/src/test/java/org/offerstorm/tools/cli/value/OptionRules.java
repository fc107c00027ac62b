package org.offerstorm.tools.cli.value;

import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for every option of every command: one grammar for a kind of value and for a name, and a description. */
public final class OptionRules {
    private static final String COMMENT = "Default: ${DEFAULT-VALUE}.";

    private final Set<String> exempt;
    private final List<String> problems = new ArrayList<>();
    /** Option's name to its grammar and the command that has it. */
    private final Map<String, String[]> grammars = new TreeMap<>();

    private OptionRules(Set<String> exempt) {
        this.exempt = exempt;
    }

    /**
     * Looks at a command line and all its subcommands.
     *
     * @param exempt names of options that may mean something different in each command
     * @return a line for each problem; empty if there is none
     */
    public static List<String> problems(CommandLine line, Set<String> exempt) {
        OptionRules rules = new OptionRules(exempt);
        rules.command(line);
        return rules.problems;
    }

    private void command(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.options().forEach(option -> option(spec.qualifiedName(), option));
        line.getSubcommands().values().forEach(this::command);
    }

    private void option(String command, OptionSpec option) {
        String name = command + " " + option.longestName();
        if (option.converters().length > 0) {
            problems.add(name + " brings a converter; one of tools.cli.value does it for all commands");
        }
        String description = String.join(" ", option.description()).strip();
        if (description.isEmpty() || description.equals(COMMENT)) {
            problems.add(name + " has no description");
        }
        for (String line : written(option)) {
            if (line.replace("%%", "").replace("%n", "").indexOf('%') >= 0) {
                problems.add(name + " has a single % in its description; write %%, or its help begins with a warning");
            }
        }
        String grammar = grammar(option);
        if (option.longestName().matches("--(.+-)?port") && !grammar.equals("port")) {
            problems.add(name + " is a " + grammar + ", not a port");
        }
        if ("TIME".equals(option.paramLabel()) && !grammar.equals("duration")) {
            problems.add(name + " is a " + grammar + ", not a duration");
        }
        if (option.longestName().equals("--format") && !grammar.equals("choice")) {
            problems.add(name + " is a " + grammar + ", not a choice");
        }
        if (!exempt.contains(option.longestName())) {
            String[] first = grammars.putIfAbsent(option.longestName(), new String[] {grammar, name});
            if (first != null && !first[0].equals(grammar)) {
                problems.add(name + " is a " + grammar + ", but a " + first[0] + " in " + first[1]);
            }
        }
    }

    /** The description as its source has it: {@link OptionSpec#description()} has it formatted already. */
    private static String[] written(OptionSpec option) {
        CommandLine.Option annotation = option.userObject() instanceof AnnotatedElement element
                ? element.getAnnotation(CommandLine.Option.class)
                : null;
        return annotation == null ? new String[0] : annotation.description();
    }

    /** What may be typed. */
    private static String grammar(OptionSpec option) {
        Class<?>[] types = option.auxiliaryTypes();
        Class<?> type = types[types.length - 1];
        if (type == Duration.class) {
            return "duration";
        }
        if (type == Instant.class) {
            return "point in time";
        }
        if (type == Port.class) {
            return "port";
        }
        if (type == Rate.class) {
            return "rate";
        }
        if (type.isEnum()) {
            return "choice";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "flag";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "whole number";
        }
        if (type == double.class || type == Double.class) {
            return "number";
        }
        if (type == String.class || type == Path.class) {
            return "text";
        }
        return type.getName();
    }
}
