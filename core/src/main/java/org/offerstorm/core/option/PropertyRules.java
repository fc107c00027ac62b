package org.offerstorm.core.option;

/** Which properties may be passed to a client. */
@FunctionalInterface
public interface PropertyRules {
    /**
     * Passes if the property may be set.
     *
     * @throws IllegalArgumentException if not; the message says why and what to do, and quotes no value of a secret
     */
    void check(String name, String value);
}
