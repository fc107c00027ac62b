package org.offerstorm.sinks.redis;

import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.secret.Secrets;

/** A reference to a password, or none: the password itself is never in the configuration. */
record SentinelPasswordType() implements ValueType<String> {
    @Override
    public String parse(String text) {
        if (text.equals(RedisConfig.NO_PASSWORD) || Secrets.isReference(text)) {
            return text;
        }
        throw new IllegalArgumentException("is not a reference to a password; write " + allowed());
    }

    @Override
    public String allowed() {
        return "${env:NAME}, ${file:/path}, or " + RedisConfig.NO_PASSWORD;
    }

    @Override
    public boolean takesReferences() {
        return true;
    }
}
