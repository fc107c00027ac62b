package org.offerstorm.core.option;

/**
 * What values an option takes.
 *
 * @param <T> the value as the configuration's records hold it
 */
public interface ValueType<T> {
    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if it is not allowed; the message says why and what to write instead, and quotes no
     *     text that may hold a secret
     */
    T parse(String text);

    /** What is allowed, for the reference: {@code duration, 100 ms to 5 s}. */
    String allowed();

    /** Whether {@code ${env:NAME}} and {@code ${file:path}} may be in it, to be resolved on the worker. */
    default boolean takesReferences() {
        return false;
    }
}
