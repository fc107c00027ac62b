package org.offerstorm.topology.setup;

import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.config.OfferstormConfig;

/** The checks that matter to a configuration: those of its sinks alone. */
public final class Checks {
    private Checks() {}

    /** In the order in which their findings are shown. Connects to nothing yet. */
    public static List<Check> of(OfferstormConfig config) {
        List<Check> checks = new ArrayList<>();
        return checks;
    }
}
