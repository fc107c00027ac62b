package org.offerstorm.core.option;

import org.offerstorm.core.secret.Secrets;

/** Which properties may be passed to a client. */
@FunctionalInterface
public interface PropertyRules {
    /**
     * Passes if the property may be set.
     *
     * @throws IllegalArgumentException if not; the message says why and what to do, and quotes no value of a secret
     */
    void check(String name, String value);

    /** Whether the whole value of this property is a secret. By default, as far as its name says. */
    default boolean isSecret(String name) {
        return Secrets.isSecretName(name);
    }

    /** Whether any of the properties may hold a secret. */
    default boolean mayHoldSecrets() {
        return true;
    }
}
