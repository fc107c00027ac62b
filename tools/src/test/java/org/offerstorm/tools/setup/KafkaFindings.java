package org.offerstorm.tools.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.OfferstormConfig;

/** What {@link KafkaHealth} finds. */
final class KafkaFindings {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private KafkaFindings() {}

    static List<Finding> of(OfferstormConfig config) {
        List<Finding> found = new ArrayList<>();
        new KafkaHealth(config, PATIENCE).run(found::add);
        return found;
    }

    /** Messages and fixes of what fails. */
    static String failures(OfferstormConfig config) {
        return of(config).stream()
                .filter(Finding::isFailure)
                .map(finding -> finding.message() + "; " + finding.fix())
                .toList()
                .toString();
    }
}
