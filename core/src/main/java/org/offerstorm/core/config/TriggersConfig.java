package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.Map;
import org.offerstorm.core.tls.Tls;

/**
 * What the dashboard watches the table and the pipeline for, and whom it sends messages.
 *
 * @param rules name to rule, such as {@code count(Tech, EU) > 1500}; see {@link org.offerstorm.core.trigger.AlertRule}
 * @param webhook address that receives alerts, {@link #NO_WEBHOOK} for none; may name secrets, {@code ${file:path}}
 * @param channels name to channel, such as {@code slack https://…}; see {@link org.offerstorm.core.trigger.Channel}
 * @param signingKey a reference to the key that signs messages in Offerstorm's own form; {@link #NOT_SIGNED} for none
 * @param tls of webhook and channels
 */
public record TriggersConfig(
        Map<String, String> rules, String webhook, Map<String, String> channels, String signingKey, Tls tls)
        implements Serializable {
    /** {@link #webhook()} if no address receives alerts in Offerstorm's own form. */
    public static final String NO_WEBHOOK = "none";

    /** {@link #signingKey()} if messages are not signed. */
    public static final String NOT_SIGNED = "none";
}
