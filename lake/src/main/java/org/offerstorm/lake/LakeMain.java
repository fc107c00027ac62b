package org.offerstorm.lake;

import org.offerstorm.lake.cli.LakeCommands;
import org.offerstorm.tools.cli.Console;
import org.offerstorm.tools.cli.RootCommand;

/** What the launcher starts for {@code offerstorm lake …}: a process with Spark's class path. */
public final class LakeMain {
    private LakeMain() {}

    public static void main(String[] args) {
        int code = Console.execute(RootCommand.of(LakeCommands.ALL), args);
        // Spark leaves threads, and its shutdown has nothing to save: the tables are published or not.
        Runtime.getRuntime().halt(code);
    }
}
