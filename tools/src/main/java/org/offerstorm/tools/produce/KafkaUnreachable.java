package org.offerstorm.tools.produce;

import java.io.IOException;

/** The brokers or the topic cannot be reached, or no longer. The message says which, and what to do. */
public final class KafkaUnreachable extends IOException {
    public KafkaUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
