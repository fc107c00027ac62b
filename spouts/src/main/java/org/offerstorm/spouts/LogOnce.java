package org.offerstorm.spouts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs each distinct message once a minute, with the number of times it came: an outage of an hour does not
 * fill a gigabyte of log. Not safe for use by many threads.
 */
final class LogOnce {
    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MAX_MESSAGES = 100;

    private static final class Seen {
        long loggedAt;
        long suppressed;
    }

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Seen> messages = new HashMap<>();

    LogOnce(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /**
     * Logs a warning, the stack trace only the first time.
     *
     * @param cause may be null
     */
    void warn(String message, Throwable cause) {
        long now = nanos.getAsLong();
        if (messages.size() >= MAX_MESSAGES) {
            messages.clear();
        }
        Seen seen = messages.get(message);
        if (seen == null) {
            seen = new Seen();
            seen.loggedAt = now;
            messages.put(message, seen);
            if (cause == null) {
                log.warn("{}", message);
            } else {
                log.warn("{}", message, cause);
            }
        } else if (now - seen.loggedAt >= PERIOD_NANOS) {
            log.warn("{} ({} times more)", message, seen.suppressed + 1);
            seen.loggedAt = now;
            seen.suppressed = 0;
        } else {
            seen.suppressed++;
        }
    }
}
