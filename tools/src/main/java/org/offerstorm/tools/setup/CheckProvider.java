package org.offerstorm.tools.setup;

import java.util.List;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.config.OfferstormConfig;

/** Further checks of {@code doctor}, of servers that another module knows. Found by {@link java.util.ServiceLoader}. */
public interface CheckProvider {
    /** The checks that matter to this configuration; none of them has connected to anything yet. */
    List<Check> checks(OfferstormConfig config);
}
