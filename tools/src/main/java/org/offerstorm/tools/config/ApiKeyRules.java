package org.offerstorm.tools.config;

import org.offerstorm.core.option.PropertyRules;
import org.offerstorm.core.secret.Secrets;

/** Names of people and programs, each with a reference to its key. No message quotes a key. */
final class ApiKeyRules implements PropertyRules {
    @Override
    public boolean isSecret(String name) {
        return true; // also of one that is written out and refused, which a log of arguments may have
    }

    @Override
    public void check(String name, String value) {
        if (!name.matches("[A-Za-z0-9_-]{1,60}")) {
            throw new IllegalArgumentException(
                    "has a name that cannot be used; write 1 to 60 letters, digits, '_' and '-'");
        }
        if (!Secrets.isReference(value)) {
            throw new IllegalArgumentException(
                    "is not a reference to a key; write ${env:NAME}, or ${file:/path}, and put the key there");
        }
    }
}
