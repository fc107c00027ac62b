package org.offerstorm.local.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a main class in another JVM, of the Java that runs this one. */
public final class JavaCommand {
    private JavaCommand() {}

    /** The directory of the Java that runs this and has to run everything else. */
    public static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    /**
     * A command with this program's own class path.
     *
     * @param flags of the JVM
     * @param main name of the main class
     */
    public static List<String> of(List<String> flags, String main, List<String> arguments) {
        return of(flags, System.getProperty("java.class.path"), main, arguments);
    }

    /**
     * A command with another class path.
     *
     * @param flags of the JVM
     * @param main name of the main class
     */
    public static List<String> of(List<String> flags, String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home().resolve("bin").resolve("java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(arguments);
        return command;
    }
}
