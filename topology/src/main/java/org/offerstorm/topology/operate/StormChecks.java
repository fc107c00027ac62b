package org.offerstorm.topology.operate;

import java.util.List;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.tools.setup.CheckProvider;

/** What {@code doctor} asks of Storm. */
public final class StormChecks implements CheckProvider {
    @Override
    public List<Check> checks(OfferstormConfig config) {
        return StormHealth.of(config.topology()).<List<Check>>map(List::of).orElse(List.of());
    }
}
