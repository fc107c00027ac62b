package org.offerstorm.tools.config;

import org.offerstorm.core.config.TriggersConfig;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.secret.Secrets;

/** A reference to a key, or none: the key itself is never in the configuration. */
final class SigningKeyType implements ValueType<String> {
    @Override
    public String parse(String text) {
        if (text.equals(TriggersConfig.NOT_SIGNED) || Secrets.isReference(text)) {
            return text;
        }
        throw new IllegalArgumentException("is not a reference to a key; write " + allowed());
    }

    @Override
    public String allowed() {
        return "${env:NAME}, ${file:/path}, or " + TriggersConfig.NOT_SIGNED;
    }

    @Override
    public boolean takesReferences() {
        return true;
    }
}
