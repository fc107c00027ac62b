package org.offerstorm.tools.setup;

import java.util.function.Consumer;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;

/** This process's own Java. */
final class HostHealth implements Check {
    private static final int OLDEST = 17;
    /** The newest that the clients were run on. */
    private static final int NEWEST_PROVED = 25;

    @Override
    public String name() {
        return "java";
    }

    @Override
    public String where() {
        return System.getProperty("java.home", "");
    }

    @Override
    public void run(Consumer<Finding> found) {
        int feature = Runtime.version().feature();
        String is = "JDK " + Runtime.version();
        found.accept(
                feature >= OLDEST && feature <= NEWEST_PROVED
                        ? Finding.ok(name(), where(), is)
                        : Finding.warn(
                                name(),
                                where(),
                                is + " is newer than what was tried",
                                "use " + OLDEST + " or " + NEWEST_PROVED + " if a client fails"));
    }
}
