package org.offerstorm.tools.config;

import org.offerstorm.core.option.PropertyRules;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.trigger.AlertRule;

/** Names and rules of triggers. */
final class TriggerRules implements PropertyRules {
    /** Names and categories are free, and may be words such as secretary. */
    @Override
    public boolean mayHoldSecrets() {
        return false;
    }

    @Override
    public void check(String name, String value) {
        if (!name.matches("[A-Za-z0-9_-]{1,60}")) {
            throw new IllegalArgumentException(
                    "has a name that cannot be used; write 1 to 60 letters, digits, '_' and '-'");
        }
        try {
            var unused = AlertRule.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + PlainText.excerpt(value) + "' " + e.getMessage(), e);
        }
    }
}
