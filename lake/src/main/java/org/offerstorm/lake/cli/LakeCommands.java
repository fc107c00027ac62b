package org.offerstorm.lake.cli;

import java.util.List;

/** The commands that run on Spark. */
public final class LakeCommands {
    /** For the command line's root. */
    public static final List<Class<?>> ALL = List.of(LakeCommand.class, LakeCountsCommand.class);

    private LakeCommands() {}
}
