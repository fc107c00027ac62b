package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.Map;

/**
 * What the dashboard watches the table for.
 *
 * @param rules name to rule, such as {@code count(Tech, EU) > 1500}; see {@link org.offerstorm.core.trigger.TriggerRule}
 * @param webhook address that receives alerts, {@link #NO_WEBHOOK} for none; may name secrets, {@code ${file:path}}
 */
public record TriggersConfig(Map<String, String> rules, String webhook) implements Serializable {
    /** {@link #webhook()} if alerts go to the log only. */
    public static final String NO_WEBHOOK = "none";
}
