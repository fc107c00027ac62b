package org.offerstorm.tools.config;

import org.offerstorm.core.option.PropertyRules;
import org.offerstorm.core.trigger.Channel;

/** Names and addresses of channels. No message quotes an address: it may hold a secret. */
final class ChannelRules implements PropertyRules {
    /** Of {@code triggers.webhook}. */
    private static final String TAKEN = "webhook";

    @Override
    public boolean isSecret(String name) {
        return false; // the address says what is secret, and the form is not
    }

    @Override
    public void check(String name, String value) {
        if (!name.matches("[A-Za-z0-9_-]{1,60}") || name.equals(TAKEN)) {
            throw new IllegalArgumentException(
                    "has a name that cannot be used; write 1 to 60 letters, digits, '_' and '-', but not '" + TAKEN
                            + "'");
        }
        Channel unused = Channel.parse(value);
    }
}
