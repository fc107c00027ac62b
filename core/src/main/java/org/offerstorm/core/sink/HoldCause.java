package org.offerstorm.core.sink;

import java.util.Locale;

/** What kind of thing a task waits for while it holds. The codes are an interface: metrics and docs/metrics.md have them. */
public enum HoldCause {
    /** A store does not take a chunk, or does not hold what it acknowledged. */
    STORE,
    /** The store answers, but slowly. */
    SLOW,
    /** Kafka does not take dead letters. */
    DEAD_LETTERS,
    /** The schema registry does not answer. */
    REGISTRY,
    /** Kafka does not answer the spout. */
    KAFKA,
    /** The topic is not the one that was read: it is gone, was made again, or lost records. */
    LOG,
    /** The stream and its configuration, or the group's offsets, contradict each other. */
    CONFIGURATION;

    /** The code of a task that does not hold. */
    public static final String NONE = "none";

    private final String code = name().toLowerCase(Locale.ROOT);

    /** Machine-readable: {@code dead_letters}. */
    public String code() {
        return code;
    }
}
