package org.offerstorm.sinks.postgres;

import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.secret.Secrets;

/** Values of {@code postgres.url}. Its messages never quote them: they may hold a password. */
record PostgresUrlType() implements ValueType<String> {
    @Override
    public String parse(String text) {
        if (!Secrets.isReference(text)) { // a whole reference is known on the worker alone
            PostgresUrl.parse(Secrets.replaceReferences(text, "x"));
        }
        return text;
    }

    @Override
    public String allowed() {
        return PostgresUrl.FORM;
    }

    @Override
    public boolean takesReferences() {
        return true;
    }
}
