package org.offerstorm.core.option;

import org.offerstorm.core.secret.Secrets;

/**
 * A reference to a secret, or that there is none: the secret itself is never in the configuration.
 *
 * @param what for messages, {@code a password}
 * @param none how it is written that there is none
 */
public record ReferenceType(String what, String none) implements ValueType<String> {
    @Override
    public String parse(String text) {
        if (text.equals(none) || Secrets.isReference(text)) {
            return text;
        }
        throw new IllegalArgumentException("is not a reference to " + what + "; write " + allowed());
    }

    @Override
    public String allowed() {
        return "${env:NAME}, ${file:/path}, or " + none;
    }

    @Override
    public boolean takesReferences() {
        return true;
    }
}
