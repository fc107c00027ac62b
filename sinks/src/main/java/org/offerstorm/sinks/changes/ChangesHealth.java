package org.offerstorm.sinks.changes;

import java.util.function.Consumer;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;

/** Whether the topic takes the publisher's records, and is the one of this group. */
final class ChangesHealth implements Check {
    private final String servers;

    ChangesHealth(ChangesConfig config, String servers, String group) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public String where() {
        return servers;
    }

    @Override
    public void run(Consumer<Finding> found) {
        found.accept(Finding.warn(name(), where(), "is not looked at yet", "look at it"));
    }
}
